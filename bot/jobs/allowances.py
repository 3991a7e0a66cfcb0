"""What is charged to users, channels and servers for their jobs, and what is given back."""

from collections.abc import Callable
from typing import Self

from bot.domain.allowance import Ledger, RateLimit, Scope
from bot.domain.errors import HeldByStrikes
from bot.domain.job import Job
from bot.domain.report import LimitUse, WindowUse
from bot.domain.usage import Usage
from bot.domain.wish import Asker
from bot.ports import LimitStore, Policies


class Admission:
    """A job's charge, live until it is settled; leaving it as a context gives back what is not settled.

    Args:
        job_id: The job, charged already.
        limits: Keeps the charge.
        clock: Returns Unix time in seconds.
    """

    def __init__(self, job_id: str, limits: LimitStore, clock: Callable[[], float]) -> None:
        self._job_id = job_id
        self._limits = limits
        self._clock = clock
        self._pictures: int | None = None
        self._is_settled = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.settle(0)

    async def begin(self) -> None:
        """Date the charge anew: its work starts now.

        Raises:
            StoreFailed: It could not be written.
        """
        await self._limits.begin(self._job_id, self._clock())

    async def settle(self, pictures: int) -> None:
        """End the charge: it counts for so many pictures. Only the first number counts.

        Args:
            pictures: 0 gives everything back.

        Raises:
            StoreFailed: It could not be written; it may be tried again.
        """
        if self._pictures is None:
            self._pictures = pictures
        if not self._is_settled:
            await self._limits.settle(self._job_id, self._pictures)
            self._is_settled = True


class Allowances:
    """Charges jobs, and keeps away for a while those whose pictures meet used-up quota again and again.

    Args:
        limits: Keeps what was charged.
        policies: What holds where.
        clock: Returns Unix time in seconds.
    """

    def __init__(self, limits: LimitStore, policies: Policies, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._policies = policies
        self._clock = clock

    async def admit(self, job: Job, asker: Asker) -> None:
        """Write a new job down and charge it to everything that it is limited by, or do neither.

        Raises:
            RateLimited: In one of its leaves; a limit does not allow it now.
            TooManyForLimit: A limit never allows it.
        """
        policy = await self._policies.policy(asker)
        await self._limits.admit(job, asker, policy.limits, self._clock())

    async def reserve(self, job: Job, asker: Asker) -> Admission:
        """Charge a job that was written down to everything that it is limited by.

        Raises:
            RateLimited: In one of its leaves; a limit does not allow it now.
            TooManyForLimit: A limit never allows it.
        """
        policy = await self._policies.policy(asker)
        limits = policy.limits
        await self._limits.reserve(job.id, asker, len(job.requests), limits, self._clock())
        return self.admission(job.id)

    async def live(self) -> list[str]:
        """Return the jobs whose charges are live."""
        return [charge.job_id for charge in await self._limits.live()]

    def admission(self, job_id: str) -> Admission:
        """Return the admission of a job that was admitted, be it by another process."""
        return Admission(job_id, self._limits, self._clock)

    async def check_strikes(self, user_id: int, held_until: float | None) -> None:
        """Check that a user does not have to wait for themselves.

        Args:
            user_id: The user.
            held_until: Until when they have to wait for quota anyway, as a Unix time in seconds; None for no
                wait.

        Raises:
            HeldByStrikes: They have to, and for longer than that.
        """
        until = await self.strikes_until(user_id)
        if until is not None and until > (held_until or 0.0):
            raise HeldByStrikes(until)

    async def strikes_until(self, user_id: int) -> float | None:
        """Return until when a user waits for themselves, as a Unix time in seconds; None if they do not."""
        strikes = await self._limits.strikes(user_id)
        return strikes.wait_until(self._clock()) if strikes else None

    async def strike(self, user_id: int) -> None:
        """Count that a picture of a user's met used-up quota."""
        await self._limits.strike(user_id, self._clock())

    async def report(self, asker: Asker) -> tuple[LimitUse, ...]:
        """Return how far the limits are used that limit something for somebody, the narrowest first."""
        policy = await self._policies.policy(asker)
        keys = {
            Scope.USER: asker.user_id,
            Scope.CHANNEL: asker.channel_id,
            Scope.SERVER: asker.guild_id,
            Scope.BOT: 0,
        }
        limits = policy.limits
        return tuple(
            [
                await self._use(scope, key, limits[scope])
                for scope, key in keys.items()
                if key is not None and not limits[scope].is_none()
            ]
        )

    async def usage(self, guild_id: int, since: float) -> list[Usage]:
        """Return who used how many pictures in a server, by day, from a Unix time on."""
        return await self._limits.usage(guild_id, since)

    async def _use(self, scope: Scope, key: int, limit: RateLimit) -> LimitUse:
        now = self._clock()
        charges = await self._limits.charges(scope, key, now - limit.horizon)
        ledger = Ledger(tuple(charges)).seen(now)
        windows = []
        for window in limit.windows:
            left = ledger.left(window, now)
            used = ledger.used(window, now)
            frees_at = ledger.frees_at(window, min(left + 1, window.pictures), now) if used else None
            windows.append(WindowUse(window=window, left=left, frees_at=frees_at))
        live = sum(charge.is_live for charge in charges)
        return LimitUse(scope=scope, limit=limit, live=live, windows=tuple(windows))
