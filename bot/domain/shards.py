"""Shards: the parts in which Discord sends events, each with the servers whose ids fall to it."""

import re
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Shards:
    """Those of one process.

    Attributes:
        ids: Their numbers, rising, from 0.
        count: How many there are in all processes; 1 or more.
    """

    ids: tuple[int, ...]
    count: int

    @classmethod
    def parse(cls, ids: str, count: int) -> Self:
        """Read numbers and ranges of them, like `0,2-4`.

        Args:
            ids: They, with commas or blanks in between; in any order.
            count: As above.

        Raises:
            ValueError: There are none, or one that is no shard.
        """
        found: set[int] = set()
        for part in ids.replace(",", " ").split():
            if not (match := re.fullmatch(r"(\d{1,9})(?:-(\d{1,9}))?", part, re.ASCII)):
                raise ValueError(part)
            first, last = int(match[1]), int(match[2] or match[1])
            if not first <= last < count:
                raise ValueError(part)
            found.update(range(first, last + 1))
        if not found:
            raise ValueError(ids)
        return cls(tuple(sorted(found)), count)

    @property
    def are_all(self) -> bool:
        """Whether no other process has any."""
        return len(self.ids) == self.count

    @property
    def has_first(self) -> bool:
        """Whether shard 0 is among them, which exactly one process has."""
        return 0 in self.ids
