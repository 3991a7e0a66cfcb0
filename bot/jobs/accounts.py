"""Whose GPU quota a picture is drawn with, and when there is none."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence

from bot.domain.credential import Credential, in_order, users
from bot.domain.errors import HeldByQuota, ResponseError, TokenRefused
from bot.domain.quota_clock import QuotaClock, blocking, clock_of, returns
from bot.ports import Hub, QuotaStore, TokenStore

FRESH = 1.0  # seconds that what other processes noted may go unseen where nothing is sent
KNOWN = 60.0  # seconds that the quota an account has left is believed

_log = logging.getLogger(__name__)


class Accounts:
    """Chooses credentials: a user's own first, then the operator's with the most quota left.

    Args:
        operators: The operator's credentials, one or more.
        tokens: Keeps users' own.
        quotas: Keeps the clocks of used-up quota.
        hub: Knows how much is left.
        clock: Returns Unix time in seconds.
    """

    def __init__(
        self,
        operators: Sequence[Credential],
        tokens: TokenStore,
        quotas: QuotaStore,
        hub: Hub,
        clock: Callable[[], float],
    ) -> None:
        self._operators = tuple(operators)
        self._tokens = tokens
        self._quotas = quotas
        self._hub = hub
        self._clock = clock
        self._clocks: tuple[QuotaClock, ...] = ()
        self._clocks_at = float("-inf")
        self._left: dict[str, tuple[float, float | None]] = {}

    @property
    def can_link(self) -> bool:
        """Whether users may link tokens of their own."""
        return self._tokens.can_keep

    async def choose(self, user_id: int) -> Credential:
        """Return whose quota the next picture of a user's is drawn with.

        Raises:
            HeldByQuota: It is used up for all who might.
            TokenRefused: The user's own token is no account's any more, and was forgotten.
        """
        credentials = await self._of(user_id)
        clocks = await self._read_clocks()
        now = self._clock()
        if held := returns([one.id for one in credentials], clocks, now):
            raise HeldByQuota(held.until, held.stated)
        free = [one for one in credentials if blocking(one.id, clocks, now) is None]
        return in_order(free, await self._known_left(free))[0]

    async def held(self, user_id: int) -> QuotaClock | None:
        """Return the clock that has to run out before a picture can be drawn for a user; None for none.

        What other processes noted in the last second may be missing from it.
        """
        is_fresh = asyncio.get_running_loop().time() - self._clocks_at < FRESH
        clocks = self._clocks if is_fresh else await self._read_clocks()
        held = returns([one.id for one in self._operators], clocks, self._clock())
        if held is None or not self.can_link:
            return held
        return returns([one.id for one in await self._of(user_id)], clocks, self._clock())

    async def check(self, user_id: int) -> None:
        """Check that a picture can be drawn for a user, as far as is known.

        Raises:
            HeldByQuota: The quota is used up for all who might.
        """
        if clock := await self.held(user_id):
            raise HeldByQuota(clock.until, clock.stated)

    async def note(self, error: ResponseError, credential: Credential) -> QuotaClock | None:
        """Start the clock that an error of the service means; return it, or None if it means none.

        Raises:
            StoreFailed: It could not be written.
        """
        clock = clock_of(error, credential.id, self._clock())
        if clock is not None:
            _log.warning("the GPU quota of %s is used up: %r", credential.id, error)
            self._clocks_at = float("-inf")
            self._left.pop(credential.id, None)
            await self._quotas.start(clock)
        return clock

    async def has_token(self, user_id: int) -> bool:
        """Return whether a user linked a token of their own."""
        return self.can_link and await self._tokens.linked(user_id) is not None

    async def seconds_left(self, user_id: int) -> float | None:
        """Return the GPU seconds that are left of the quota that a user's next picture uses.

        Returns:
            None if nobody knows, or if it is used up.
        """
        try:
            credential = await self.choose(user_id)
        except (HeldByQuota, TokenRefused):
            return None
        return (await self._known_left([credential])).get(credential.id)

    async def operators_left(self) -> dict[str, float]:
        """Return the GPU seconds that are left, by the operator's credentials of which that is known."""
        clocks, now = await self._read_clocks(), self._clock()
        used_up = {one.id: 0.0 for one in self._operators if blocking(one.id, clocks, now)}
        return await self._known_left(one for one in self._operators if one.id not in used_up) | used_up

    async def link(self, user_id: int, token: str) -> None:
        """Keep a user's own token, if it is an account's.

        Raises:
            TokensNotKept: The operator has set no key.
            TokenRefused: It is no account's.
            ProviderError: The service did not say, in one of its leaves.
        """
        if self.can_link:
            await self._hub.check(token)
        await self._tokens.link(user_id, token)

    async def forget(self, user_id: int) -> bool:
        """Forget a user's own token; return whether there was one."""
        return await self._tokens.forget(user_id)

    async def refused(self, credential: Credential) -> None:
        """Forget a user's own token that the service did not take, unless they linked another one since."""
        if credential.user_id is not None:
            _log.info("the token %s is refused and forgotten", credential.id)
            await self._tokens.forget(credential.user_id, credential.token)

    async def _of(self, user_id: int) -> tuple[Credential, ...]:
        token = await self._tokens.linked(user_id) if self.can_link else None
        return self._operators if token is None else (users(user_id, token), *self._operators)

    async def _read_clocks(self) -> tuple[QuotaClock, ...]:
        began = asyncio.get_running_loop().time()
        self._clocks = tuple(await self._quotas.clocks(self._clock()))
        self._clocks_at = began
        return self._clocks

    async def _known_left(self, credentials: Iterable[Credential]) -> dict[str, float]:
        """Return the GPU seconds left, by credential, of those of which they are known."""
        asked = [(one, one.token) for one in credentials if one.token is not None]
        left = await asyncio.gather(*(self._ask_left(one, token) for one, token in asked))
        return {one.id: seconds for (one, _), seconds in zip(asked, left, strict=True) if seconds is not None}

    async def _ask_left(self, credential: Credential, token: str) -> float | None:
        asked_at, left = self._left.get(credential.id, (float("-inf"), None))
        now = self._clock()
        if 0 <= now - asked_at < KNOWN:
            return left
        try:
            left = await self._hub.seconds_left(token)
        except TokenRefused:
            if credential.is_own:
                await self.refused(credential)
                raise
            _log.error("the token %s of the operator is refused", credential.id)
            left = 0.0  # it comes last
        self._left[credential.id] = (now, left)
        return left
