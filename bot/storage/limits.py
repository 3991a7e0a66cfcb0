"""What is charged to allowances, and users' strikes, as `bot.ports.LimitStore` asks for them."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.allowance import DAY, Charge, Ledger, RateLimit, Scope, check
from bot.domain.job import Job
from bot.domain.strikes import Strikes, struck
from bot.domain.usage import Usage
from bot.domain.wish import Asker
from bot.ports import LimitStore
from bot.storage.database import SqlStore, alone, repeatable, transaction
from bot.storage.jobs import write_job
from bot.storage.rows import read_strikes
from bot.storage.schema import ChargeRow, StrikesRow

KEPT = 32 * DAY  # `usage` is asked for the last 30 days, and limits count for a few at most

_CHARGES = select(ChargeRow.job_id, ChargeRow.at, ChargeRow.pictures, ChargeRow.is_live)
_LIVE = ChargeRow.is_live.is_(True)
_ENDED = ChargeRow.is_live.is_(False)


class SqlLimitStore(SqlStore):
    """Charges in a relational database; what each method does is said in `bot.ports.LimitStore`."""

    @repeatable
    async def admit(
        self, session: AsyncSession, job: Job, asker: Asker, limits: Mapping[Scope, RateLimit], now: float
    ) -> None:
        """Charge a new job, if all limits allow it, and write it down."""
        await self._charge(session, job.id, asker, len(job.requests), limits, now)
        await write_job(session, job, self.database.process_id)

    @repeatable
    async def reserve(
        self,
        session: AsyncSession,
        job_id: str,
        asker: Asker,
        pictures: int,
        limits: Mapping[Scope, RateLimit],
        now: float,
    ) -> None:
        """Charge a job, if all limits allow it."""
        await self._charge(session, job_id, asker, pictures, limits, now)

    async def _charge(
        self,
        session: AsyncSession,
        job_id: str,
        asker: Asker,
        pictures: int,
        limits: Mapping[Scope, RateLimit],
        now: float,
    ) -> None:
        await alone(session)
        await session.execute(update(ChargeRow).where(ChargeRow.at > now).values(at=now))  # `Ledger.seen`
        await session.execute(delete(ChargeRow).where(ChargeRow.at < now - KEPT, _ENDED))
        for scope, key in _keys(asker).items():
            limit = limits[scope]
            if not limit.is_none():
                charges = await _charges(session, scope, key, now - limit.horizon)
                check(scope, limit, Ledger(tuple(charges)).without(job_id), pictures, now)
        await session.merge(
            ChargeRow(
                job_id=job_id,
                user_id=asker.user_id,
                channel_id=asker.channel_id,
                guild_id=asker.guild_id,
                at=now,
                pictures=pictures,
                is_live=True,
            )
        )

    @repeatable
    async def begin(self, session: AsyncSession, job_id: str, now: float) -> None:
        """Date a job's charge anew."""
        await session.execute(update(ChargeRow).where(ChargeRow.job_id == job_id, _LIVE).values(at=now))

    @repeatable
    async def settle(self, session: AsyncSession, job_id: str, pictures: int) -> None:
        """End a job's charge."""
        mine = (ChargeRow.job_id == job_id, _LIVE)
        if pictures:
            await session.execute(update(ChargeRow).where(*mine).values(pictures=pictures, is_live=False))
        else:
            await session.execute(delete(ChargeRow).where(*mine))

    @repeatable
    async def live(self, session: AsyncSession) -> list[Charge]:
        """Return the charges of jobs that wait or are drawn."""
        return await _read(session, _CHARGES.where(_LIVE).order_by(ChargeRow.at))

    @repeatable
    async def charges(self, session: AsyncSession, scope: Scope, key: int, since: float) -> list[Charge]:
        """Return the charges of a scope."""
        return await _charges(session, scope, key, since)

    @repeatable
    async def usage(self, session: AsyncSession, guild_id: int, since: float) -> list[Usage]:
        """Return who used how many pictures in a server; what is being drawn may still be given back."""
        day = func.floor(ChargeRow.at / DAY)
        rows = await session.execute(
            select(ChargeRow.user_id, day, func.sum(ChargeRow.pictures))
            .where(ChargeRow.guild_id == guild_id, _ENDED, ChargeRow.at >= since)
            .group_by(ChargeRow.user_id, day)
            .order_by(day, ChargeRow.user_id)
        )
        return [Usage(user, datetime.fromtimestamp(day * DAY, UTC).date(), int(n)) for user, day, n in rows]

    @repeatable
    async def strikes(self, session: AsyncSession, user_id: int) -> Strikes | None:
        """Return a user's strikes."""
        row = await session.get(StrikesRow, user_id)
        return None if row is None else read_strikes(row)

    @transaction
    async def strike(self, session: AsyncSession, user_id: int, now: float) -> Strikes:
        """Count one more strike of a user's."""
        await alone(session)
        row = await session.get(StrikesRow, user_id)
        strikes = struck(None if row is None else read_strikes(row), now)
        await session.merge(StrikesRow(user_id=user_id, count=strikes.count, last_at=strikes.last_at))
        return strikes


def _keys(asker: Asker) -> dict[Scope, int]:
    """Return the scopes that somebody is in; a direct message is in no server."""
    keys = {Scope.USER: asker.user_id, Scope.CHANNEL: asker.channel_id, Scope.BOT: 0}
    return keys if asker.guild_id is None else {**keys, Scope.SERVER: asker.guild_id}


async def _charges(session: AsyncSession, scope: Scope, key: int, since: float) -> list[Charge]:
    # Each side of the "or" is a range of one index, of those that begin with the scope's column.
    mine = _counted_in(scope, key)
    counted = or_(and_(*mine, _LIVE), and_(*mine, _ENDED, ChargeRow.at >= since))
    return await _read(session, _CHARGES.where(counted))


def _counted_in(scope: Scope, key: int) -> tuple[ColumnElement[bool], ...]:
    match scope:
        case Scope.USER:
            return (ChargeRow.user_id == key,)
        case Scope.CHANNEL:
            return (ChargeRow.channel_id == key,)
        case Scope.SERVER:
            return (ChargeRow.guild_id == key,)
        case Scope.BOT:
            return ()


async def _read(session: AsyncSession, query: Select[str, float, int, bool]) -> list[Charge]:
    return [Charge(**row) for row in (await session.execute(query)).mappings()]


_: type[LimitStore] = SqlLimitStore
