"""One editor for one reply: the latest state wins.

Showing a state never waits; a state that a newer one overtakes is never shown, and an unchanged one is no
edit. Between two edits lies an interval, for Discord allows about five in two seconds.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, Self, TypeVar

State = TypeVar("State")


class LatestWins(Generic[State]):
    """Shows the latest of many states, one edit at a time.

    Use it as an async context manager: leaving it waits for the edit in flight, and no edit follows.

    Args:
        edit: Shows one state; its exceptions end the editor and are raised when the context is left.
        interval: Seconds between the end of one edit and the start of the next.
    """

    def __init__(self, edit: Callable[[State], Awaitable[None]], *, interval: float) -> None:
        self._edit = edit
        self._interval = interval
        self._latest: State | None = None
        self._changed = asyncio.Event()
        self._closing = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def show(self, state: State) -> None:
        """Show a state as soon as it may be shown, unless a newer one comes first."""
        self._latest = state
        self._changed.set()

    async def close(self) -> None:
        """Wait for the edit in flight, and begin no other."""
        self._closing.set()
        self._changed.set()
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        shown: State | None = None
        while await self._next_change():
            if self._latest is not None and self._latest != shown:
                shown = self._latest
                await self._edit(shown)
                await self._pause()

    async def _next_change(self) -> bool:
        await self._changed.wait()
        self._changed.clear()
        return not self._closing.is_set()

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(self._interval):
                await self._closing.wait()
        except TimeoutError:
            return
