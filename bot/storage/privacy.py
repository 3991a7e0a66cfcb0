"""What is kept about people and servers: told and forgotten, as `bot.ports.PrivacyStore` asks for it."""

import json
from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, delete, func, select, union, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.domain.allowance import DAY
from bot.domain.job import JobState
from bot.domain.moderation import REPORT_SECONDS, Action
from bot.domain.settings.catalogue import Layer
from bot.domain.strikes import FORGOTTEN
from bot.ports import PrivacyStore
from bot.storage import export
from bot.storage.database import SqlStore, alone, repeatable, transaction
from bot.storage.moderation import KEPT
from bot.storage.schema import (
    Base,
    ChargeRow,
    ClockRow,
    FavouriteRow,
    FileRow,
    JobRow,
    PictureRow,
    StrikesRow,
    TokenRow,
)
from bot.storage.server_schema import (
    BlockRow,
    ChangeRow,
    ConsentRow,
    EntryRow,
    LeftServerRow,
    ReportRow,
    RevisionRow,
    SettingRow,
    StyleRow,
)

NOBODY = 0  # instead of a user who had their data deleted
_FINAL = [state for state in JobState if state.is_final]
_OF_SERVERS = (SettingRow, ChangeRow, RevisionRow, StyleRow, BlockRow, EntryRow)

_Row = TypeVar("_Row", bound=Base)


class SqlPrivacyStore(SqlStore):
    """Privacy in a relational database; what each method does is said in `bot.ports.PrivacyStore`."""

    @repeatable
    async def accepted(self, session: AsyncSession, user_id: int) -> bool:
        """Whether a user has accepted the rules of use."""
        return await session.get(ConsentRow, user_id) is not None

    @repeatable
    async def accept(self, session: AsyncSession, user_id: int, now: float) -> None:
        """Note that they have; the first time counts."""
        await alone(session)
        if await session.get(ConsentRow, user_id) is None:
            session.add(ConsentRow(user_id=user_id, at=now))

    @repeatable
    async def export(self, session: AsyncSession, user_id: int) -> dict[str, Any]:
        """Return all that is kept about a user.

        Of their token and their pictures' files it is only said that there are. The audit log's lines are
        those of what the user did, not of what moderators did to them.
        """
        mine = JobRow.user_id == user_id
        files = await session.execute(
            select(FileRow.job_id, FileRow.index).join(JobRow, JobRow.id == FileRow.job_id).where(mine)
        )
        jobs = select(JobRow).options(selectinload(JobRow.pictures)).where(mine).order_by(JobRow.created_at)
        token = await session.scalar(select(TokenRow.user_id).where(TokenRow.user_id == user_id))
        consent = await session.get(ConsentRow, user_id)
        return {
            "user_id": str(user_id),
            "has_token": token is not None,
            "accepted_at": consent and consent.at,
            "jobs": export.jobs(await session.scalars(jobs), [(job_id, index) for job_id, index in files]),
            "favourites": export.favourites(
                await _rows(session, FavouriteRow, FavouriteRow.user_id == user_id)
            ),
            "charges": export.charges(await _rows(session, ChargeRow, ChargeRow.user_id == user_id)),
            "quota_clocks": export.clocks(await _rows(session, ClockRow, _is_clock_of(user_id))),
            "strikes": export.strikes(await session.get(StrikesRow, user_id)),
            "reports": export.reports(await _rows(session, ReportRow, ReportRow.user_id == user_id)),
            "blocks": export.blocks(await _rows(session, BlockRow, BlockRow.user_id == user_id)),
            "setting_changes": export.changes(await _rows(session, ChangeRow, ChangeRow.user_id == user_id)),
            "audit": export.entries(await _rows(session, EntryRow, EntryRow.user_id == user_id)),
        }

    @transaction
    async def delete_user(self, session: AsyncSession, user_id: int, now: float) -> int:
        """Forget all that is kept about a user but what must stay; return how many drawn pictures that were.

        Others' favourites of their pictures, and others' reports of them, go with the pictures; changes of
        settings stay and name nobody. What would refill an allowance stays for as long as it counts: charges
        that are live or of the last day (`bot.storage.limits.KEPT` bounds them), strikes until they are
        forgotten, and reports of the last hour, without their words. Blocks and the audit log stay.
        """
        await alone(session)
        drawn = select(func.count()).select_from(PictureRow).join(PictureRow.job)
        count = await session.scalar(drawn.where(JobRow.user_id == user_id, PictureRow.seconds.is_not(None)))
        ended = (ChargeRow.is_live.is_(False), ChargeRow.at < now - DAY)
        for gone in (
            delete(JobRow).where(JobRow.user_id == user_id),  # pictures, files, favourites, reports with them
            delete(FavouriteRow).where(FavouriteRow.user_id == user_id),
            delete(TokenRow).where(TokenRow.user_id == user_id),
            delete(ClockRow).where(_is_clock_of(user_id)),
            delete(ConsentRow).where(ConsentRow.user_id == user_id),
            delete(ChargeRow).where(ChargeRow.user_id == user_id, *ended),
            delete(StrikesRow).where(StrikesRow.user_id == user_id, StrikesRow.last_at <= now - FORGOTTEN),
            delete(ReportRow).where(ReportRow.user_id == user_id, ReportRow.at <= now - REPORT_SECONDS),
            update(ReportRow).where(ReportRow.user_id == user_id).values(reason=""),
            update(ChangeRow).where(ChangeRow.user_id == user_id).values(user_id=NOBODY),
        ):
            await session.execute(gone)
        return count or 0

    @repeatable
    async def servers(self, session: AsyncSession) -> list[int]:
        """Return the servers of which anything is kept that only a server can have that installed the bot.

        A guest's jobs are private, and of what a guest may not do there are lines in the audit log.
        """
        kept: list[Select[int | None]] = [
            *(select(table.guild_id) for table in _OF_SERVERS if table is not EntryRow),
            select(EntryRow.guild_id).where(EntryRow.action != Action.REFUSED),
            select(JobRow.guild_id).where(JobRow.private.is_(False), JobRow.guild_id.is_not(None)),
        ]
        return list(await session.scalars(union(*kept)))

    @repeatable
    async def left(self, session: AsyncSession, guild_id: int, now: float) -> None:
        """Note that the bot is no member of a server any more; the first time counts."""
        await alone(session)
        if await session.get(LeftServerRow, guild_id) is None:
            session.add(LeftServerRow(guild_id=guild_id, at=now))

    @repeatable
    async def joined(self, session: AsyncSession, guild_id: int) -> None:
        """Note that the bot is a member of a server."""
        await session.execute(delete(LeftServerRow).where(LeftServerRow.guild_id == guild_id))

    @transaction
    async def forget(self, session: AsyncSession, now: float, grace: float) -> int:
        """Forget what was left, what is old, and what counts no more; jobs of guests since then stay."""
        await alone(session)
        jobs = 0
        for guild_id, left_at in await _left_before(session, now - grace):
            jobs += await _forget_jobs(session, JobRow.guild_id == guild_id, JobRow.created_at <= left_at)
            await _forget_server(session, guild_id, now)
        for guild_id, days in await _retentions(session):
            old = (JobRow.guild_id == guild_id, JobRow.created_at < now - days * DAY)
            jobs += await _forget_jobs(session, *old, JobRow.state.in_(_FINAL))
        for gone in (
            delete(BlockRow).where(BlockRow.until <= now),
            delete(StrikesRow).where(StrikesRow.last_at <= now - FORGOTTEN),
            delete(ReportRow).where(ReportRow.at < now - KEPT),
            delete(EntryRow).where(EntryRow.at < now - KEPT),
        ):
            await session.execute(gone)
        return jobs


def _is_clock_of(user_id: int) -> ColumnElement[bool]:
    return ClockRow.credential.startswith(f"user-{user_id}-")  # as `bot.domain.credential.users` names them


async def _rows(session: AsyncSession, table: type[_Row], where: ColumnElement[bool]) -> Sequence[_Row]:
    return (await session.scalars(select(table).where(where))).all()


async def _left_before(session: AsyncSession, moment: float) -> list[tuple[int, float]]:
    left = select(LeftServerRow.guild_id, LeftServerRow.at).where(LeftServerRow.at < moment)
    return [(guild_id, left_at) for guild_id, left_at in await session.execute(left)]


async def _forget_jobs(session: AsyncSession, *where: ColumnElement[bool]) -> int:
    return len((await session.scalars(delete(JobRow).where(*where).returning(JobRow.id))).all())


async def _forget_server(session: AsyncSession, guild_id: int, now: float) -> None:
    ended = (ChargeRow.is_live.is_(False), ChargeRow.at < now - DAY)
    await session.execute(delete(ChargeRow).where(ChargeRow.guild_id == guild_id, *ended))
    for table in (*_OF_SERVERS, LeftServerRow):
        await session.execute(delete(table).where(table.guild_id == guild_id))


async def _retentions(session: AsyncSession) -> list[tuple[int, int]]:
    """Return the servers that keep jobs for some days only, and for how many."""
    rows = await session.execute(
        select(SettingRow.guild_id, SettingRow.value).where(
            SettingRow.name == "retention_days", SettingRow.layer == Layer.SERVER
        )
    )
    return [(guild_id, days) for guild_id, value in rows if (days := json.loads(value)) > 0]


_: type[PrivacyStore] = SqlPrivacyStore
