"""Looks at a database and changes nothing: not even the file of one that is not there yet."""

from pathlib import Path

from sqlalchemy import Connection, inspect, make_url, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.domain.errors import StoreDriverMissing, StoreFailed
from bot.domain.revisions import Revisions
from bot.storage.migrating import REVISION, VERSIONS, newest
from bot.storage.postgresql import open_postgresql
from bot.storage.sqlite import database_file

PATIENCE = 10.0  # seconds


async def look(url: str) -> Revisions:
    """Return the revisions of a database.

    Raises:
        StoreFailed: It cannot be read.
        StoreDriverMissing: It is PostgreSQL's, whose driver is not installed.
    """
    try:
        engine = _engine(url)
        if engine is None:
            return Revisions(found=None, newest=newest())
        try:
            async with engine.connect() as connection:
                found = await connection.run_sync(_revision)
        finally:
            await engine.dispose()
    except ModuleNotFoundError as error:
        raise StoreDriverMissing from error
    except (SQLAlchemyError, OSError) as error:
        cause = getattr(error, "orig", None) or error
        raise StoreFailed(type(cause).__name__) from error
    known = {script.name.partition("_")[0] for script in VERSIONS.glob("[0-9]*.py")}
    return Revisions(found=found, newest=newest(), is_known=found is None or found in known)


def _engine(url: str) -> AsyncEngine | None:
    """Return an engine; None if there is no such file yet."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        return open_postgresql(address, PATIENCE)
    file = database_file(address)
    if file is None or not Path(file).exists():
        return None
    existing = address.set(database=f"file:{file}", drivername="sqlite+aiosqlite")
    return create_async_engine(
        existing.update_query_dict({"mode": "rw", "uri": "true"}), hide_parameters=True
    )


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(REVISION.name):
        return None
    return connection.scalar(select(REVISION.c.version_num))
