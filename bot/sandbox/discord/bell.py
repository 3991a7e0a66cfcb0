"""Waiting for the world to change, without polling."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Bell:
    """Rung after every change; wakes everyone who waits."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake the waiting."""
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, look: Callable[[], T | None], timeout: float | None = None) -> T:  # noqa: ASYNC109
        """Look now and after every change until something other than None is seen; return it.

        Args:
            look: Must not block.
            timeout: Seconds; None waits for ever.

        Raises:
            TimeoutError: It was not seen in time.
        """
        async with asyncio.timeout(timeout):
            while (seen := look()) is None:
                waiter = asyncio.get_running_loop().create_future()
                self._waiting.add(waiter)
                try:
                    await waiter
                finally:
                    self._waiting.discard(waiter)
        return seen
