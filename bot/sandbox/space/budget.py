"""A GPU quota that really runs out, and returns. Pure; the clock is an argument."""

import math
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Self

from bot.sandbox.space.wordings import QUOTA_GONE, RUNS_GONE, Wording

DECLARED = 65  # GPU seconds that the Space asks for, whatever it then takes


@dataclass(frozen=True, slots=True)
class Budget:
    """A GPU quota.

    Attributes:
        pictures: Pictures left.
        until: Unix time in seconds from which on there is quota again; None while nobody knows.
        refill: Pictures that there are again then; None for no end of them.
        period: Seconds from the last picture to the return.
        counts_runs: Whether it counts runs and not GPU seconds; then it does not say when it returns.
    """

    pictures: int
    until: float | None = None
    refill: int | None = None
    period: float = 86400.0
    counts_runs: bool = False

    @classmethod
    def returning(cls, pictures: int, period: float) -> Self:
        """Return a quota of so many pictures, which is whole again that many seconds after the last one."""
        return cls(pictures, refill=pictures, period=period)

    def at(self, now: float) -> "Budget | None":
        """Return the quota at a time; None for no end of it."""
        if self.until is None or now < self.until:
            return self
        return None if self.refill is None else replace(self, pictures=self.refill, until=None)

    def spent(self, now: float) -> "Budget":
        """Return the quota, which is not used up, after one picture more."""
        is_last = self.pictures == 1 and self.until is None
        return replace(self, pictures=self.pictures - 1, until=now + self.period if is_last else self.until)

    def refusal(self, now: float) -> Wording | None:
        """Return what is said in place of a picture; None while there is quota."""
        if self.pictures > 0:
            return None
        if self.counts_runs:
            return RUNS_GONE
        wait = timedelta(seconds=math.ceil((now if self.until is None else self.until) - now))
        said = f"You have exceeded your GPU quota ({DECLARED}s requested vs. 0s left). Try again in {wait}"
        return replace(QUOTA_GONE, message=said)
