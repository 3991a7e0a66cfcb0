"""What a user may ask for now, and what of theirs is on its way: the facts of `/quota` and `/queue`."""

from dataclasses import dataclass

from bot.domain.allowance import RateLimit, Scope, Window
from bot.domain.job import Job
from bot.domain.quota_clock import QuotaClock


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowUse:
    """How far one rule of a limit is used.

    Attributes:
        window: The rule.
        left: Pictures that it still allows.
        frees_at: Unix time in seconds at which it allows one more than now; None if it is not used at all.
    """

    window: Window
    left: int
    frees_at: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitUse:
    """How far a limit is used.

    Attributes:
        scope: Whose.
        limit: It.
        live: Jobs that wait or are drawn.
        windows: Its rules.
    """

    scope: Scope
    limit: RateLimit
    live: int
    windows: tuple[WindowUse, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaReport:
    """What a user may ask for now.

    Attributes:
        uses: The limits that limit something, the narrowest first.
        clock: The clock that has to run out before a picture can be drawn for them; None if one can be now.
        strikes_until: Unix time in seconds until which the user waits for themselves; None for no wait.
        has_token: Whether they linked a token of their own.
        seconds_left: GPU seconds that are left of the quota that would be used; None if nobody knows.
    """

    uses: tuple[LimitUse, ...]
    clock: QuotaClock | None
    strikes_until: float | None
    has_token: bool
    seconds_left: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenJob:
    """A job of a user's that has not ended.

    Attributes:
        job: It.
        ahead: Pictures ahead of it in line; None if it does not wait there.
        clock: What a parked one waits for; None for one that does not, and where quota has returned.
    """

    job: Job
    ahead: int | None = None
    clock: QuotaClock | None = None
