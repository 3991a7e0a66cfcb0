"""The engine of the only process: each admitted job is run here, at once."""

from bot.domain.job import Place
from bot.jobs.line import FairLine
from bot.jobs.noting import noted
from bot.ports import JobEngine, Jobs, JobStore


class LocalEngine:
    """Runs jobs; what each method does is said in `bot.ports.JobEngine`.

    Args:
        store: Keeps them.
        line: Who may send a picture now.
    """

    def __init__(self, store: JobStore, line: FairLine) -> None:
        self._store = store
        self._line = line
        self._jobs: Jobs | None = None

    @property
    def draws(self) -> bool:
        """It does."""
        return True

    async def open(self, jobs: Jobs) -> None:
        """Run what the process before left."""
        self._jobs = jobs
        for job in await self._store.unfinished():
            jobs.run(job.id)

    async def start(self, job_id: str, place: Place) -> None:
        """Run a job."""
        await noted(self._store.set_place(job_id, place))
        if self._jobs is not None:
            self._jobs.run(job_id)

    async def cancel(self, job_id: str) -> bool:
        """There is no other process."""
        del job_id
        return False

    async def ahead(self, job_id: str) -> int | None:
        """Return the pictures ahead of a job's."""
        return self._line.ahead(job_id)

    def stop_taking(self) -> None:
        """Do nothing: what is in line is this process's to end."""

    async def close(self) -> None:
        """Do nothing: nothing was opened."""


_: type[JobEngine] = LocalEngine
