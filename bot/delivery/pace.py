"""When the next request for a reply may start: pure arithmetic on what Discord's answers say.

Two rules. A preview never uses the last request of a bucket: that one is the final edit's, and after it
discord.py holds the reply's lock until the bucket is full again. And edits are in flight half of the time at
most, however slow Discord is, so that the final one mostly finds the way free.

Every moment is in seconds on one clock that never goes back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer of Discord says about the requests to come.

    Attributes:
        status: The HTTP status.
        remaining: Requests left in the bucket; None if it does not say.
        reset_after: Seconds until the bucket is full again; 0 if it does not say.
    """

    status: int
    remaining: int | None = None
    reset_after: float = 0.0

    @classmethod
    def read(cls, status: int, headers: Mapping[str, str]) -> Self:
        """Read an answer's headers, whose names are in any case if the mapping's keys are.

        A refusal's `Retry-After` is a whole number, `X-RateLimit-Reset-After` is not: the smaller one counts,
        for who comes too early is told so and loses nothing.
        """
        after = (_number(headers.get("X-RateLimit-Reset-After")), _number(headers.get("Retry-After")))
        remaining = _number(headers.get("X-RateLimit-Remaining"))
        return cls(
            status=status,
            remaining=None if remaining is None else int(remaining),
            reset_after=min((seconds for seconds in after if seconds is not None), default=0.0),
        )

    @property
    def is_refusal(self) -> bool:
        """Whether Discord asks to wait."""
        return self.status == 429

    @property
    def is_last(self) -> bool:
        """Whether discord.py makes no further try of its own."""
        return not self.is_refusal and self.status < 500


def _number(text: str | None) -> float | None:
    """Return a finite number that is not negative, or None."""
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What is known of how fast Discord takes a reply's requests.

    Attributes:
        interval: Least seconds between the starts of two previews.
        began_at: When the last request started.
        latency: Seconds that the last request took.
        preview_at: When the bucket has room for another preview.
        open_at: When the bucket has room for anything.
    """

    interval: float
    began_at: float = float("-inf")
    latency: float = 0.0
    preview_at: float = float("-inf")
    open_at: float = float("-inf")

    def begun(self, now: float) -> Self:
        """Return the pace after the start of a request."""
        return replace(self, began_at=now)

    def answered(self, answer: Answer, now: float) -> Self:
        """Return the pace after an answer."""
        reset_at = now + answer.reset_after
        latency = max(0.0, now - self.began_at)
        if answer.is_refusal or answer.remaining == 0:
            return replace(self, latency=latency, preview_at=reset_at, open_at=reset_at)
        if answer.remaining is None:
            return replace(self, latency=latency)
        spare = answer.remaining - 1
        preview_at = now + answer.reset_after / spare if spare else reset_at
        return replace(self, latency=latency, preview_at=preview_at)

    def preview_in(self, now: float) -> float:
        """Return the seconds until a preview may start."""
        start = self.began_at + max(self.interval, 2 * self.latency)
        return max(0.0, max(start, self.preview_at) - now)

    def final_in(self, now: float) -> float:
        """Return the seconds until the final edit may start."""
        return max(0.0, self.open_at - now)
