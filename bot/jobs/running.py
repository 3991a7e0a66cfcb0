"""`run`: whatever became of a job so far, it is brought to its end, and its user sees that once.

It may be called again for the same job at any time, in whichever process sees to it: what was sent to the
provider is never sent again.
"""

import asyncio
import logging

from structlog.contextvars import bound_contextvars

from bot.domain.board import Drawn
from bot.domain.errors import Interrupted, StoreFailed
from bot.domain.job import Job, JobState, PictureRef
from bot.domain.picture import Picture
from bot.jobs.allowances import Admission
from bot.jobs.attempts import Tools
from bot.jobs.drawing import JobDrawing, NotBegun
from bot.jobs.ending import finish, held
from bot.jobs.noting import noted
from bot.jobs.parking import Parking
from bot.jobs.preparing import Preparation
from bot.jobs.returning import OpenReply
from bot.jobs.underway import Underway
from bot.ports import Jobs

_log = logging.getLogger(__name__)


class Running:
    """Runs jobs; a `bot.ports.Jobs`.

    Args:
        tools: What they are drawn with.
        preparation: Makes their boards.
        underway: Where they are drawn.
        parking: Where those are that wait for quota.
        open_reply: Opens the reply of a job, where it is now.
    """

    def __init__(
        self,
        tools: Tools,
        preparation: Preparation,
        underway: Underway,
        parking: Parking,
        open_reply: OpenReply,
    ) -> None:
        self._tools = tools
        self._preparation = preparation
        self._underway = underway
        self._parking = parking
        self._open_reply = open_reply

    def __contains__(self, job_id: str) -> bool:
        return job_id in self._underway

    def run(self, job_id: str) -> asyncio.Task[None]:
        """Bring a job to its end, whatever became of it so far; twice is once."""
        return self._underway.start(job_id, lambda: self._run(job_id))

    def stop(self, job_id: str) -> bool:
        """Cancel a job that is drawn here; return whether there was anything to."""
        return self._underway.cancel(job_id)

    async def look_at_parked(self) -> None:
        """Look at what other processes have parked."""
        await self._parking.refresh()

    async def _run(self, job_id: str) -> None:
        with bound_contextvars(job=job_id):
            try:
                await self._end(job_id)
            except StoreFailed as error:
                _log.error("job %s is left for another time: %r", job_id, error)
            except Exception:  # noqa: BLE001 # nobody waits for it, so this is where its faults end
                _log.exception("job %s cannot be brought to its end", job_id)
                await self._abandon(job_id, JobState.FAILED)

    async def _end(self, job_id: str) -> None:
        job = await self._tools.store.get(job_id)
        if job is None or job.state is JobState.PARKED or not job.is_open:
            return
        if job.place is None and job.parked_until is None:  # it died before anybody could be told
            await self._abandon(job_id, JobState.INTERRUPTED)
        elif job.state is JobState.WAITING:
            await self._draw(job)
        else:
            await self._wind_up(job)

    async def _abandon(self, job_id: str, state: JobState) -> None:
        """End a job of which nobody can be told."""
        await noted(self._tools.allowances.admission(job_id).settle(0))
        await noted(self._tools.store.move(job_id, state))
        await noted(self._tools.store.close(job_id))

    async def _draw(self, job: Job) -> None:
        """Draw a job of which nothing was sent to the provider."""
        board = await self._preparation.of(job)
        admission = self._tools.allowances.admission(job.id)
        async with self._open_reply(board) as reply:
            if board.warning is not None:
                await reply.tell(board.warning)
            drawing = JobDrawing(
                board, reply, tools=self._tools, begin=lambda: self._begin(job.id, admission)
            )
            try:
                await self._underway.draw(drawing, reply)
            except NotBegun:
                return
            await noted(admission.settle(0 if held(drawing.board) else drawing.to_charge))
            await finish(drawing.board, reply, self._tools.store)

    async def _begin(self, job_id: str, admission: Admission) -> None:
        if not await self._tools.store.move(job_id, JobState.RUNNING):
            raise NotBegun  # another process has it, or somebody cancelled it there
        await noted(admission.begin())

    async def _wind_up(self, job: Job) -> None:
        """End a job that nobody draws any more: with the pictures that were drawn, if there are any."""
        board = await self._preparation.of(job)
        for index, picture in (await self._drawn(job)).items():
            board = board.with_slot(index, Drawn(picture))
        board = board.ended(None if job.state is JobState.CANCELLED else Interrupted())
        await noted(self._tools.allowances.admission(job.id).settle(len(board.pictures)))
        async with self._open_reply(board) as reply:
            await finish(board, reply, self._tools.store)

    async def _drawn(self, job: Job) -> dict[int, Picture]:
        """Return the pictures of a job that were drawn and not delivered, by index."""
        refs = [PictureRef(job.id, index) for index in range(len(job.requests))]
        files = [(ref, await self._tools.store.image(ref)) for ref in refs]
        kept = {ref: await self._tools.store.picture(ref) for ref, image in files if image is not None}
        return {
            ref.index: Picture(request=job.requests[ref.index], image=image, seconds=known.seconds or 0.0)
            for ref, image in files
            if image is not None and (known := kept[ref]) is not None
        }


_: type[Jobs] = Running
