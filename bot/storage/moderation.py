"""Reports, blocks and the audit log, as `bot.ports.ModerationStore` asks for them."""

from sqlalchemy import ColumnElement, Select, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.allowance import DAY
from bot.domain.errors import ReportRefused
from bot.domain.moderation import MAX_REPORTS, REPORT_SECONDS, Block, Entry, Outcome, Report
from bot.ports import ModerationStore
from bot.storage.database import SqlStore, alone, repeatable, transaction
from bot.storage.schema import JobRow
from bot.storage.server_schema import BlockRow, EntryRow, ReportRow

KEPT = 365 * DAY  # seconds: how long the audit log goes back


class SqlModerationStore(SqlStore):
    """Moderation in a relational database; what each method does is said in `bot.ports.ModerationStore`."""

    @transaction
    async def report(self, session: AsyncSession, report: Report) -> int:
        """Keep a report of one of the server's jobs."""
        await alone(session)
        if await session.scalar(_server_of(report.job_id)) != report.guild_id:
            raise ReportRefused("nowhere")
        if await session.get(ReportRow, (report.job_id, report.user_id)) is not None:
            raise ReportRefused("again")
        if await _count_lately(session, report) >= MAX_REPORTS:
            raise ReportRefused("too many")
        session.add(
            ReportRow(
                job_id=report.job_id,
                user_id=report.user_id,
                guild_id=report.guild_id,
                reason=report.reason,
                at=report.at,
                outcome=report.outcome,
            )
        )
        return await session.scalar(_count_open(report.job_id)) or 0

    @repeatable
    async def reports(self, session: AsyncSession, job_id: str) -> list[Report]:
        """Return a job's reports, the oldest first."""
        return await _read_reports(session, ReportRow.job_id == job_id)

    @repeatable
    async def open_reports(self, session: AsyncSession, guild_id: int) -> list[Report]:
        """Return a server's open reports, the oldest first."""
        return await _read_reports(session, ReportRow.guild_id == guild_id, ReportRow.outcome == Outcome.OPEN)

    @transaction
    async def close(self, session: AsyncSession, job_id: str, outcome: Outcome) -> int:
        """Close a job's open reports."""
        closed = await session.scalars(
            update(ReportRow)
            .where(ReportRow.job_id == job_id, ReportRow.outcome == Outcome.OPEN)
            .values(outcome=outcome)
            .returning(ReportRow.user_id)
        )
        return len(closed.all())

    @repeatable
    async def block(self, session: AsyncSession, block: Block) -> None:
        """Block a user."""
        await alone(session)
        await session.merge(
            BlockRow(
                guild_id=block.guild_id,
                user_id=block.user_id,
                by=block.by,
                reason=block.reason,
                at=block.at,
                until=block.until,
            )
        )

    @transaction
    async def unblock(self, session: AsyncSession, guild_id: int, user_id: int) -> bool:
        """Take a block away."""
        one = (BlockRow.guild_id == guild_id, BlockRow.user_id == user_id)
        return await session.scalar(delete(BlockRow).where(*one).returning(BlockRow.user_id)) is not None

    @repeatable
    async def blocked(self, session: AsyncSession, guild_id: int, user_id: int, now: float) -> Block | None:
        """Return a user's block, if it holds."""
        row = await session.get(BlockRow, (guild_id, user_id))
        block = None if row is None else _read_block(row)
        return block if block is not None and block.holds(now) else None

    @repeatable
    async def blocks(self, session: AsyncSession, guild_id: int, now: float) -> list[Block]:
        """Return a server's blocks that hold, the newest first."""
        hold = (BlockRow.guild_id == guild_id, or_(BlockRow.until.is_(None), BlockRow.until > now))
        rows = await session.scalars(
            select(BlockRow).where(*hold).order_by(BlockRow.at.desc(), BlockRow.user_id)
        )
        return [_read_block(row) for row in rows]

    @transaction
    async def note(self, session: AsyncSession, entry: Entry) -> None:
        """Write a line into a server's audit log, and forget all lines that are too old."""
        await alone(session)
        await session.execute(delete(EntryRow).where(EntryRow.at < entry.at - KEPT))
        last = select(func.max(EntryRow.id)).where(EntryRow.guild_id == entry.guild_id)
        session.add(
            EntryRow(
                guild_id=entry.guild_id,
                id=(await session.scalar(last) or 0) + 1,
                at=entry.at,
                user_id=entry.user_id,
                action=entry.action,
                subject=entry.subject,
                detail=entry.detail,
            )
        )

    @repeatable
    async def entries(self, session: AsyncSession, guild_id: int, limit: int) -> list[Entry]:
        """Return a server's audit log, the newest line first."""
        lines = select(EntryRow).where(EntryRow.guild_id == guild_id)
        rows = await session.scalars(lines.order_by(EntryRow.id.desc()).limit(limit))
        return [_read_entry(row) for row in rows]


def _server_of(job_id: str) -> Select[int | None]:
    return select(JobRow.guild_id).where(JobRow.id == job_id)


async def _count_lately(session: AsyncSession, report: Report) -> int:
    lately = select(func.count()).where(
        ReportRow.user_id == report.user_id,
        ReportRow.guild_id == report.guild_id,
        ReportRow.at > report.at - REPORT_SECONDS,
    )
    return await session.scalar(lately) or 0


def _count_open(job_id: str) -> Select[int]:
    return select(func.count()).where(ReportRow.job_id == job_id, ReportRow.outcome == Outcome.OPEN)


async def _read_reports(session: AsyncSession, *where: ColumnElement[bool]) -> list[Report]:
    oldest = (ReportRow.at, ReportRow.job_id, ReportRow.user_id)
    rows = await session.scalars(select(ReportRow).where(*where).order_by(*oldest))
    return [_read_report(row) for row in rows]


def _read_report(row: ReportRow) -> Report:
    return Report(
        job_id=row.job_id,
        guild_id=row.guild_id,
        user_id=row.user_id,
        reason=row.reason,
        at=row.at,
        outcome=row.outcome,
    )


def _read_block(row: BlockRow) -> Block:
    return Block(
        guild_id=row.guild_id, user_id=row.user_id, by=row.by, reason=row.reason, at=row.at, until=row.until
    )


def _read_entry(row: EntryRow) -> Entry:
    return Entry(
        guild_id=row.guild_id,
        at=row.at,
        user_id=row.user_id,
        action=row.action,
        subject=row.subject,
        detail=row.detail,
    )


_: type[ModerationStore] = SqlModerationStore
