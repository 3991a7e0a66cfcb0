"""The line in front of all processes, as `bot.ports.JobQueue` asks for it; on PostgreSQL alone.

Who lives is told by the database's clock, since those of several machines differ.
"""

from collections.abc import Awaitable, Callable

from sqlalchemy import ColumnElement, Float, and_, cast, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.fair_line import Party, Ticket, Turns, order
from bot.domain.job import JobState, Place
from bot.ports import JobQueue
from bot.storage.database import Database, SqlStore, alone, repeatable, transaction
from bot.storage.rows import place_columns
from bot.storage.schema import IdentifyRow, JobRow, ProcessRow

MOST_TURNS = 1_000  # the latest turns, by which it is decided whose the next one is

_IN_LINE = and_(JobRow.state == JobState.WAITING, JobRow.is_open.is_(True), JobRow.process_id.is_(None))
_IN_WORK = JobRow.state.in_([JobState.WAITING, JobState.RUNNING])
_NOW: ColumnElement[float] = cast(func.extract("epoch", func.clock_timestamp()), Float(53))


class SqlJobQueue(SqlStore):
    """The line in a PostgreSQL database; what each method does is said in `bot.ports.JobQueue`.

    Args:
        database: It; its process has an id.
        announce: Called in each transaction that puts a job in line: whoever is free shall hear of it.
    """

    def __init__(self, database: Database, announce: Callable[[AsyncSession], Awaitable[None]]) -> None:
        super().__init__(database)
        self._announce = announce

    @repeatable
    async def put(self, session: AsyncSession, job_id: str, place: Place) -> None:
        """Put an admitted job in line, and announce it."""
        mine = (JobRow.id == job_id, _IN_WORK, JobRow.process_id == self.database.process_id)
        is_new = JobRow.turn.is_(None)  # else it was put there before, and taken
        values = {"process_id": None, **place_columns(place)}
        if await session.scalar(update(JobRow).where(*mine, is_new).values(values).returning(JobRow.id)):
            await self._announce(session)

    @transaction
    async def take(self, session: AsyncSession) -> str | None:
        """Take the job whose turn it is out of the line, for this process."""
        await alone(session)
        turns = await _turns(session)
        tickets = await _tickets(session)
        if not tickets:
            return None
        first = order(tickets, turns)[0].job_id
        values = {"process_id": self.database.process_id, "turn": turns.count + 1}
        await session.execute(update(JobRow).where(JobRow.id == first).values(values))
        return first

    @transaction
    async def in_line(self, session: AsyncSession) -> list[str]:
        """Return the jobs in line, in the order in which they are taken if nobody else comes."""
        return [ticket.job_id for ticket in order(await _tickets(session), await _turns(session))]

    @transaction
    async def withdraw(self, session: AsyncSession, job_id: str) -> bool:
        """Cancel a job that is in line, whose end this process shows then."""
        mine = {"state": JobState.CANCELLED, "process_id": self.database.process_id}
        query = update(JobRow).where(JobRow.id == job_id, _IN_LINE).values(mine).returning(JobRow.id)
        return await session.scalar(query) is not None

    @transaction
    async def ask_cancel(self, session: AsyncSession, job_id: str) -> bool:
        """Ask the process of a job to cancel it."""
        there = and_(JobRow.id == job_id, _IN_WORK, JobRow.is_open.is_(True))
        query = update(JobRow).where(there).values(is_cancelled=True).returning(JobRow.id)
        return await session.scalar(query) is not None

    @transaction
    async def beat(self, session: AsyncSession) -> dict[str, bool]:
        """Say that this process lives; return its jobs, and whether each is cancelled."""
        seen = insert(ProcessRow).values(id=self.database.process_id, seen_at=_NOW)
        await session.execute(seen.on_conflict_do_update(index_elements=["id"], set_={"seen_at": _NOW}))
        mine = (JobRow.process_id == self.database.process_id, JobRow.is_open.is_(True))
        rows = await session.execute(select(JobRow.id, JobRow.is_cancelled).where(*mine))
        return dict(rows.all())

    @transaction
    async def inherit(self, session: AsyncSession, silent: float) -> list[str]:
        """Take over what dead processes left: what waits is put back in line, the rest is this process's."""
        await alone(session)
        living = select(ProcessRow.id).where(ProcessRow.seen_at > _NOW - silent)
        left = and_(
            JobRow.is_open.is_(True), JobRow.state != JobState.PARKED, JobRow.process_id.not_in(living)
        )
        waiting = (left, JobRow.state == JobState.WAITING)
        back = update(JobRow).where(*waiting).values(process_id=None).returning(JobRow.id)
        for _ in (await session.scalars(back)).all():
            await self._announce(session)
        mine = update(JobRow).where(left).values(process_id=self.database.process_id).returning(JobRow.id)
        taken = list(await session.scalars(mine))
        await session.execute(delete(ProcessRow).where(ProcessRow.seen_at <= _NOW - silent))
        return taken

    @transaction
    async def leave(self, session: AsyncSession) -> None:
        """Say that this process ends."""
        await session.execute(delete(ProcessRow).where(ProcessRow.id == self.database.process_id))

    @transaction
    async def identify_in(self, session: AsyncSession, bucket: int, interval: float) -> float:
        """Let a shard of a bucket identify now, or return the seconds after which it may ask again."""
        await alone(session)
        now = await session.scalar(select(_NOW)) or 0.0
        row = await session.get(IdentifyRow, bucket)
        if row is not None and row.at > now:
            return row.at - now
        await session.merge(IdentifyRow(bucket=bucket, at=now + interval))
        return 0.0


async def _tickets(session: AsyncSession) -> list[Ticket]:
    columns = select(JobRow.id, JobRow.guild_id, JobRow.user_id, JobRow.created_at)
    rows = await session.execute(columns.where(_IN_LINE).order_by(JobRow.created_at, JobRow.id))
    return [
        Ticket(job_id=job_id, server=guild_id or user_id, user=user_id, asked_at=asked_at, number=number)
        for number, (job_id, guild_id, user_id, asked_at) in enumerate(rows)
    ]


async def _turns(session: AsyncSession) -> Turns:
    """Return who had the last turn when; a job that was held for want of quota had none."""
    count = await session.scalar(select(func.max(JobRow.turn))) or 0
    recent = select(JobRow.guild_id, JobRow.user_id, JobRow.turn).where(JobRow.turn > count - MOST_TURNS)
    last: dict[Party, int] = {}
    for guild_id, user_id, number in await session.execute(recent.order_by(JobRow.turn)):
        server, turn = guild_id or user_id, number or 0
        last[server, 0] = last[server, user_id] = turn
    return Turns(count, last)


_: type[JobQueue] = SqlJobQueue
