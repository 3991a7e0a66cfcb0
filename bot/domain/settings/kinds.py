"""What a setting can hold: a closed set of types, each of which checks its values.

Values are what JSON holds (numbers, texts, lists as tuples, and ids as texts, which JavaScript would round).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Value: TypeAlias = bool | int | float | str | tuple[str, ...]

ID = "(?:[1-9][0-9]{0,17}|[1-8][0-9]{18})"  # Discord's ids until 2083; all of them fit a database's integer


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    def holds(self, value: object) -> bool:
        """Whether a value fits."""
        return isinstance(value, bool)

    def schema(self) -> Mapping[str, Any]:
        """Return its JSON Schema."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number in a range.

    Attributes:
        minimum: The smallest.
        maximum: The largest.
        is_whole: Whether it is an integer.
    """

    minimum: float
    maximum: float
    is_whole: bool = True

    def holds(self, value: object) -> bool:
        """Whether a value fits."""
        if isinstance(value, bool) or not isinstance(value, int if self.is_whole else int | float):
            return False
        return self.minimum <= value <= self.maximum

    def schema(self) -> Mapping[str, Any]:
        """Return its JSON Schema."""
        kind = "integer" if self.is_whole else "number"
        return {"type": kind, "minimum": self.minimum, "maximum": self.maximum}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some names.

    Attributes:
        names: They.
    """

    names: tuple[str, ...]

    def holds(self, value: object) -> bool:
        """Whether a value fits."""
        return value in self.names

    def schema(self) -> Mapping[str, Any]:
        """Return its JSON Schema."""
        return {"enum": list(self.names)}


@dataclass(frozen=True, slots=True)
class Choices:
    """Any of some names, each at most once.

    Attributes:
        names: They.
    """

    names: tuple[str, ...]

    def holds(self, value: object) -> bool:
        """Whether a value fits."""
        return (
            isinstance(value, tuple)
            and all(one in self.names for one in value)
            and len(set(value)) == len(value)
        )

    def schema(self) -> Mapping[str, Any]:
        """Return its JSON Schema."""
        return {"type": "array", "items": {"enum": list(self.names)}, "uniqueItems": True}


@dataclass(frozen=True, slots=True)
class Text:
    """A text of one line or more.

    Attributes:
        maximum: Characters.
    """

    maximum: int

    def holds(self, value: object) -> bool:
        """Whether a value fits."""
        return isinstance(value, str) and len(value) <= self.maximum

    def schema(self) -> Mapping[str, Any]:
        """Return its JSON Schema."""
        return {"type": "string", "maxLength": self.maximum}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """A list of words or phrases, each at most once.

    Attributes:
        most: How many.
        maximum: Characters of one.
    """

    most: int
    maximum: int

    def holds(self, value: object) -> bool:
        """Whether a value fits."""
        return (
            isinstance(value, tuple)
            and len(value) <= self.most
            and all(isinstance(one, str) and 1 <= len(one) <= self.maximum for one in value)
            and len(set(value)) == len(value)
        )

    def schema(self) -> Mapping[str, Any]:
        """Return its JSON Schema."""
        line = {"type": "string", "minLength": 1, "maxLength": self.maximum}
        return {"type": "array", "items": line, "maxItems": self.most, "uniqueItems": True}


@dataclass(frozen=True, slots=True)
class Ids:
    """Channels or roles, by id.

    Attributes:
        of: `channel` or `role`.
        most: How many.
    """

    of: str
    most: int = 25

    def holds(self, value: object) -> bool:
        """Whether a value fits."""
        return (
            isinstance(value, tuple)
            and len(value) <= self.most
            and all(isinstance(one, str) and re.fullmatch(ID, one) for one in value)
            and len(set(value)) == len(value)
        )

    def schema(self) -> Mapping[str, Any]:
        """Return its JSON Schema."""
        number = {"type": "string", "pattern": f"^{ID}$"}
        return {"type": "array", "items": number, "maxItems": self.most, "uniqueItems": True}


Kind: TypeAlias = Flag | Number | Choice | Choices | Text | Lines | Ids
