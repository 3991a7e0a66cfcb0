"""How long delivery waits for what; a test turns these down."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Seconds, all of them.

    Attributes:
        interval: Least time between the starts of two preview edits.
        token_life: How long Discord takes an interaction's token.
        margin: How long before its token ends a reply is handed over.
        settle: How long after the final edit an abandoned one may still come through.
        retries: The waits before each further try of a request that may yet succeed.
    """

    interval: float = 1.0
    token_life: float = 900.0
    margin: float = 60.0
    settle: float = 2.0
    retries: tuple[float, ...] = (1.0, 3.0, 9.0)
