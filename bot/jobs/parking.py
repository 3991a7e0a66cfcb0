"""Jobs that wait for GPU quota: each is looked at when something may have changed for it, and not before."""

import asyncio
import logging
from collections.abc import Awaitable
from contextlib import suppress

from bot.domain.board import Board
from bot.domain.errors import StoreFailed
from bot.domain.job import Job, JobState
from bot.jobs.attempts import Tools
from bot.jobs.preparing import Preparation
from bot.jobs.returning import AGAIN, OpenReply, Return, expires_at, give_up
from bot.jobs.underway import Underway

WAVE = 2.0  # seconds within which all are looked at together: the service tells each its own whole seconds

_log = logging.getLogger(__name__)


class Parking:
    """Draws parked jobs when their quota returns, through the same line as all others.

    Args:
        tools: What jobs are drawn with.
        preparation: Makes their boards.
        underway: Where they are drawn.
    """

    def __init__(self, tools: Tools, preparation: Preparation, underway: Underway) -> None:
        self._tools = tools
        self._preparation = preparation
        self._underway = underway
        self._due: dict[str, tuple[float, Job]] = {}
        self._has_changed = asyncio.Event()
        self._not_begun: set[str] = set()
        self._looking: asyncio.Task[None] | None = None

    def open(self, open_reply: OpenReply) -> None:
        """Begin to look at the jobs that are parked.

        Args:
            open_reply: Opens the reply of a job; nothing may be seen of one that is left unfinished.
        """
        self._looking = asyncio.create_task(self._run(open_reply))

    async def close(self) -> None:
        """Look no more; what has not begun stays parked."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait({self._looking})
        for job_id in self._not_begun:
            self._underway.cancel(job_id)

    def look_at(self, job: Job, at: float) -> None:
        """Look at a parked job at a Unix time in seconds, or at its end if that comes before."""
        end = expires_at(job)
        self._due[job.id] = (min(at, end) if self._tools.clock() < end else at, job)
        self._has_changed.set()

    async def _run(self, open_reply: OpenReply) -> None:
        await self._begin()
        while True:
            self._has_changed.clear()
            now = self._tools.clock()
            is_time = any(at <= now for at, _ in self._due.values())
            due = [job for at, job in self._due.values() if is_time and at <= now + WAVE]
            boards = [await self._look(job, now, open_reply) for job in sorted(due, key=_asked_at)]
            for board in boards:  # all of them at once: the line gives no turn before each is in it
                if board is not None:
                    self._not_begun.add(board.job.id)
                    self._underway.start(self._try(board.job, self._draw(board, open_reply)))
            await self._sleep()

    async def _begin(self) -> None:
        while True:
            try:
                for job in await self._tools.store.parked():
                    self.look_at(job, self._tools.clock())
            except StoreFailed as error:
                _log.error("what is parked is not known: %r", error)
                await asyncio.sleep(AGAIN)
            else:
                return

    async def _sleep(self) -> None:
        """Sleep until a job is due or one more is parked.

        The time is the difference on the wall clock, and looked at again afterwards, for that may be set.
        """
        earliest = min((at for at, _ in self._due.values()), default=None)
        with suppress(TimeoutError):
            async with asyncio.timeout(None if earliest is None else earliest - self._tools.clock()):
                await self._has_changed.wait()

    async def _look(self, job: Job, now: float, open_reply: OpenReply) -> Board | None:
        """Return the board of a job that can be drawn now; see to it that any other is looked at again."""
        del self._due[job.id]
        if now >= expires_at(job):
            self._underway.start(self._try(job, self._give_up(job, open_reply)))
            return None
        try:
            clock = await self._tools.accounts.held(job.user_id)
            current = await self._tools.store.get(job.id)
            if current is None or current.state is not JobState.PARKED:
                return None
            if clock is None:
                return await self._preparation.of(current)
        except StoreFailed as error:
            clock = None
            _log.error("the quota for job %s is not known: %r", job.id, error)
        self.look_at(job, clock.until if clock else now + AGAIN)
        return None

    async def _draw(self, board: Board, open_reply: OpenReply) -> float | None:
        job_id = board.job.id
        try:
            returning = Return(
                board,
                tools=self._tools,
                underway=self._underway,
                on_begin=lambda: self._not_begun.discard(job_id),
            )
            return await returning.draw(open_reply)
        finally:
            self._not_begun.discard(job_id)

    async def _give_up(self, job: Job, open_reply: OpenReply) -> None:
        await give_up(await self._preparation.of(job), self._tools, open_reply)

    async def _try(self, job: Job, work: Awaitable[float | None]) -> None:
        """Do some work, and look at the job when it says, or if it could not be done."""
        again_at: float | None = self._tools.clock() + AGAIN
        try:
            again_at = await work
        except Exception:  # noqa: BLE001 # nobody waits for it, so this is where its faults end
            _log.exception("parked job %s was left as it is", job.id)
        if again_at is not None:
            self.look_at(job, again_at)


def _asked_at(job: Job) -> float:
    """Return when a job was asked for: whoever asked first is first in line again."""
    return job.created_at
