"""The limits of a Space, kept fresh without anybody waiting long for them.

Limits are asked for between a member's command and Discord's three seconds to answer it.
"""

import asyncio
from collections.abc import Awaitable, Callable

from bot.domain.errors import ProviderError
from bot.domain.limits import DOCUMENTED, Limits

PATIENCE_SECONDS = 1.0  # a third of what Discord gives
FRESH_SECONDS = 3600.0  # a Space is changed some times a year
RETRY_SECONDS = 60.0  # after a failure


class LiveLimits:
    """Reads the limits when they are wanted, and remembers them.

    The last ones known serve while new ones are read, and the documented ones until there are any: a Space
    that does not describe itself still draws. A failure is therefore nobody's error; it is tried again, by
    the next who asks after `RETRY_SECONDS`.
    """

    def __init__(
        self, read: Callable[[], Awaitable[Limits]], clock: Callable[[], float] | None = None
    ) -> None:
        """Read nothing yet.

        Args:
            read: Asks the Space.
            clock: Seconds, monotonic; the running loop's by default.
        """
        self._read = read
        self._clock = clock or (lambda: asyncio.get_running_loop().time())
        self._known: Limits | None = None
        self._until = float("-inf")  # by the clock
        self._reading: asyncio.Task[None] | None = None

    async def get(self) -> Limits:
        """Return the limits; waits at most `PATIENCE_SECONDS`, and only while none are known."""
        if self._reading is None and self._clock() >= self._until:
            self._reading = asyncio.create_task(self._refresh())
        if self._known is None and self._reading is not None:
            await asyncio.wait({self._reading}, timeout=PATIENCE_SECONDS)
        return self._known or DOCUMENTED

    async def close(self) -> None:
        """Stop reading."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.wait({self._reading})

    async def _refresh(self) -> None:
        try:
            self._known = await self._read()
        except ProviderError:
            self._until = self._clock() + RETRY_SECONDS
        else:
            self._until = self._clock() + FRESH_SECONDS
        finally:
            self._reading = None
