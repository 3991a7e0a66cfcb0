"""The bell of the line: whoever has room hears at once that a job is in it, by way of procrastinate.

A task does not name its job: the line says whose turn it is when the task starts. So a task too many finds
an empty line, and the one that a dead worker took with it is made up for by looking at the line now and then.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.schema import SchemaManager
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ports import Listen
from bot.storage.database import Database, alone
from bot.storage.queue import SqlJobQueue

_NAME = "imagine.turn"
_PAUSE = 1.0  # seconds until the bell is listened to again after the database was away

_log = logging.getLogger(__name__)


class _Bell:
    """Announces turns, and takes them."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def announce(self, session: AsyncSession) -> None:
        """Announce a turn when this transaction is committed, and only then."""
        connection = await session.connection()
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await self._app.configure_task(_NAME, connection=driver).defer_async()

    async def listen(self, take: Callable[[], Awaitable[None]], at_once: int) -> None:
        """Take turns until it is cancelled; those that were taken end before.

        Args:
            take: Called for each.
            at_once: How many may be taken at the same time, 1 or more.
        """
        self._app.task(name=_NAME)(take)
        while True:
            with suppress(ConnectorException):  # the database was away
                await self._app.run_worker_async(
                    concurrency=at_once, delete_jobs="always", install_signal_handlers=False
                )
            _log.warning("the line is not listened to: the database was away")
            await asyncio.sleep(_PAUSE)


@asynccontextmanager
async def open_queue(url: str, database: Database) -> AsyncGenerator[tuple[SqlJobQueue, Listen], None]:
    """Open the line of a PostgreSQL database; yield it, and what listens to its bell.

    Args:
        url: Its address.
        database: It, opened.
    """
    await database.run(_make_schema)
    address = make_url(url).set(drivername="postgresql")
    connector = PsycopgConnector(conninfo=address.render_as_string(hide_password=False), max_size=4)
    app = App(connector=connector)
    async with app.open_async():
        bell = _Bell(app)
        yield SqlJobQueue(database, bell.announce), bell.listen


async def _make_schema(session: AsyncSession) -> None:
    await alone(session)
    if await session.scalar(text("SELECT to_regclass('procrastinate_jobs')")) is None:
        connection = await session.connection()
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await driver.execute(SchemaManager.get_schema())
