"""One job while it is drawn: its pictures one after the other, a failed one not taking the others with it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import aclosing

from bot.domain.board import Board, Drawn, NotDrawn
from bot.domain.errors import GpuQuotaExceeded, HeldByQuota, ImagineError, StoreFailed, StreamCut, Unforeseen
from bot.domain.events import ImageResponse
from bot.domain.job import PictureRef
from bot.domain.picture import Picture
from bot.ports import ImageProviders, JobStore, Reply

_log = logging.getLogger(__name__)


class JobDrawing:
    """Draws a job's pictures and shows each step.

    Args:
        board: The job's board, as empty as it begins.
        reply: Where the board is shown.
        providers: Who draws.
        store: Keeps each picture before anybody sees it.
        clock: Returns Unix time in seconds.
        on_quota: Called when the service's quota is gone; returns what the user is told.
        new_reference: Returns a short reference under which the log keeps an error.

    Attributes:
        board: How far it is.
    """

    def __init__(
        self,
        board: Board,
        reply: Reply,
        *,
        providers: ImageProviders,
        store: JobStore,
        clock: Callable[[], float],
        on_quota: Callable[[GpuQuotaExceeded], HeldByQuota],
        new_reference: Callable[[], str],
    ) -> None:
        self.board = board
        self._reply = reply
        self._providers = providers
        self._store = store
        self._clock = clock
        self._on_quota = on_quota
        self._new_reference = new_reference

    async def draw(self) -> None:
        """Draw every picture; what goes wrong is on the board afterwards."""
        for index in range(len(self.board.slots)):
            try:
                await self._picture(index)
            except Exception as error:  # noqa: BLE001 # the one place where a picture's fault ends
                self._failed(index, error)
            self._reply.show(self.board)

    async def _picture(self, index: int) -> None:
        if self.board.is_final:  # an earlier picture met a fault that all of them would meet
            return
        request = self.board.job.requests[index]
        provider = self._providers.get(request.model)
        began = asyncio.get_running_loop().time()
        async with aclosing(provider.stream(request)) as events:
            async for event in events:
                if isinstance(event, ImageResponse):
                    image = await provider.download(event)
                    seconds = asyncio.get_running_loop().time() - began
                    await noted(self._store.keep(PictureRef(self.board.job.id, index), image, seconds))
                    picture = Picture(request=request, image=image, seconds=seconds)
                    self.board = self.board.with_slot(index, Drawn(picture))
                    return
                self.board = self.board.after(index, event, self._clock())
                self._reply.show(self.board)
        raise StreamCut

    def _failed(self, index: int, error: Exception) -> None:
        reference = self._new_reference()
        job = self.board.job
        if isinstance(error, ImagineError):
            _log.warning("%s: picture %d of job %s failed: %r", reference, index, job.id, error)
        else:
            _log.error("%s: picture %d of job %s failed", reference, index, job.id, exc_info=error)
        if isinstance(error, GpuQuotaExceeded):
            self.board = self.board.ended(self._on_quota(error), reference)
        else:
            known = error if isinstance(error, ImagineError) else Unforeseen()
            self.board = self.board.with_slot(index, NotDrawn(known, reference))


async def noted(writing: Awaitable[object]) -> None:
    """Write something down; a store that fails keeps no picture from its user."""
    try:
        await writing
    except StoreFailed as error:
        _log.error("the store failed: %r", error)
