"""Remembers each user's allowance, and nothing of a user whose allowance is whole."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from bot.domain import allowance
from bot.domain.allowance import Allowance
from bot.domain.errors import GpuQuotaExceeded, HeldByQuota


class Gate:
    """Lets one picture a user pass, and none while the service's quota is gone for them.

    Args:
        clock: Returns Unix time in seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._allowances: dict[int, Allowance] = {}

    @contextmanager
    def admit(self, user_id: int) -> Iterator[None]:
        """Take the user's one picture for as long as the context lasts.

        Raises:
            RateLimited: In one of its leaves; the user has to wait.
        """
        self._keep(user_id, allowance.admit(self._of(user_id), self._clock()))
        try:
            yield
        finally:
            self._keep(user_id, allowance.release(self._of(user_id)))

    def hold(self, user_id: int, error: GpuQuotaExceeded) -> HeldByQuota:
        """Keep the user away from the service until its quota returns, and say until when."""
        held = allowance.hold(error, self._clock())
        self._keep(user_id, replace(self._of(user_id), hold=held))
        return HeldByQuota(held.until, held.stated)

    def _of(self, user_id: int) -> Allowance:
        return self._allowances.get(user_id, Allowance())

    def _keep(self, user_id: int, state: Allowance) -> None:
        now = self._clock()
        self._allowances[user_id] = state
        for user in [user for user, kept in self._allowances.items() if kept.is_whole(now)]:
            del self._allowances[user]
