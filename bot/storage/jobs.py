"""Jobs, their pictures and favourites, as `bot.ports.JobStore` asks for them."""

from contextlib import suppress
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, selectinload

from bot.domain.errors import ParkingFull, PictureUnknown
from bot.domain.job import MAX_PARKED, Job, JobState, KeptPicture, PictureRef, Place, states_before
from bot.ports import JobStore
from bot.storage.database import SqlStore, alone, may_be_done, repeatable, transaction
from bot.storage.rows import job_row, place_columns, read_job, read_picture
from bot.storage.schema import FavouriteRow, FileRow, JobRow, PictureRow

_JOBS = select(JobRow).options(selectinload(JobRow.pictures))
_OPEN = [state for state in JobState if not state.is_final]
_OLDEST = (JobRow.created_at, JobRow.id)


class SqlJobStore(SqlStore):
    """Jobs in a relational database; what each method does is said in `bot.ports.JobStore`."""

    @repeatable
    async def add(self, session: AsyncSession, job: Job) -> None:
        """Write a new job down."""
        await write_job(session, job, self.database.process_id)

    @repeatable
    async def get(self, session: AsyncSession, job_id: str) -> Job | None:
        """Return a job."""
        row = await session.scalar(_JOBS.where(JobRow.id == job_id))
        return None if row is None else read_job(row)

    @repeatable
    async def move(self, session: AsyncSession, job_id: str, to: JobState) -> bool:
        """Bring a job into a state, if it may go there."""
        without_turn = {"turn": None} if to is JobState.HELD else {}  # without quota it was none
        return await _move(session, job_id, to, process_id=self.database.process_id, **without_turn)

    @repeatable
    async def set_place(self, session: AsyncSession, job_id: str, place: Place) -> None:
        """Write down where a job's reply is."""
        await session.execute(update(JobRow).where(JobRow.id == job_id).values(place_columns(place)))

    @repeatable
    async def close(self, session: AsyncSession, job_id: str, place: Place | None = None) -> None:
        """Note that nobody waits for the end of a job any more."""
        columns = place_columns(place) if place else {}
        await session.execute(update(JobRow).where(JobRow.id == job_id).values(is_open=False, **columns))

    @repeatable
    async def keep(self, session: AsyncSession, ref: PictureRef, image: bytes, seconds: float) -> None:
        """Keep a picture that was drawn."""
        picture = await _known(session, ref)
        picture.seconds = seconds
        await session.merge(FileRow(job_id=ref.job_id, index=ref.index, image=image))

    @repeatable
    async def delivered(self, session: AsyncSession, job_id: str, place: Place) -> bool:
        """Bring a job into `DELIVERED`, and its drawn pictures with it."""
        if not await _move(session, job_id, JobState.DELIVERED, is_open=False, **place_columns(place)):
            return False
        await session.execute(
            update(PictureRow)
            .where(PictureRow.job_id == job_id, PictureRow.seconds.is_not(None))
            .values(message_id=place.message_id, channel_id=place.channel_id)
        )
        public = select(JobRow.id).where(JobRow.id == job_id, JobRow.private.is_(False))
        await session.execute(delete(FileRow).where(FileRow.job_id.in_(public)))
        return True

    @repeatable
    async def image(self, session: AsyncSession, ref: PictureRef) -> bytes | None:
        """Return a kept file."""
        row = await session.get(FileRow, (ref.job_id, ref.index))
        return None if row is None else row.image

    @repeatable
    async def picture(self, session: AsyncSession, ref: PictureRef) -> KeptPicture | None:
        """Return what is known of a picture."""
        one = _kept().where(PictureRow.job_id == ref.job_id, PictureRow.index == ref.index)
        return next(iter(await _read(session, one)), None)

    @repeatable
    async def last(self, session: AsyncSession, user_id: int, limit: int) -> list[KeptPicture]:
        """Return a user's drawn pictures, newest first."""
        drawn = _kept().where(JobRow.user_id == user_id, PictureRow.seconds.is_not(None))
        newest = (JobRow.created_at.desc(), JobRow.id.desc(), PictureRow.index)
        return await _read(session, drawn.order_by(*newest).limit(limit))

    @repeatable
    async def favourites(self, session: AsyncSession, user_id: int, limit: int) -> list[KeptPicture]:
        """Return a user's favourites, the newest favourite first."""
        chosen = _kept(user_id).join(FavouriteRow, _is_favourite_of(user_id))
        newest = (FavouriteRow.created_at.desc(), PictureRow.job_id.desc(), PictureRow.index)
        return await _read(session, chosen.order_by(*newest).limit(limit))

    @repeatable
    async def set_favourite(
        self, session: AsyncSession, user_id: int, ref: PictureRef, *, on: bool, now: float
    ) -> None:
        """Put a picture among a user's favourites, or take it from there."""
        if not on:
            mine = (FavouriteRow.user_id == user_id, FavouriteRow.job_id == ref.job_id)
            await session.execute(delete(FavouriteRow).where(*mine, FavouriteRow.index == ref.index))
            return
        await _known(session, ref)
        with suppress(IntegrityError):  # it is one already
            async with session.begin_nested():
                session.add(FavouriteRow(user_id=user_id, job_id=ref.job_id, index=ref.index, created_at=now))

    @repeatable
    async def at_message(self, session: AsyncSession, message_id: int) -> list[KeptPicture]:
        """Return the pictures that were delivered in a message."""
        there = _kept().where(PictureRow.message_id == message_id)
        return await _read(session, there.order_by(PictureRow.job_id, PictureRow.index))

    @repeatable
    async def unfinished(self, session: AsyncSession) -> list[Job]:
        """Return the jobs whose users have not seen their end, but for the parked ones, oldest first."""
        states = and_(JobRow.is_open.is_(True), JobRow.state != JobState.PARKED)
        return await _read_jobs(session, _JOBS.where(states).order_by(*_OLDEST))

    @repeatable
    async def park(self, session: AsyncSession, job_id: str, *, until: float) -> bool:
        """Bring a job that is held or runs into `PARKED`."""
        await alone(session)
        row = await session.get(JobRow, job_id)
        if row is None or row.state not in {JobState.HELD, JobState.RUNNING}:
            return row is not None and row.state is JobState.PARKED and may_be_done(session)
        if row.state is JobState.HELD and await _count_parked(session, row.user_id) >= MAX_PARKED:
            raise ParkingFull(MAX_PARKED)
        return await _move(
            session,
            job_id,
            JobState.PARKED,
            parked_until=func.coalesce(JobRow.parked_until, until),
            is_open=True,
            process_id=None,
            turn=None,
        )

    @repeatable
    async def parked(self, session: AsyncSession) -> list[Job]:
        """Return all parked jobs, the oldest first."""
        return await _read_jobs(session, _JOBS.where(JobRow.state == JobState.PARKED).order_by(*_OLDEST))

    @repeatable
    async def open_of(self, session: AsyncSession, user_id: int) -> list[Job]:
        """Return the jobs of a user that wait, run or are parked, the oldest first."""
        mine = (JobRow.user_id == user_id, JobRow.state.in_(_OPEN))
        return await _read_jobs(session, _JOBS.where(*mine).order_by(*_OLDEST))

    @transaction
    async def let_go(self, session: AsyncSession, before: float) -> int:
        """Let go of the files of old jobs."""
        old = select(JobRow.id).where(JobRow.created_at < before)
        gone = await session.scalars(delete(FileRow).where(FileRow.job_id.in_(old)).returning(FileRow.job_id))
        return len(gone.all())


async def write_job(session: AsyncSession, job: Job, process_id: str | None) -> None:
    """Write a new job down, once."""
    if not may_be_done(session) or await session.get(JobRow, job.id) is None:
        session.add(job_row(job, process_id))


async def _move(session: AsyncSession, job_id: str, to: JobState, **columns: Any) -> bool:
    """Compare and set in one statement: of any number of callers, one moves a job."""
    moved = await session.scalar(
        update(JobRow)
        .where(JobRow.id == job_id, JobRow.state.in_(states_before(to)))
        .values(state=to, **columns)
        .returning(JobRow.id)
    )
    return moved is not None or (may_be_done(session) and await _is_there(session, job_id, to, **columns))


async def _is_there(session: AsyncSession, job_id: str, state: JobState, **columns: Any) -> bool:
    """Whether a job is in the state, and has the columns, that a move would give it."""
    row = await session.get(JobRow, job_id)
    return (
        row is not None and row.state is state and row.process_id == columns.get("process_id", row.process_id)
    )


async def _count_parked(session: AsyncSession, user_id: int) -> int:
    theirs = (JobRow.user_id == user_id, JobRow.state == JobState.PARKED)
    return await session.scalar(select(func.count()).select_from(JobRow).where(*theirs)) or 0


async def _read_jobs(session: AsyncSession, query: Select[JobRow]) -> list[Job]:
    return [read_job(row) for row in await session.scalars(query)]


async def _known(session: AsyncSession, ref: PictureRef) -> PictureRow:
    row = await session.get(PictureRow, (ref.job_id, ref.index), with_for_update=True)  # so that it stays
    if row is None:
        raise PictureUnknown
    return row


def _kept(user: int | InstrumentedAttribute[int] = JobRow.user_id) -> Select[PictureRow, bool, bool]:
    """Select pictures, whether they have a file, and whether they are among the favourites of a user."""
    has_file = exists().where(FileRow.job_id == PictureRow.job_id, FileRow.index == PictureRow.index)
    liked = exists().where(_is_favourite_of(user)).correlate(PictureRow, JobRow)
    return (
        select(PictureRow, has_file, liked)
        .join(PictureRow.job)
        .options(contains_eager(PictureRow.job).selectinload(JobRow.pictures))
    )


def _is_favourite_of(user: int | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return and_(
        FavouriteRow.user_id == user,
        FavouriteRow.job_id == PictureRow.job_id,
        FavouriteRow.index == PictureRow.index,
    )


async def _read(session: AsyncSession, query: Select[PictureRow, bool, bool]) -> list[KeptPicture]:
    rows = (await session.execute(query)).all()
    return [read_picture(row, has_image=has_file, favourite=liked) for row, has_file, liked in rows]


_: type[JobStore] = SqlJobStore
