"""How many pictures may be asked for: (ledger, now) → one charge more, or when there may be one.

There is one rule, "at most so many pictures in any so many seconds", kept as a log of charges: what is given
back was never charged. The clock is an argument, and nothing here remembers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Self

from bot.domain.errors import LimitReached, TooManyAtOnce, TooManyForLimit

DAY = 86400.0  # seconds


class Scope(Enum):
    """Whose pictures are counted together, the narrowest first."""

    USER = "user"
    CHANNEL = "channel"
    SERVER = "server"
    BOT = "bot"


class Rule(Enum):
    """Which of its rules a limit refuses by."""

    PACE = "pace"  # the burst and its cool-down
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """At most `pictures` in any `seconds`.

    Attributes:
        rule: Where it comes from.
        pictures: 1 or more.
        seconds: More than 0.
    """

    rule: Rule
    pictures: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimit:
    """What may be asked for in one scope; None is no limit.

    Attributes:
        at_once: Jobs that wait or are drawn at the same time, 1 or more.
        burst: Pictures that may be asked for straight after another, 1 or more.
        cooldown: Seconds that each of them takes to come back: `burst` pictures in any `burst * cooldown`
            seconds. 0 is none.
        daily: Pictures in any 24 hours, 1 or more.
    """

    at_once: int | None = None
    burst: int = 1
    cooldown: float = 0.0
    daily: int | None = None

    def __post_init__(self) -> None:
        counts = [self.burst, *(count for count in (self.at_once, self.daily) if count is not None)]
        if min(counts) < 1 or not 0 <= self.cooldown <= DAY:
            raise ValueError("a limit allows at least one picture, and cools down within a day")

    @property
    def windows(self) -> tuple[Window, ...]:
        """Its rules."""
        pace = Window(rule=Rule.PACE, pictures=self.burst, seconds=self.burst * self.cooldown)
        day = Window(rule=Rule.DAY, pictures=self.daily or 0, seconds=DAY)
        return tuple(window for window in (pace, day) if window.pictures and window.seconds)

    @property
    def horizon(self) -> float:
        """Seconds after which no rule remembers a charge."""
        return max((window.seconds for window in self.windows), default=0.0)

    def is_none(self) -> bool:
        """Whether it limits nothing."""
        return self.at_once is None and not self.windows


NO_LIMIT = RateLimit()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The limits that hold for somebody somewhere; of their roles, the most generous is in them.

    Attributes:
        user: For the user.
        channel: For all users of a channel together.
        server: For all users of a server together.
        bot: For all users together.
    """

    user: RateLimit = NO_LIMIT
    channel: RateLimit = NO_LIMIT
    server: RateLimit = NO_LIMIT
    bot: RateLimit = NO_LIMIT

    @property
    def limits(self) -> dict[Scope, RateLimit]:
        """The limit of each scope."""
        return {
            Scope.USER: self.user,
            Scope.CHANNEL: self.channel,
            Scope.SERVER: self.server,
            Scope.BOT: self.bot,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """What one job takes of an allowance.

    Attributes:
        job_id: The job.
        at: Unix time in seconds: when it was admitted, then when its work started.
        pictures: How many, 1 or more.
        is_live: Whether it waits or is drawn.
    """

    job_id: str
    at: float
    pictures: int
    is_live: bool = True


@dataclass(frozen=True, slots=True)
class Ledger:
    """The charges of one scope.

    Attributes:
        charges: In any order.
    """

    charges: tuple[Charge, ...] = ()

    def seen(self, now: float) -> Self:
        """Return the ledger at a time: what was charged later than now was charged now.

        A clock that was set back neither locks anybody out for longer than a window nor gives anything away.
        """
        return replace(self, charges=tuple(replace(one, at=min(one.at, now)) for one in self.charges))

    def used(self, window: Window, now: float) -> int:
        """Return the pictures that a window counts at a time."""
        return sum(one.pictures for one in self._within(window, now))

    def left(self, window: Window, now: float) -> int:
        """Return the pictures that a window still allows at a time."""
        return max(0, window.pictures - self.used(window, now))

    def frees_at(self, window: Window, pictures: int, now: float) -> float:
        """Return when a window allows that many pictures more, as a Unix time; `now` if it does already.

        Args:
            window: The window.
            pictures: No more than the window allows at all.
            now: Unix time in seconds.
        """
        excess = self.used(window, now) + pictures - window.pictures
        for charge in sorted(self._within(window, now), key=lambda one: one.at):
            if excess <= 0:
                break
            excess -= charge.pictures
            now = charge.at + window.seconds
        return now

    def charged(self, charge: Charge) -> Self:
        """Return the ledger with one charge more."""
        return replace(self, charges=(*self.charges, charge))

    def without(self, job_id: str) -> Self:
        """Return the ledger as if a job had never been charged."""
        return replace(self, charges=tuple(one for one in self.charges if one.job_id != job_id))

    def _within(self, window: Window, now: float) -> Iterator[Charge]:
        return (one for one in self.charges if one.at + window.seconds > now)


def check(scope: Scope, limit: RateLimit, ledger: Ledger, pictures: int, now: float) -> None:
    """Check that so many pictures more may be asked for in a scope.

    Args:
        scope: Whose ledger it is.
        limit: What holds there.
        ledger: Its charges, as seen now.
        pictures: How many, 1 or more.
        now: Unix time in seconds.

    Raises:
        TooManyAtOnce: As many jobs as may be wait or are drawn.
        TooManyForLimit: So many are never allowed together.
        LimitReached: They are allowed later.
    """
    live = sum(one.is_live for one in ledger.charges)
    if limit.at_once is not None and live >= limit.at_once:
        raise TooManyAtOnce(scope, limit.at_once)
    for window in limit.windows:
        if pictures > window.pictures:
            raise TooManyForLimit(scope, window.rule, window.pictures)
    waits = [(ledger.frees_at(window, pictures, now), window) for window in limit.windows]
    if not waits:
        return
    frees_at, last = max(waits, key=lambda wait: wait[0])
    if frees_at > now:
        raise LimitReached(scope, last.rule, ledger.left(last, now), last.pictures, frees_at)
