"""When GPU quota returns: what the service said when it did not draw, as a clock that runs out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Self

from bot.domain.errors import (
    GpuCreditsPending,
    GpuQuotaExceeded,
    GpuRunsExceeded,
    GpuSpaceLimitReached,
    ResponseError,
)

EVERYBODY = "everybody"  # the credential of a clock that holds for all of them


class QuotaKind(Enum):
    """What is used up; the values are what is stored."""

    SECONDS = "seconds"  # GPU seconds of a credential
    RUNS = "runs"  # runs a day of a credential
    CREDITS = "credits"  # credits of a credential that running tasks hold
    SPACE = "space"  # what the Space itself may use


# Seconds after which it is worth to ask again where the service does not say; a guess, and told as one.
UNSTATED = {
    QuotaKind.SECONDS: 3600.0,
    QuotaKind.RUNS: 3600.0,
    QuotaKind.CREDITS: 60.0,
    QuotaKind.SPACE: 3600.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaClock:
    """A time during which nothing is sent to the service under a credential.

    Attributes:
        credential: The credential's id, or `EVERYBODY`.
        kind: What is used up.
        until: Unix time in seconds.
        stated: Whether the service stated that time; else it is a guess.
        requested: GPU seconds that the work declares; None if not said.
        left: GPU seconds left; None if not said.
        noted_at: Unix time in seconds at which the service said so.
    """

    credential: str
    kind: QuotaKind
    until: float
    stated: bool
    requested: int | None = None
    left: int | None = None
    noted_at: float

    def runs(self, now: float) -> bool:
        """Whether it has not run out."""
        return now < self.until

    def seen(self, now: float) -> Self:
        """Return the clock at a time: if the machine's clock was set back, it runs no longer than it did."""
        if now >= self.noted_at:
            return self
        return replace(self, until=now + self.until - self.noted_at, noted_at=now)


def clock_of(error: ResponseError, credential: str, now: float) -> QuotaClock | None:
    """Return the clock that an error starts; None if it says nothing of quota.

    Args:
        error: What the service said.
        credential: Under whose id it was asked.
        now: Unix time in seconds.
    """
    match error:
        case GpuRunsExceeded():
            kind = QuotaKind.RUNS
        case GpuQuotaExceeded():
            kind = QuotaKind.SECONDS
        case GpuCreditsPending():
            kind = QuotaKind.CREDITS
        case GpuSpaceLimitReached():
            kind, credential = QuotaKind.SPACE, EVERYBODY
        case _:
            return None
    stated = error.retry_after if isinstance(error, GpuQuotaExceeded) else None
    return QuotaClock(
        credential=credential,
        kind=kind,
        until=now + (UNSTATED[kind] if stated is None else stated),
        stated=stated is not None,
        requested=error.requested if isinstance(error, GpuQuotaExceeded) else None,
        left=error.left if isinstance(error, GpuQuotaExceeded) else None,
        noted_at=now,
    )


def blocking(credential: str, clocks: Iterable[QuotaClock], now: float) -> QuotaClock | None:
    """Return the clock that keeps a credential from being used the longest; None if none does."""
    running = (one for one in clocks if one.credential in {credential, EVERYBODY} and one.runs(now))
    return max(running, key=lambda one: one.until, default=None)


def returns(credentials: Iterable[str], clocks: Iterable[QuotaClock], now: float) -> QuotaClock | None:
    """Return the clock after which the first of some credentials may be used; None if one may be now.

    Args:
        credentials: Their ids, one or more.
        clocks: All clocks.
        now: Unix time in seconds.
    """
    known = tuple(clocks)
    held = [blocking(credential, known, now) for credential in credentials]
    return None if None in held else min((one for one in held if one), key=lambda one: one.until)
