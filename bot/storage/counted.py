"""Jobs that are counted as they come into a state, for whoever runs the bot."""

from collections.abc import Callable, Mapping

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.allowance import RateLimit, Scope
from bot.domain.job import Job, JobState, Place
from bot.domain.wish import Asker
from bot.storage.database import Database, transaction
from bot.storage.jobs import SqlJobStore
from bot.storage.limits import SqlLimitStore
from bot.storage.schema import JobRow

_OPEN = [state for state in JobState if not state.is_final]


class CountedJobStore(SqlJobStore):
    """Jobs in a relational database.

    Args:
        database: It.
        on_state: Called with the state of each new job, and of each job that was moved, once it is committed.
    """

    def __init__(self, database: Database, on_state: Callable[[JobState], None]) -> None:
        super().__init__(database)
        self._on_state = on_state

    async def add(self, job: Job) -> None:
        """Write a new job down."""
        await super().add(job)
        self._on_state(job.state)

    async def move(self, job_id: str, to: JobState) -> bool:
        """Bring a job into a state, if it may go there."""
        return self._counted(to, was_moved=await super().move(job_id, to))

    async def park(self, job_id: str, *, until: float) -> bool:
        """Bring a job that is held or runs into `PARKED`."""
        return self._counted(JobState.PARKED, was_moved=await super().park(job_id, until=until))

    async def delivered(self, job_id: str, place: Place) -> bool:
        """Bring a job into `DELIVERED`, and its drawn pictures with it."""
        return self._counted(JobState.DELIVERED, was_moved=await super().delivered(job_id, place))

    @transaction
    async def open_jobs(self, session: AsyncSession) -> Mapping[JobState, int]:
        """Return how many jobs are in each state that is not final; a state without any may be missing."""
        query = select(JobRow.state, func.count()).where(JobRow.state.in_(_OPEN)).group_by(JobRow.state)
        return dict(iter(await session.execute(query)))

    def _counted(self, state: JobState, *, was_moved: bool) -> bool:
        if was_moved:
            self._on_state(state)
        return was_moved


class CountedLimitStore(SqlLimitStore):
    """Allowances in a relational database; the arguments are those of `CountedJobStore`."""

    def __init__(self, database: Database, on_state: Callable[[JobState], None]) -> None:
        super().__init__(database)
        self._on_state = on_state

    async def admit(self, job: Job, asker: Asker, limits: Mapping[Scope, RateLimit], now: float) -> None:
        """Charge a new job, if all limits allow it, and write it down."""
        await super().admit(job, asker, limits, now)
        self._on_state(job.state)
