"""Brings a database to the schema of this version of the program."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.errors import StoreTooNew


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's configuration, which reads the scripts of this package and needs no file."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "bot.storage:migrations")
    return config


def upgrade(connection: Connection) -> None:
    """Run the migrations that a database lacks, in the transaction of its connection.

    Raises:
        StoreTooNew: It has one that this program lacks.
    """
    config = alembic_config(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if not known.issuperset(MigrationContext.configure(connection).get_current_heads()):
        raise StoreTooNew
    command.upgrade(config, "head")


async def migrate(engine: AsyncEngine) -> None:
    """Run the migrations that a database lacks: all of them, or none.

    SQLite changes a table by copying it and dropping the old one, at which foreign keys would drop the rows
    that refer to it; they can only be switched off outside of a transaction.
    Source: https://www.sqlite.org/lang_altertable.html#otheralter

    Raises:
        StoreTooNew: It has one that this program lacks.
    """
    async with engine.connect() as connection:
        lite = connection.dialect.name == "sqlite"
        driver = (await connection.get_raw_connection()).driver_connection
        if lite and driver is not None:
            await driver.execute("PRAGMA foreign_keys = OFF")
        try:
            async with connection.begin():
                await connection.run_sync(upgrade)
        finally:
            if lite and driver is not None:
                await driver.execute("PRAGMA foreign_keys = ON")
