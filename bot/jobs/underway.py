"""The jobs that are drawn here: each can be cancelled, and none is left alone when the process ends."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager

from bot.domain.errors import Restarting
from bot.jobs.drawing import JobDrawing
from bot.ports import Reply


class Underway:
    """Keeps the jobs that are under way.

    Attributes:
        is_draining: Whether nothing new is begun, since the process is about to end.
    """

    def __init__(self) -> None:
        self.is_draining = False
        self._cancels: dict[str, asyncio.Event] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._admitted: set[str] = set()

    def __len__(self) -> int:
        return len(self._tasks)

    def __contains__(self, job_id: str) -> bool:
        return job_id in self._tasks or job_id in self._admitted

    @contextmanager
    def admitting(self, job_id: str) -> Iterator[None]:
        """Know of a job that is admitted here, and not started yet."""
        self._admitted.add(job_id)
        try:
            yield
        finally:
            self._admitted.discard(job_id)

    def start(self, job_id: str, work: Callable[[], Coroutine[None, None, None]]) -> "asyncio.Task[None]":
        """Start a job's work, which `drain` waits for; if it has been started already, return that.

        It can be cancelled until it is drawn.
        """
        if job_id not in self._tasks:
            self._cancels[job_id] = asyncio.Event()
            task = self._tasks[job_id] = asyncio.create_task(work())
            task.add_done_callback(lambda _: self._ended(job_id))
        return self._tasks[job_id]

    def cancellation(self, job_id: str) -> asyncio.Event:
        """Return what is set when a job that was started is cancelled."""
        return self._cancels[job_id]

    def cancel(self, job_id: str) -> bool:
        """Cancel a job; return whether it could be."""
        cancelled = self._cancels.get(job_id)
        if cancelled is not None:
            cancelled.set()
        return cancelled is not None

    async def draw(self, drawing: JobDrawing, reply: Reply) -> None:
        """Draw until all is drawn, somebody cancels it, or nobody is left to see it; the board is final then.

        Args:
            drawing: It; its job was started.
            reply: Where it is shown.

        Raises:
            NotBegun: It may not begin now.
        """
        job_id = drawing.board.job.id
        cancelled = self._cancels[job_id]
        work = asyncio.create_task(drawing.draw())
        ends = {work, asyncio.create_task(cancelled.wait()), asyncio.create_task(reply.until_gone())}
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in ends:
                task.cancel()
            await asyncio.wait(ends)
            del self._cancels[job_id]
        if not work.cancelled():
            work.result()
        drawing.end(Restarting() if self.is_draining else None)

    async def drain(self, seconds: float) -> None:
        """Give the jobs some time, then end them honestly.

        Args:
            seconds: How long they may still take.
        """
        self.is_draining = True
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=seconds)
        for cancelled in self._cancels.values():
            cancelled.set()
        if self._tasks:
            await asyncio.wait(self._tasks.values())

    def _ended(self, job_id: str) -> None:
        del self._tasks[job_id]
        self._cancels.pop(job_id, None)
