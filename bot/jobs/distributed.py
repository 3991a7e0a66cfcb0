"""The engine of one process of several: it runs jobs that any of them has admitted, as far as it has room.

Each beat says that this process lives, and hears which of its jobs are cancelled elsewhere. It also runs what
is this process's without being under way here, as after a transaction whose outcome nobody could tell.
"""

import asyncio
import logging

from bot.domain.errors import StoreFailed
from bot.domain.job import Place
from bot.ports import JobEngine, JobQueue, Jobs, Listen

BEAT = 0.5  # seconds between two signs of life: as long may a cancellation take to another process
SILENT = 10.0  # seconds without one after which a process is dead
LOOK = 5.0  # seconds between two looks at the line and at what is parked, for what was not announced

_log = logging.getLogger(__name__)


class DistributedEngine:
    """Runs jobs; what each method does is said in `bot.ports.JobEngine`.

    Args:
        queue: The line of all processes.
        listen: Hears of what comes into it.
        at_once: Jobs that may be run here at the same time; 0 for none.
    """

    def __init__(self, queue: JobQueue, listen: Listen, at_once: int) -> None:
        self._queue = queue
        self._listen = listen
        self._at_once = at_once
        self._jobs: Jobs | None = None
        self._unknown: set[str] = set()
        self._taken: set[asyncio.Future[None]] = set()
        self._was_full = False
        self._taking = asyncio.Lock()
        self._listening: asyncio.Task[None] | None = None
        self._beating: asyncio.Task[None] | None = None

    @property
    def draws(self) -> bool:
        """Whether jobs are drawn in this process."""
        return self._at_once > 0

    async def open(self, jobs: Jobs) -> None:
        """Begin to take jobs out of the line, and to look after those of dead processes."""
        self._jobs = jobs
        await self._queue.beat()
        self._beating = asyncio.create_task(self._beat(jobs))
        if self._at_once:
            self._listening = asyncio.create_task(self._listen(lambda: self._take(jobs), self._at_once))

    async def start(self, job_id: str, place: Place) -> None:
        """Put a job in line."""
        await self._queue.put(job_id, place)

    async def cancel(self, job_id: str) -> bool:
        """Cancel a job that is in line, or ask its process to; its end is shown then."""
        if self._jobs is not None and await self._queue.withdraw(job_id):
            self._jobs.run(job_id)
            return True
        return await self._queue.ask_cancel(job_id)

    async def ahead(self, job_id: str) -> int | None:
        """Return the jobs ahead of a job."""
        line = await self._queue.in_line()
        return line.index(job_id) if job_id in line else None

    def stop_taking(self) -> None:
        """Leave what is in line to other processes."""
        if self._listening is not None:
            self._listening.cancel()
        self._at_once = 0

    async def close(self) -> None:
        """Take leave, when nothing is under way any more."""
        self.stop_taking()
        tasks = [task for task in (self._listening, self._beating) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        try:
            await self._queue.leave()
        except StoreFailed as error:
            _log.warning("other processes will take this one for dead: %r", error)

    async def _take(self, jobs: Jobs) -> None:
        """Run the jobs whose turn it is to their ends, one after the other, until nobody waits.

        That is more than the one that was announced: others were, to processes that died or had no room.
        """
        while (running := await self._begin(jobs)) is not None:
            await asyncio.shield(running)  # the bell may break; the job does not end with it

    async def _begin(self, jobs: Jobs) -> "asyncio.Future[None] | None":
        """Begin to run the job whose turn it is; None if there is none, or no room for it."""
        async with self._taking:
            job_id = await self._queue.take() if len(self._taken) < self._at_once else None
            if job_id is None:
                return None
            running = asyncio.ensure_future(jobs.run(job_id))
            self._taken.add(running)
            running.add_done_callback(self._taken.discard)
            return running

    async def _beat(self, jobs: Jobs) -> None:
        clock = asyncio.get_running_loop().time
        heard_since = last = clock()
        looked_at = heard_since - LOOK
        while True:
            try:
                self._look_after(jobs, await self._queue.beat())
                now = clock()
                if now - last > SILENT / 2:  # whoever was away itself cannot tell who else was
                    heard_since = now
                last = now
                if now - heard_since > SILENT:
                    for job_id in await self._queue.inherit(SILENT):
                        jobs.run(job_id)
                if now - looked_at >= LOOK:
                    looked_at = now
                    if self.draws:
                        await jobs.look_at_parked()
                    self._was_full = True
                if self._was_full:
                    await self._fill(jobs)
            except StoreFailed as error:
                _log.warning("the other processes are not heard: %r", error)
            await asyncio.sleep(BEAT)

    def _look_after(self, jobs: Jobs, mine: dict[str, bool]) -> None:
        for job_id, is_cancelled in mine.items():
            if is_cancelled:
                jobs.stop(job_id)
        unknown = {job_id for job_id in mine if job_id not in jobs}
        for job_id in unknown & self._unknown:  # one that just began or ended is not: an answer takes time
            jobs.run(job_id)
        self._unknown = unknown

    async def _fill(self, jobs: Jobs) -> None:
        """Begin what there is room for; if none is left, more may wait, and the next beat looks again."""
        while await self._begin(jobs) is not None:
            pass
        self._was_full = self.draws and len(self._taken) >= self._at_once


_: type[JobEngine] = DistributedEngine
