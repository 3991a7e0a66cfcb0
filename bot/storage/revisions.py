"""Leads a database from its revision to the newest; not loaded where there is nothing to lead."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

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
