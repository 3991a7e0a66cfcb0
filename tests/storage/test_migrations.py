"""The schema: made by migrations, the same as the code's, and never a newer one's by accident."""

import asyncio
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Table, insert, inspect, select, text
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.schema import CreateTable

from bot.domain.allowance import Scope
from bot.domain.errors import StoreFailed, StoreTooNew
from bot.domain.job import JobState, KeptPicture, PictureRef
from bot.domain.moderation import Outcome, Report
from bot.domain.settings.catalogue import Layer
from bot.domain.settings.history import Edit
from bot.domain.settings.layers import SERVER, Target
from bot.domain.strikes import Strikes
from bot.storage import revisions
from bot.storage.engine import Stores, open_store
from bot.storage.jobs import SqlJobStore
from bot.storage.migrating import newest
from bot.storage.revisions import alembic_config, upgrade
from bot.storage.schema import JOB_STATES, Base, FileRow
from tests.postgresql import Server
from tests.storage.raw import connected, say
from tests.storage.samples import KEY, PLACE, job

HERE = Path(__file__).parent
RELEASED = ("0001", "0002", "0003")

OPENER = """
import asyncio, sys
from bot.storage.engine import open_store

async def main():
    async with open_store(sys.argv[1]) as stores:
        print(len(await stores.jobs.last(10, 9)))

asyncio.run(main())
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, file_url: str) -> Iterator[str]:
    """The address of a database without a schema."""
    if request.param == "sqlite":
        yield file_url
    else:
        postgresql: Server = request.getfixturevalue("postgresql")
        with postgresql.database() as url:
            yield url


def leave(url: str, revision: str) -> None:
    """Make a database as a version of the program left it whose newest revision was this one."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as old:
            old.executescript((HERE / f"revision_{revision}.sql").read_text())
    else:
        with psycopg.connect(url) as connection:
            connection.execute((HERE / f"revision_{revision}.postgresql.sql").read_bytes())


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def rows(connection: Connection) -> dict[str, list[Any]]:
    """Return what is in each table, in any order."""
    found = (select(text("*")).select_from(text(table)) for table in sorted(tables(connection)))
    return {str(query): sorted(map(repr, connection.execute(query))) for query in found}


def test_the_migrations_make_what_the_code_says(empty_url: str) -> None:
    with connected(empty_url) as connection:
        upgrade(connection)

        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_the_migrations_name_each_constraint_as_the_code_does(empty_url: str) -> None:
    kinds = ("pk_constraint", "foreign_keys", "check_constraints", "indexes")

    def names(connection: Connection) -> dict[tuple[str, str], object]:
        seen = inspect(connection)
        return {
            (table, kind): sorted(found, key=repr) if isinstance(found, list) else found
            for table in tables(connection)
            for kind in kinds
            for found in [getattr(seen, f"get_{kind}")(table)]
        }

    with connected(empty_url) as connection:
        upgrade(connection)
        migrated = names(connection)
        command.downgrade(alembic_config(connection), "base")
    with connected(empty_url) as connection:
        Base.metadata.create_all(connection)

        assert names(connection) == migrated


def test_a_database_goes_back_and_forth(empty_url: str) -> None:
    with connected(empty_url) as connection:
        upgrade(connection)
        command.downgrade(alembic_config(connection), "base")
        assert tables(connection) == set()

        upgrade(connection)
        assert tables(connection) == set(Base.metadata.tables)


def test_a_state_of_the_domain_is_a_state_of_the_database() -> None:
    assert JOB_STATES.enums == [state.value for state in JobState]


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_postgresql_takes_the_schema_and_counts_no_ids_of_its_own(table: Table) -> None:
    dialect = PGDialect()  # type: ignore[no-untyped-call] # SQLAlchemy's own
    made = str(CreateTable(table).compile(dialect=dialect))

    assert "SERIAL" not in made
    assert "TIMESTAMP" not in made


@pytest.mark.parametrize("revision", RELEASED)
async def test_what_an_older_version_kept_is_read(empty_url: str, revision: str) -> None:
    leave(empty_url, revision)
    async with open_store(empty_url, [KEY]) as stores:
        fox = job(pictures=2, state=JobState.DELIVERED, place=PLACE)
        first = KeptPicture(job=fox, index=0, seconds=12.5, message_id=40, channel_id=30, favourite=True)

        assert await stores.jobs.last(10, 9) == [first]
        assert await stores.jobs.favourites(10, 9) == [first]
        assert await stores.jobs.image(PictureRef("owl", 0)) == b"PNG"
        await READ[revision](stores)


async def _read_jobs(stores: Stores) -> None:
    assert await stores.jobs.unfinished() == [job("owl", user_id=11)]


async def _read_limits(stores: Stores) -> None:
    assert await stores.jobs.unfinished() == []
    assert await stores.jobs.parked() == [job("owl", user_id=11, state=JobState.PARKED, parked_until=500.0)]
    assert [one.job_id for one in await stores.limits.charges(Scope.USER, 10, 0.0)] == ["fox"]
    assert [one.job_id for one in await stores.limits.live()] == ["owl"]
    assert await stores.limits.strikes(11) == Strikes(3, 1000.0)
    assert [one.credential for one in await stores.quotas.clocks(1001.0)] == ["anonymous"]
    assert await stores.tokens.linked(10) == "hf_secret-token"


async def _read_moderation(stores: Stores) -> None:
    await _read_limits(stores)
    revision, [stored] = await stores.settings.stored(20)
    [report] = await stores.moderation.reports("fox")
    [block] = await stores.moderation.blocks(20, 1000.0)
    assert (revision, stored.name, stored.value) == (1, "steps", 20)
    assert [change.after for change in await stores.settings.history(20)] == [20]
    assert [style.name for style in await stores.styles.of(20)] == ["Noir"]
    assert (report.reason, report.outcome) == ("mine is better", Outcome.OPEN)
    assert (block.user_id, block.until) == (12, None)
    assert [entry.subject for entry in await stores.moderation.entries(20, 9)] == ["12"]
    assert await stores.privacy.accepted(10)
    assert 20 in await stores.privacy.servers()


READ = {"0001": _read_jobs, "0002": _read_limits, "0003": _read_moderation}


@pytest.mark.parametrize("revision", RELEASED)
async def test_in_an_old_database_everything_new_can_be_done(empty_url: str, revision: str) -> None:
    leave(empty_url, revision)
    async with open_store(empty_url) as stores:
        for state in JobState:
            await stores.jobs.add(job(state.value, state=state))
            assert await stores.jobs.get(state.value) == job(state.value, state=state)
        report = Report(job_id="fox", guild_id=20, user_id=12, reason="", at=1.0)
        assert await stores.moderation.report(report) >= 1
        count = Edit(target=Target(Layer.SERVER, SERVER.id), name="count", value=2)
        await stores.settings.save(20, [count], user_id=10, revision=None, now=1.0)
        assert await stores.privacy.delete_user(10, 1.0) == 1
        assert await stores.moderation.reports("fox") == []


@pytest.mark.parametrize("revision", RELEASED)
def test_a_database_goes_back_to_an_older_revision_with_its_rows(empty_url: str, revision: str) -> None:
    leave(empty_url, revision)
    with connected(empty_url) as connection:
        before = rows(connection)
        upgrade(connection)
        command.downgrade(alembic_config(connection), revision)

        assert rows(connection) == before


def test_what_was_held_has_failed_for_a_version_that_does_not_know_it(empty_url: str) -> None:
    leave(empty_url, "0002")
    say(empty_url, "UPDATE jobs SET state = 'held' WHERE id = 'fox'")
    with connected(empty_url) as connection:
        command.downgrade(alembic_config(connection), "0001")

        assert connection.scalar(text("SELECT state FROM jobs WHERE id = 'fox'")) == "failed"


@pytest.mark.parametrize("revision", [None, *RELEASED])
async def test_of_five_processes_that_start_at_once_one_migrates(
    postgresql: Server, revision: str | None
) -> None:
    with postgresql.database() as url:
        if revision:
            leave(url, revision)
        processes = [
            await asyncio.create_subprocess_exec(
                sys.executable, "-c", OPENER, url, stdout=asyncio.subprocess.PIPE
            )
            for _ in range(5)
        ]
        said = [(await process.communicate())[0] for process in processes]

        assert [process.returncode for process in processes] == [0] * 5
        assert said == [b"1\n" if revision else b"0\n"] * 5
        with connected(url) as connection:
            assert connection.scalars(text("SELECT version_num FROM alembic_version")).all() == [newest()]


async def test_a_database_of_a_newer_version_is_refused_and_left_alone(lasting_url: str) -> None:
    async with open_store(lasting_url):
        pass
    say(lasting_url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreTooNew):
        async with open_store(lasting_url):
            pass

    with connected(lasting_url) as newer:
        assert newer.scalars(text("SELECT version_num FROM alembic_version")).all() == ["9999"]


async def test_a_file_that_is_no_database_is_refused_and_left_alone(file_url: str, file: Path) -> None:
    file.write_bytes(b"my holiday pictures" * 100)
    with pytest.raises(StoreFailed, match="DatabaseError"):
        async with open_store(file_url):
            pass

    assert file.read_bytes() == b"my holiday pictures" * 100


@pytest.mark.parametrize(
    "url", ["sqlite:////no/such/folder/imagine.db", "sqlite:////", "nonsense", "what://", "mysql://host/name"]
)
async def test_an_address_that_leads_nowhere_is_refused(url: str) -> None:
    with pytest.raises(StoreFailed):
        async with open_store(url):
            pass


async def test_a_migration_that_fails_leaves_nothing_behind(empty_url: str) -> None:
    say(empty_url, "CREATE TABLE left_servers (somebody_elses TEXT)")
    with pytest.raises(StoreFailed):
        async with open_store(empty_url):
            pass

    with connected(empty_url) as other:
        assert inspect(other).get_table_names() == ["left_servers"]


async def test_a_table_that_is_made_anew_keeps_the_rows_that_refer_to_it(
    file_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    remade = []

    def make_anew(connection: Connection) -> None:
        remade.append(connection)
        with Operations(MigrationContext.configure(connection)).batch_alter_table("jobs", recreate="always"):
            pass

    async with open_store(file_url) as stores:
        await stores.jobs.add(job())
    monkeypatch.setattr(revisions, "upgrade", make_anew)
    say(file_url, "UPDATE alembic_version SET version_num = '0001'")  # so that it is called
    async with open_store(file_url) as stores:
        assert await stores.jobs.get("fox") == job()
        assert len(remade) == 1


async def test_after_migrating_a_row_that_refers_to_nothing_is_refused(store: SqlJobStore) -> None:
    async def add(session: AsyncSession) -> None:
        await session.execute(insert(FileRow).values(job_id="fox", index=0, image=b"PNG"))

    with pytest.raises(IntegrityError):
        await store.database.run(add)
