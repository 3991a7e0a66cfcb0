"""Jobs, from what a user gave to the one reply that is their end."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, ExitStack
from typing import TypeAlias

from bot.domain.board import Board
from bot.domain.errors import DeliveryFailed, OutOfRange, ReplyGone, Restarting
from bot.domain.events import ImagePreview
from bot.domain.job import MAX_PICTURES, Job, JobState
from bot.domain.request import Correction, ImageRequest, compose
from bot.domain.wish import Asker, Wish
from bot.jobs.drawing import JobDrawing, noted
from bot.jobs.gate import Gate
from bot.ports import ImageProviders, JobStore, Reply

Admission: TypeAlias = ExitStack  # closing it, once or more, lets the user's next job in
OpenReply: TypeAlias = Callable[[Board], AbstractAsyncContextManager[Reply]]

KEEP_SECONDS = 7 * 86400.0  # how long the file of a picture is kept that is not on Discord

_log = logging.getLogger(__name__)


class JobRunner:
    """Prepares, admits and runs jobs.

    Args:
        providers: Who draws.
        store: Keeps jobs; each step is written before it is shown.
        clock: Returns Unix time in seconds.
        new_seed: Returns a seed for those who give none.
        new_id: Returns a job's id.
        new_reference: Returns a short reference under which the log keeps an error.

    Attributes:
        store: Likewise.
        new_reference: Likewise.
    """

    def __init__(
        self,
        providers: ImageProviders,
        store: JobStore,
        *,
        clock: Callable[[], float],
        new_seed: Callable[[], int],
        new_id: Callable[[], str],
        new_reference: Callable[[], str],
    ) -> None:
        self.store = store
        self.new_reference = new_reference
        self._providers = providers
        self._clock = clock
        self._new_seed = new_seed
        self._new_id = new_id
        self._gate = Gate(clock)
        self._cancels: dict[str, asyncio.Event] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._draining = False

    @property
    def models(self) -> tuple[str, ...]:
        """The models that members may choose; the first is the default."""
        return self._providers.models

    @property
    def running(self) -> int:
        """How many jobs run here."""
        return len(self._running)

    async def prepare(self, wish: Wish, asker: Asker) -> Board:
        """Make the board of a new job of what a user gave; nothing is written.

        Raises:
            UserError: In one of its leaves; it cannot be drawn as asked.
        """
        requests, corrections = await self._requests(wish)
        job = Job(
            id=self._new_id(),
            user_id=asker.user_id,
            guild_id=asker.guild_id,
            channel_id=asker.channel_id,
            locale=asker.locale,
            requests=requests,
            private=wish.private,
            spoiler=wish.spoiler,
            parent=wish.parent,
            created_at=self._clock(),
        )
        parent = await self.store.picture(wish.parent) if wish.parent else None
        return Board.empty(job, corrections, parent.url if parent else None)

    def admit(self, board: Board) -> Admission:
        """Let a job in, until the admission is closed.

        Raises:
            RateLimited: In one of its leaves; the user has to wait.
            Restarting: The bot is about to stop.
        """
        if self._draining:
            raise Restarting
        admission = Admission()
        admission.enter_context(self._gate.admit(board.job.user_id))
        return admission

    def fetch(self, board: Board) -> Callable[[ImagePreview], Awaitable[bytes]]:
        """Return what downloads a preview of a job, and raises a `ProviderError` where it cannot."""

        async def download(preview: ImagePreview) -> bytes:
            return await self._providers.get(board.job.requests[0].model).download(preview)

        return download

    async def run(self, board: Board, admission: Admission, open_reply: OpenReply) -> None:
        """Draw a job and deliver it, or tell the user why not.

        The admission is closed as soon as the service has nothing more to do for the job.

        Args:
            board: As `prepare` made it.
            admission: As `admit` gave it.
            open_reply: Opens the job's reply.

        Raises:
            Exception: Only what `open_reply` raises, and what the store does.
        """
        task = asyncio.create_task(self._run(board, admission, open_reply))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.shield(task)

    async def cancel(self, job_id: str) -> bool:
        """Cancel a job that runs here; what is drawn of it stays. Return whether it ran."""
        cancelled = self._cancels.get(job_id)
        if cancelled is not None:
            cancelled.set()
        return cancelled is not None

    async def recover(self) -> None:
        """End the jobs that died with their process, and let go of files that nobody came back for.

        To be called once, before the first job.
        """
        for job in await self.store.unfinished():
            await self.store.move(job.id, JobState.INTERRUPTED)
        await self.store.let_go(self._clock() - KEEP_SECONDS)

    async def drain(self, seconds: float) -> None:
        """Take no new job, give the running ones some time, then end them honestly.

        Args:
            seconds: How long the running jobs may still take.
        """
        self._draining = True
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        for cancelled in self._cancels.values():
            cancelled.set()
        if self._running:
            await asyncio.wait(self._running)

    async def _requests(self, wish: Wish) -> tuple[tuple[ImageRequest, ...], tuple[Correction, ...]]:
        number = len(wish.prompts) * wish.count
        if not 1 <= number <= MAX_PICTURES:
            raise OutOfRange("count", number, 1, MAX_PICTURES)
        limits = await self._providers.get(wish.model).limits()
        seed = self._new_seed() if wish.seed is None else wish.seed
        seeds = int(limits.seed.maximum) + 1
        composed = [
            compose(
                prompt=prompt,
                negative_prompt=wish.negative_prompt,
                aspect_ratio=wish.aspect_ratio,
                width=wish.width,
                height=wish.height,
                guidance_scale=wish.guidance_scale,
                steps=wish.steps,
                seed=(seed + step) % seeds if step else seed,
                model=wish.model or self.models[0],
                limits=limits,
            )
            for prompt in wish.prompts
            for step in range(wish.count)
        ]
        corrections = dict.fromkeys(change for _, changes in composed for change in changes)
        return tuple(request for request, _ in composed), tuple(corrections)

    async def _run(self, board: Board, admission: Admission, open_reply: OpenReply) -> None:
        job_id = board.job.id
        cancelled = self._cancels[job_id] = asyncio.Event()
        try:
            with admission:
                await self.store.add(board.job)
                async with open_reply(board) as reply:
                    await noted(self.store.set_place(job_id, reply.place))
                    board = await self._draw(board, reply, cancelled)
                    del self._cancels[job_id]
                    admission.close()
                    await self._finish(board, reply)
        finally:
            self._cancels.pop(job_id, None)

    async def _draw(self, board: Board, reply: Reply, cancelled: asyncio.Event) -> Board:
        """Draw until all is drawn, somebody cancels it, or nobody is left to see it."""
        drawing = JobDrawing(
            board,
            reply,
            providers=self._providers,
            store=self.store,
            clock=self._clock,
            on_quota=lambda error: self._gate.hold(board.job.user_id, error),
            new_reference=self.new_reference,
        )
        await noted(self.store.move(board.job.id, JobState.RUNNING))
        work = asyncio.create_task(drawing.draw())
        ends = {work, asyncio.create_task(cancelled.wait()), asyncio.create_task(reply.until_gone())}
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in ends:
                task.cancel()
            await asyncio.wait(ends)
        return drawing.board.ended(Restarting() if self._draining else None)

    async def _finish(self, board: Board, reply: Reply) -> None:
        """Write the end down and show it; it is shown also when it cannot be written."""
        job_id = board.job.id
        if not board.pictures:
            cancelled = all(slot.error is None for slot in board.errors)
            await noted(self.store.move(job_id, JobState.CANCELLED if cancelled else JobState.FAILED))
        try:
            place = await reply.finish(board)
        except ReplyGone:
            await noted(self.store.move(job_id, JobState.CANCELLED))
        except DeliveryFailed as error:
            _log.warning("job %s was not delivered and is kept: %r", job_id, error)
            await noted(self.store.move(job_id, JobState.FAILED))
        else:
            await noted(self.store.set_place(job_id, place))
            if board.pictures:
                await noted(self.store.delivered(job_id, place))
