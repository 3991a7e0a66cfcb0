"""Opens a database: the one module that says something to SQLite alone."""

import logging
import os
from collections.abc import AsyncGenerator, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.domain.errors import StoreFailed
from bot.storage.database import Database
from bot.storage.jobs import SqlJobStore
from bot.storage.limits import SqlLimitStore
from bot.storage.migrating import migrate
from bot.storage.moderation import SqlModerationStore
from bot.storage.privacy import SqlPrivacyStore
from bot.storage.quotas import SqlQuotaStore
from bot.storage.settings import SqlSettingsStore
from bot.storage.styles import SqlStyleStore
from bot.storage.tokens import SqlTokenStore
from bot.storage.vault import Vault

BUSY_SECONDS = 30.0  # for another process that writes, as a backup; this one writes over one connection
QUEUE_SECONDS = 60.0  # for the connection, behind the transactions of everybody else


@dataclass(frozen=True, slots=True)
class Stores:
    """All that is kept in one database."""

    jobs: SqlJobStore
    limits: SqlLimitStore
    quotas: SqlQuotaStore
    tokens: SqlTokenStore
    settings: SqlSettingsStore
    styles: SqlStyleStore
    moderation: SqlModerationStore
    privacy: SqlPrivacyStore


@asynccontextmanager
async def open_store(url: str, keys: Sequence[str] = ()) -> AsyncGenerator[Stores, None]:
    """Open a database, bring its schema up to date, and let go of it in the end.

    Leaving waits for the transactions that are under way.

    Args:
        url: `sqlite:///imagine.db` is a file in the working directory, which is made if there is none;
            `sqlite://` lives in memory.
        keys: Under which users' tokens are kept, as `Vault` takes them; without any, none are. What was kept
            under a later one is kept under the first from now on. Secret.

    Raises:
        ValueError: One of the keys is none.
        StoreFailed: It cannot be opened, or not be migrated.
        StoreTooNew: It was made by a newer version of the program.
    """
    vault = Vault(keys) if keys else None
    try:
        engine = open_engine(url)
    except (SQLAlchemyError, OSError) as error:
        raise StoreFailed(type(error).__name__) from error
    database = Database(engine)
    tokens = SqlTokenStore(database, vault)
    try:
        await _migrate(engine)
        await tokens.renew()
        yield Stores(
            jobs=SqlJobStore(database),
            limits=SqlLimitStore(database),
            quotas=SqlQuotaStore(database),
            tokens=tokens,
            settings=SqlSettingsStore(database),
            styles=SqlStyleStore(database),
            moderation=SqlModerationStore(database),
            privacy=SqlPrivacyStore(database),
        )
    finally:
        await database.drain()
        await engine.dispose()


def open_engine(url: str) -> AsyncEngine:
    """Return an engine that never logs a parameter: they hold tokens and prompts.

    Raises:
        SQLAlchemyError: No such address or dialect.
        OSError: The file cannot be made.
    """
    logging.getLogger("aiosqlite").setLevel(logging.INFO)  # at DEBUG it prints every parameter
    address = make_url(url)
    if address.drivername == "sqlite":
        address = address.set(drivername="sqlite+aiosqlite")
    if address.get_backend_name() != "sqlite":
        return create_async_engine(address, hide_parameters=True)
    _make_file(address)
    # One connection: SQLite has one writer, those who wait for it do so in a fair queue instead of in its
    # busy loop, and a database in memory lives as long as it does.
    engine = create_async_engine(
        address,
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=QUEUE_SECONDS,
        pool_reset_on_return=None,  # `Database` ends each transaction itself
        connect_args={"timeout": BUSY_SECONDS},
    )
    event.listen(engine.sync_engine, "connect", _on_connect)
    event.listen(engine.sync_engine, "begin", _on_begin)
    return engine


async def _migrate(engine: AsyncEngine) -> None:
    try:
        await migrate(engine)
    except SQLAlchemyError as error:
        raise StoreFailed(type(error).__name__) from error


def _make_file(address: URL) -> None:
    """Make the file of a database, for the owner's eyes alone: it holds tokens and prompts.

    Raises:
        OSError: It cannot be written.
    """
    name = address.database
    if name and name != ":memory:" and not name.startswith("file:"):
        os.close(os.open(name, os.O_RDWR | os.O_CREAT, 0o600))


def _on_connect(connection: Any, _: object) -> None:
    """Set SQLite up; `BEGIN` is ours, since the driver's own comes late and not before every statement.

    Killing the process loses nothing that was committed. A power cut may take the last moments, and leaves
    the file whole. Source: https://www.sqlite.org/pragma.html#pragma_synchronous
    """
    with ExitStack() as undo:
        undo.callback(connection.close)  # SQLAlchemy forgets a connection that could not be set up
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        undo.pop_all()


def _on_begin(connection: Connection) -> None:
    """Take the right to write at once: a transaction that takes it later may find that it came too late."""
    driver: Any = connection.connection.dbapi_connection
    driver.run_async(lambda aiosqlite: aiosqlite.execute("BEGIN IMMEDIATE"))
