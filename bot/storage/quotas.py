"""The clocks of GPU quota, as `bot.ports.QuotaStore` asks for them."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.quota_clock import QuotaClock
from bot.ports import QuotaStore
from bot.storage.database import SqlStore, alone, repeatable
from bot.storage.rows import clock_row, read_clock
from bot.storage.schema import ClockRow


class SqlQuotaStore(SqlStore):
    """Clocks in a relational database; what each method does is said in `bot.ports.QuotaStore`."""

    @repeatable
    async def clocks(self, session: AsyncSession, now: float) -> list[QuotaClock]:
        """Return the clocks that run."""
        await alone(session)
        kept = [read_clock(row) for row in await session.scalars(select(ClockRow))]
        seen = [clock.seen(now) for clock in kept]
        for before, clock in zip(kept, seen, strict=True):
            if clock != before:
                await session.merge(clock_row(clock))
        return [clock for clock in seen if clock.runs(now)]

    @repeatable
    async def start(self, session: AsyncSession, clock: QuotaClock) -> None:
        """Start a clock, and forget those that have run out."""
        await alone(session)
        await session.execute(delete(ClockRow).where(ClockRow.until <= clock.noted_at))
        await session.merge(clock_row(clock))


_: type[QuotaStore] = SqlQuotaStore
