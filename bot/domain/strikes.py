"""A user whose pictures meet used-up quota again and again waits longer each time.

The wait doubles, ends at a cap, and is forgotten after a day without another one.
"""

from dataclasses import dataclass

FIRST = 60.0  # seconds
MOST = 4 * 3600.0  # seconds
FORGOTTEN = 86400.0  # seconds


@dataclass(frozen=True, slots=True)
class Strikes:
    """How often a user's pictures met used-up quota lately.

    Attributes:
        count: How often, 1 or more.
        last_at: When it was last, as a Unix time in seconds.
    """

    count: int
    last_at: float

    def is_forgotten(self, now: float) -> bool:
        """Whether it counts no more."""
        return now >= self.last_at + FORGOTTEN

    def wait_until(self, now: float) -> float | None:
        """Return until when the user waits, as a Unix time in seconds; None if they do not.

        Args:
            now: Unix time in seconds; a clock that was set back lengthens no wait.
        """
        wait = min(FIRST * 2.0 ** min(self.count - 1, 16), MOST)
        until = min(self.last_at, now) + wait
        return until if until > now and not self.is_forgotten(now) else None


def struck(before: Strikes | None, now: float) -> Strikes:
    """Return the strikes after one more at a time."""
    count = 0 if before is None or before.is_forgotten(now) else before.count
    return Strikes(count + 1, now)
