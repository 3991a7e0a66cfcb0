"""One job while it is drawn: its pictures one after the other, a failed one not taking the others with it."""

import logging
from collections.abc import Awaitable, Callable

from bot.domain.board import Board, Drawn, NotDrawn
from bot.domain.errors import HeldByQuota, ImagineError, RequestRefused, Unforeseen
from bot.domain.events import ImageEvent
from bot.domain.picture import Picture
from bot.jobs.attempts import Attempts, Tools
from bot.jobs.line import Recalled
from bot.ports import Reply

Begin = Callable[[], Awaitable[None]]

_log = logging.getLogger(__name__)


class NotBegun(Exception):
    """A job may not begin now; nothing was sent for it.

    Args:
        again_at: Unix time in seconds at which it may be tried again; None for never.
    """

    def __init__(self, again_at: float | None = None) -> None:
        super().__init__(again_at)
        self.again_at = again_at


class JobDrawing:
    """Draws a job's pictures and shows each step.

    Args:
        board: The job's board, as empty as it begins.
        reply: Where the board is shown.
        tools: What it is drawn with.
        begin: Called once, when the first picture is about to be sent; it may raise `NotBegun`.

    Attributes:
        board: How far it is.
        has_begun: Whether anything was sent for it.
    """

    def __init__(self, board: Board, reply: Reply, *, tools: Tools, begin: Begin) -> None:
        self.board = board
        self.has_begun = False
        self._was_cut_off = False
        self._reply = reply
        self._tools = tools
        self._begin = begin

    async def draw(self) -> None:
        """Draw every picture; what goes wrong is on the board afterwards.

        Raises:
            NotBegun: As `begin` does.
        """
        for index in range(len(self.board.slots)):
            try:
                await self._picture(index)
            except NotBegun:
                raise
            except Exception as error:  # noqa: BLE001 # the one place where a picture's fault ends
                self._failed(index, error)
            if not self.board.is_final:  # the end is written down before it is shown
                self._reply.show(self.board)

    def end(self, error: ImagineError | None) -> None:
        """Close what is still open on the board for one reason; None is the user's own cancellation."""
        self.board = self.board.ended(error)
        self._was_cut_off = self._was_cut_off and error is None

    @property
    def to_charge(self) -> int:
        """Pictures that count: those that were drawn, and those that failed by the user's own doing."""
        refused = sum(isinstance(slot.error, RequestRefused) for slot in self.board.errors)
        return len(self.board.pictures) + refused + self._was_cut_off

    async def _picture(self, index: int) -> None:
        if self.board.is_final:  # an earlier picture met a fault that all of them would meet
            return
        attempts = Attempts(
            self.board.job,
            index,
            tools=self._tools,
            on_send=self._send,
            on_event=lambda event: self._show(index, event),
            on_refused=self._reply.tell,
        )
        while True:
            try:
                picture = await self._in_turn(index, attempts)
            except Recalled:
                await self._tools.accounts.check(self.board.job.user_id)
            else:
                self.board = self.board.with_slot(index, Drawn(picture))
                return

    async def _in_turn(self, index: int, attempts: Attempts) -> Picture:
        async with self._tools.line.turn(self.board.job, lambda place: self._show(index, place)):
            try:
                return await attempts.draw()
            finally:
                self._was_cut_off = attempts.was_cut_off

    async def _send(self) -> None:
        if not self.has_begun:
            await self._begin()
            self.has_begun = True

    def _show(self, index: int, event: ImageEvent) -> None:
        self.board = self.board.after(index, event, self._tools.clock())
        self._reply.show(self.board)

    def _failed(self, index: int, error: Exception) -> None:
        reference = self._tools.new_reference()
        job = self.board.job
        if isinstance(error, HeldByQuota):
            _log.info("%s: job %s is held: %r", reference, job.id, error)
        elif isinstance(error, ImagineError):
            _log.warning("%s: picture %d of job %s failed: %r", reference, index, job.id, error)
        else:
            _log.error("%s: picture %d of job %s failed", reference, index, job.id, exc_info=error)
        if isinstance(error, HeldByQuota):
            job_id = None if self.board.pictures else job.id
            self.board = self.board.ended(HeldByQuota(error.until, error.stated, job_id), reference)
        else:
            known = error if isinstance(error, ImagineError) else Unforeseen()
            self.board = self.board.with_slot(index, NotDrawn(known, reference))
