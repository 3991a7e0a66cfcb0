"""The preview pump: the latest state is shown, one edit at a time, as fast as Discord takes them.

Showing a state never waits; a state that a newer one overtakes is never shown, and an unchanged one is no
edit. What an edit needs is fetched by the edit itself, so what is never shown is never fetched.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Generic, Self, TypeVar

State = TypeVar("State")

_log = logging.getLogger(__name__)


class Pump(Generic[State]):
    """Shows the latest of many states.

    Use it as an async context manager: once it is left, no edit follows.

    Args:
        edit: Shows one state. It may be cancelled; an exception of it is a bug, and ends the showing.
        wait: Returns the seconds until the next edit may start.
    """

    def __init__(self, edit: Callable[[State], Awaitable[None]], *, wait: Callable[[], float]) -> None:
        self._edit = edit
        self._wait = wait
        self._latest: State | None = None
        self._changed = asyncio.Event()
        self._is_due = False
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def show(self, state: State) -> None:
        """Show a state as soon as it may be shown, unless a newer one comes first."""
        self._latest = state
        self._changed.set()

    def show_again(self) -> None:
        """Show the latest state once more, although it has not changed."""
        self._is_due = True
        self._changed.set()

    async def stop(self) -> None:
        """Begin no other edit, and cancel the one in flight."""
        task, self._task = self._task, None
        if task is None:
            return
        task.cancel()
        await asyncio.wait({task})
        if not task.cancelled() and (problem := task.exception()):
            _log.error("the previews broke off", exc_info=problem)

    async def _run(self) -> None:
        shown: State | None = None
        while True:
            await self._changed.wait()
            await asyncio.sleep(self._wait())
            self._changed.clear()
            if self._latest is not None and (self._is_due or self._latest != shown):
                self._is_due, shown = False, self._latest
                await self._edit(shown)
