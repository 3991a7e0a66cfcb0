"""Brings a database to the schema of this version of the program.

To load Alembic takes a fifth of a second, so it is left alone where there is nothing for it to change:
a database of the newest revision is taken as it is, and a new one of SQLite's is made as the code says.
Source: https://alembic.sqlalchemy.org/en/latest/cookbook.html#building-an-up-to-date-database-from-scratch
"""

from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    insert,
    inspect,
    select,
)
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.postgresql import ALONE
from bot.storage.schema import Base

VERSIONS = Path(__file__).parent / "migrations" / "versions"
REVISION = Table(  # Alembic's own
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def newest() -> str:
    """Return the newest revision, the number with which its file's name begins."""
    return max(script.name for script in VERSIONS.glob("[0-9]*.py")).partition("_")[0]


def bring_up(connection: Connection) -> None:
    """Make what a database lacks, in the transaction of its connection.

    Raises:
        StoreTooNew: It is of a revision that this program lacks.
    """
    known = inspect(connection).has_table(REVISION.name)
    if known and connection.scalars(select(REVISION.c.version_num)).all() == [newest()]:
        return
    if not known and connection.dialect.name == "sqlite":
        make(connection)
        return
    from bot.storage.revisions import upgrade  # noqa: PLC0415 # the first paragraph of this file says why

    upgrade(connection)


def make(connection: Connection) -> None:
    """Make the newest schema in a database that has none."""
    Base.metadata.create_all(connection, checkfirst=False)
    REVISION.create(connection, checkfirst=False)
    connection.execute(insert(REVISION).values(version_num=newest()))


async def migrate(engine: AsyncEngine) -> None:
    """Make what a database lacks: all of it, or nothing; of several processes, one does.

    SQLite changes a table by copying it and dropping the old one, at which foreign keys would drop the rows
    that refer to it; they can only be switched off outside of a transaction.
    Source: https://www.sqlite.org/lang_altertable.html#otheralter

    Raises:
        StoreTooNew: It is of a revision that this program lacks.
    """
    async with engine.connect() as connection:
        lite = connection.dialect.name == "sqlite"
        driver = (await connection.get_raw_connection()).driver_connection
        if lite and driver is not None:
            await driver.execute("PRAGMA foreign_keys = OFF")
        try:
            async with connection.begin():
                if not lite:
                    await connection.execute(ALONE)
                await connection.run_sync(bring_up)
        finally:
            if lite and driver is not None:
                await driver.execute("PRAGMA foreign_keys = ON")
