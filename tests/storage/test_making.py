"""A new database is made as the code says, without Alembic, and is the one that the migrations lead to."""

import subprocess
import sys
from typing import Any

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, create_engine, inspect, select

from bot.storage.migrating import REVISION, make, newest
from bot.storage.revisions import alembic_config, upgrade

OPEN = """
import asyncio, sys
from bot.storage.engine import open_store

async def open_twice():
    for _ in range(2):
        async with open_store(sys.argv[1]):
            print("alembic" in sys.modules)

asyncio.run(open_twice())
"""


def structure(connection: Connection) -> dict[str, Any]:
    """Return each table's columns, keys, checks and indexes by its name; columns have no order."""
    seen = inspect(connection)
    return {
        table: (
            {column["name"]: repr(column) for column in seen.get_columns(table)},
            seen.get_pk_constraint(table),
            seen.get_foreign_keys(table),
            seen.get_unique_constraints(table),
            seen.get_check_constraints(table),
            sorted(seen.get_indexes(table), key=repr),
        )
        for table in seen.get_table_names()
    }


def rows(connection: Connection) -> dict[str, list[Any]]:
    """Return what is in each table."""
    found = MetaData()
    found.reflect(connection)
    return {name: list(connection.execute(select(table))) for name, table in found.tables.items()}


def test_a_new_database_is_the_same_as_a_migrated_one() -> None:
    with create_engine("sqlite://").begin() as made, create_engine("sqlite://").begin() as migrated:
        make(made)
        upgrade(migrated)

        assert structure(made) == structure(migrated)
        assert rows(made) == rows(migrated)


def test_the_newest_revision_is_the_one_that_alembic_leads_to() -> None:
    with create_engine("sqlite://").begin() as connection:
        scripts = ScriptDirectory.from_config(alembic_config(connection))

        assert scripts.get_heads() == [newest()]


def test_a_new_database_goes_back_and_forth() -> None:
    with create_engine("sqlite://").begin() as connection:
        make(connection)
        before = structure(connection)
        command.downgrade(alembic_config(connection), "base")
        assert set(structure(connection)) == {REVISION.name}

        upgrade(connection)
        assert structure(connection) == before
        assert connection.scalars(select(REVISION)).all() == [newest()]


def test_a_start_with_nothing_to_migrate_does_not_load_alembic(file_url: str) -> None:
    done = subprocess.run([sys.executable, "-c", OPEN, file_url], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["False", "False"]
