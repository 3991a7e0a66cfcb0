"""SQLite: what is said to it alone."""

import logging
import os
from contextlib import ExitStack
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

BUSY_SECONDS = 30.0  # for another process that writes, as a backup; this one writes over one connection


def database_file(url: str | URL) -> str | None:
    """Return the file of an SQLite database; None if it has none of its own, or is another database.

    Raises:
        ArgumentError: It is no URL.
    """
    address = make_url(url)
    name = address.database
    if address.get_backend_name() != "sqlite" or not name or name.startswith((":memory:", "file:")):
        return None
    return name


def open_sqlite(address: URL, queue_seconds: float) -> AsyncEngine:
    """Return an engine over one connection.

    SQLite has one writer: those who wait for it do so in a fair queue instead of in its busy loop, and a
    database in memory lives as long as its connection.

    Args:
        address: Where the database is; a file is made if there is none.
        queue_seconds: How long a transaction waits for those before it.

    Raises:
        OSError: The file cannot be made.
    """
    logging.getLogger("aiosqlite").setLevel(logging.INFO)  # at DEBUG it prints every parameter
    if file := database_file(address):  # for the owner's eyes alone: it holds tokens and prompts
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    engine = create_async_engine(
        address.set(drivername="sqlite+aiosqlite"),
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=queue_seconds,
        pool_reset_on_return=None,  # `Database` ends each transaction itself
        connect_args={"timeout": BUSY_SECONDS},
    )
    event.listen(engine.sync_engine, "connect", _on_connect)
    event.listen(engine.sync_engine, "begin", _on_begin)
    return engine


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
