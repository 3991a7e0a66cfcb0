"""How old a database is, of which each version of the program makes one revision or several."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisions:
    """How old a database's tables are.

    Attributes:
        found: Its revision; None if it has no tables.
        newest: The one that this version makes.
        is_known: Whether this version knows the one that it has.
    """

    found: str | None
    newest: str
    is_known: bool = True
