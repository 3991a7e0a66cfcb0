"""Once a day: which servers the bot has been taken from, and what is kept for longer than it should be.

Discord tells of a server that removes the bot by GUILD_DELETE, which the bot, without intents, never hears;
and no request need fail, for nobody is left there to make one. So the bot asks for the list of its servers
and compares. Only a whole answer counts: an outage must not look like a farewell. A server that is in the
list again is welcome back, and nothing of it was forgotten before its grace period had passed.

A server in which only users installed the bot never was in that list, and cannot leave it. All that is kept
of it are its guests' own jobs: like those of direct messages, they stay until their users delete them.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection

from bot.domain.errors import StoreFailed
from bot.ports import PrivacyStore

DAY = 86400.0  # seconds

_log = logging.getLogger(__name__)


class Housekeeping:
    """Lets go of what need not be kept.

    Args:
        store: Keeps it until then.
        members_of: Returns the servers that the bot is a member of, all of them, or None if nobody says.
        clock: Returns Unix time in seconds.
        grace: Seconds that the data of a server is kept after the bot has left it.
    """

    def __init__(
        self,
        store: PrivacyStore,
        members_of: Callable[[], Awaitable[Collection[int] | None]],
        clock: Callable[[], float],
        grace: float,
    ) -> None:
        self._store = store
        self._members_of = members_of
        self._clock = clock
        self._grace = grace

    async def left_servers(self) -> list[int]:
        """Note which servers the bot is in, and which it is not any more; return the latter."""
        members_of = await self._members_of()
        if members_of is None:
            return []
        gone = []
        for guild_id in await self._store.servers():
            if guild_id in members_of:
                await self._store.joined(guild_id)
            else:
                await self._store.left(guild_id, self._clock())
                gone.append(guild_id)
        return gone

    async def clean(self) -> int:
        """Do a day's work; return how many jobs were forgotten."""
        await self.left_servers()
        return await self._store.forget(self._clock(), self._grace)

    async def run(self, pause: float = DAY) -> None:
        """Do it again and again, until cancelled.

        Args:
            pause: Seconds between.
        """
        while True:
            try:
                if forgotten := await self.clean():
                    _log.info("forgot %d jobs that need not be kept", forgotten)
            except StoreFailed as error:
                _log.warning("could not clean up, and tries again tomorrow: %r", error)
            await asyncio.sleep(pause)
