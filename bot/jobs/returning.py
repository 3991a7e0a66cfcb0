"""One parked job whose quota may have returned: drawn, parked again unseen, or given up."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import TypeAlias

from structlog.contextvars import bound_contextvars

from bot.domain.board import Board
from bot.domain.errors import (
    DeliveryFailed,
    ImagineError,
    LimitReached,
    ReplyGone,
    Restarting,
    StoreFailed,
    TooManyForLimit,
    UserError,
)
from bot.domain.job import Job, JobState
from bot.domain.wish import Asker
from bot.jobs.allowances import Admission
from bot.jobs.attempts import Tools
from bot.jobs.drawing import JobDrawing, NotBegun
from bot.jobs.ending import finish, held
from bot.jobs.noting import noted
from bot.jobs.underway import Underway
from bot.ports import Reply

OpenReply: TypeAlias = Callable[[Board], AbstractAsyncContextManager[Reply]]

AGAIN = 30.0  # seconds until a job is looked at again when nobody can say for how long it has to wait

_log = logging.getLogger(__name__)


class Return:
    """Draws a parked job.

    Args:
        board: The job's board, as empty as it begins.
        tools: What it is drawn with.
        underway: Where it is drawn.
        on_begin: Called when it is parked no more.

    Attributes:
        job: It.
    """

    def __init__(
        self, board: Board, *, tools: Tools, underway: Underway, on_begin: Callable[[], None]
    ) -> None:
        self.job = board.job
        self._board = board
        self._tools = tools
        self._underway = underway
        self._on_begin = on_begin
        self._taking: asyncio.Task[Admission] | None = None

    async def draw(self, open_reply: OpenReply) -> float | None:
        """Draw it when its turn comes, and deliver it.

        Returns:
            The Unix time in seconds at which to look at it again if it is parked still; None if that is not
            to be done here.
        """
        cancelled = self._underway.cancellation(self.job.id)
        with bound_contextvars(job=self.job.id):
            async with open_reply(self._board) as reply:
                drawing = JobDrawing(self._board, reply, tools=self._tools, begin=self._begin)
                try:
                    await self._underway.draw(drawing, reply)
                    admission = await self._taking if self._taking else None
                except NotBegun as why:
                    return why.again_at
                if admission is not None:
                    return await self._end(drawing, admission, reply)
                if cancelled.is_set():
                    return None
                return self._again_at(drawing.board)

    async def _begin(self) -> None:
        """Take the job; it is known whether it was taken, whatever is cancelled meanwhile."""
        self._taking = asyncio.create_task(self._take())
        await asyncio.shield(self._taking)

    async def _take(self) -> Admission:
        """Take the job out of the parking, which one of all processes does, and charge it."""
        now = self._tools.clock()
        if now >= expires_at(self.job):
            raise NotBegun(now)
        if not await self._tools.store.move(self.job.id, JobState.RUNNING):
            raise NotBegun
        self._on_begin()
        try:
            return await self._tools.allowances.reserve(self.job, _asker(self.job))
        except (UserError, StoreFailed) as refused:
            await self._park()
            raise NotBegun(self._frees_at(refused)) from refused

    async def _end(self, drawing: JobDrawing, admission: Admission, reply: Reply) -> float | None:
        board = drawing.board
        was_stopped = any(isinstance(slot.error, Restarting) for slot in board.errors)
        async with admission:
            if not board.pictures and (was_stopped or held(board)):
                await noted(admission.settle(0))
                await self._park()
                return self._again_at(board)
            await noted(admission.settle(drawing.to_charge))
        if board.pictures or any(slot.error for slot in board.errors):
            await finish(board, reply, self._tools.store)
        else:
            await noted(self._tools.store.move(self.job.id, JobState.CANCELLED))
            await noted(self._tools.store.close(self.job.id))
        return None

    async def _park(self) -> None:
        await noted(self._tools.store.park(self.job.id, until=expires_at(self.job)))

    def _again_at(self, board: Board) -> float:
        reason = held(board)
        return reason.until if reason else self._tools.clock() + AGAIN

    def _frees_at(self, refused: ImagineError) -> float:
        match refused:
            case LimitReached():
                return refused.frees_at
            case TooManyForLimit():
                return expires_at(self.job)
            case _:
                return self._tools.clock() + AGAIN


async def give_up(board: Board, why: ImagineError, tools: Tools, open_reply: OpenReply) -> None:
    """End a parked job that is not drawn, and tell its user why."""
    if not await tools.store.move(board.job.id, JobState.FAILED):
        return
    async with open_reply(board) as reply:
        try:
            await reply.finish(board.ended(why))
        except (ReplyGone, DeliveryFailed) as error:
            _log.warning("the user of job %s could not be told that it is given up: %r", board.job.id, error)
    await tools.store.close(board.job.id)


def expires_at(job: Job) -> float:
    """Return when a parked job is given up, as a Unix time in seconds."""
    return job.created_at if job.parked_until is None else job.parked_until


def _asker(job: Job) -> Asker:
    """Return who asked; the roles they had then are not known any more."""
    return Asker(user_id=job.user_id, guild_id=job.guild_id, channel_id=job.channel_id, locale=job.locale)
