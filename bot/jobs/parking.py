"""Jobs that wait for GPU quota: each is looked at when something may have changed for it, and not before."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from bot.domain.board import Board
from bot.domain.errors import HouseRule, ImagineError, ParkingExpired, StoreFailed
from bot.domain.job import Job, JobState
from bot.domain.wish import Asker
from bot.jobs.attempts import Tools
from bot.jobs.preparing import Preparation
from bot.jobs.returning import AGAIN, OpenReply, Return, expires_at, give_up
from bot.jobs.underway import Underway

FindAsker: TypeAlias = Callable[[Job], Awaitable[Asker | None]]
Work: TypeAlias = Callable[[], Awaitable[float | None]]

WAVE = 2.0  # seconds within which all are looked at together: the service tells each its own whole seconds

_log = logging.getLogger(__name__)


class Parking:
    """Draws parked jobs when their quota returns, through the same line as all others.

    Each is asked again whether it may be drawn when it goes into the line, as it would be if it was new:
    moderators may have decided otherwise since. Its user alone is told if it may not.

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

    def open(self, open_reply: OpenReply, find_asker: FindAsker) -> None:
        """Begin to look at the jobs that are parked.

        Args:
            open_reply: Opens the reply of a job; nothing may be seen of one that is left unfinished.
            find_asker: Returns who asked for a job, and where, as that is now; None if nobody says.
        """
        self._looking = asyncio.create_task(self._run(open_reply, find_asker))

    async def close(self) -> None:
        """Look no more; what has not begun stays parked."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait({self._looking})
        for job_id in self._not_begun:
            self._underway.cancel(job_id)

    def look_at(self, job: Job, at: float) -> None:
        """Look at a parked job at a Unix time in seconds, or at its end if that comes before.

        Before `open` nothing is looked at, nor kept: what is parked is in the store.
        """
        if self._looking is None:
            return
        end = expires_at(job)
        self._due[job.id] = (min(at, end) if self._tools.clock() < end else at, job)
        self._has_changed.set()

    async def refresh(self) -> None:
        """Look at what is parked and not known here: another process may have parked it."""
        for job in await self._tools.store.parked():
            if job.id not in self._due and job.id not in self._underway:
                self.look_at(job, self._tools.clock())

    async def _run(self, open_reply: OpenReply, find_asker: FindAsker) -> None:
        await self._begin()
        while True:
            self._has_changed.clear()
            now = self._tools.clock()
            is_time = any(at <= now for at, _ in self._due.values())
            due = [job for at, job in self._due.values() if is_time and at <= now + WAVE]
            looks = (self._look(job, now, open_reply, find_asker) for job in sorted(due, key=_asked_at))
            boards = await asyncio.gather(*looks)
            for board in boards:  # all of them at once: the line gives no turn before each is in it
                if board is not None:
                    self._not_begun.add(board.job.id)
                    self._start(board.job, partial(self._draw, board, open_reply))
            await self._sleep()

    async def _begin(self) -> None:
        while True:
            try:
                await self.refresh()
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

    async def _look(self, job: Job, now: float, open_reply: OpenReply, find_asker: FindAsker) -> Board | None:
        """Return the board of a job that can be drawn now; see to it that any other is looked at again."""
        del self._due[job.id]
        if now >= expires_at(job):
            self._start(job, partial(self._give_up, job, ParkingExpired(), open_reply))
            return None
        try:
            clock = await self._tools.accounts.held(job.user_id)
            current = await self._tools.store.get(job.id)
            if current is None or current.state is not JobState.PARKED:
                return None
            if clock is None and (asker := await find_asker(current)):
                return await self._preparation.again(current, asker)
        except HouseRule as why:
            unseen = replace(job, private=True)
            self._start(job, partial(self._give_up, unseen, why, open_reply))
            return None
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

    async def _give_up(self, job: Job, why: ImagineError, open_reply: OpenReply) -> None:
        await give_up(await self._preparation.of(job), why, self._tools, open_reply)

    def _start(self, job: Job, work: Work) -> None:
        self._underway.start(job.id, lambda: self._try(job, work))

    async def _try(self, job: Job, work: Work) -> None:
        """Do some work, and look at the job when it says, or if it could not be done."""
        again_at: float | None = self._tools.clock() + AGAIN
        try:
            again_at = await work()
        except Exception:  # noqa: BLE001 # nobody waits for it, so this is where its faults end
            _log.exception("parked job %s was left as it is", job.id)
        if again_at is not None:
            self.look_at(job, again_at)


def _asked_at(job: Job) -> float:
    """Return when a job was asked for: whoever asked first is first in line again."""
    return job.created_at
