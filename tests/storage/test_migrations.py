"""The schema: made by migrations, the same as the code's, and never a newer one's by accident."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Table, create_engine, insert, inspect, text
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.schema import CreateTable

from bot.domain.allowance import Scope
from bot.domain.errors import StoreFailed, StoreTooNew
from bot.domain.job import JobState, KeptPicture, PictureRef
from bot.domain.moderation import Report
from bot.domain.strikes import Strikes
from bot.storage import migrating
from bot.storage.engine import open_store
from bot.storage.jobs import SqlJobStore
from bot.storage.migrating import alembic_config, upgrade
from bot.storage.schema import JOB_STATES, Base, FileRow, JobRow
from tests.storage.samples import KEY, PLACE, job

OLD = Path(__file__).parent / "revision_0001.sql"
NEWER = Path(__file__).parent / "revision_0002.sql"


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_the_migrations_make_what_the_code_says() -> None:
    with create_engine("sqlite://").begin() as connection:
        upgrade(connection)

        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_the_migrations_name_each_constraint_as_the_code_does() -> None:
    with create_engine("sqlite://").begin() as migrated, create_engine("sqlite://").begin() as made:
        upgrade(migrated)
        Base.metadata.create_all(made)

        for table in tables(made):
            for kind in ("pk_constraint", "foreign_keys", "check_constraints", "indexes"):
                found, wanted = (getattr(inspect(each), f"get_{kind}")(table) for each in (migrated, made))
                assert found == wanted


def test_a_database_goes_back_and_forth() -> None:
    with create_engine("sqlite://").begin() as connection:
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


async def test_a_file_of_the_first_revision_is_read(file_url: str, file: Path) -> None:
    with closing(sqlite3.connect(file)) as old:
        old.executescript(OLD.read_text())
    async with open_store(file_url) as stores:
        fox = job(pictures=2, state=JobState.DELIVERED, place=PLACE)
        first = KeptPicture(job=fox, index=0, seconds=12.5, message_id=40, channel_id=30, favourite=True)

        assert await stores.jobs.last(10, 9) == [first]
        assert await stores.jobs.favourites(10, 9) == [first]
        assert await stores.jobs.image(PictureRef("owl", 0)) == b"PNG"
        assert await stores.jobs.unfinished() == [job("owl", user_id=11)]


async def test_a_file_of_the_second_revision_is_read(file_url: str, file: Path) -> None:
    with closing(sqlite3.connect(file)) as old:
        old.executescript(NEWER.read_text())
    async with open_store(file_url, [KEY]) as stores:
        fox = job(pictures=2, state=JobState.DELIVERED, place=PLACE)
        first = KeptPicture(job=fox, index=0, seconds=12.5, message_id=40, channel_id=30, favourite=True)

        assert await stores.jobs.last(10, 9) == [first]
        assert await stores.jobs.image(PictureRef("owl", 0)) == b"PNG"
        assert await stores.jobs.parked() == [
            job("owl", user_id=11, state=JobState.PARKED, parked_until=500.0)
        ]
        assert [one.job_id for one in await stores.limits.charges(Scope.USER, 10, 0.0)] == ["fox"]
        assert [one.job_id for one in await stores.limits.live()] == ["owl"]
        assert await stores.limits.strikes(11) == Strikes(3, 1000.0)
        assert [one.credential for one in await stores.quotas.clocks(1001.0)] == ["anonymous"]
        assert await stores.tokens.linked(10) == "hf_secret-token"


@pytest.mark.parametrize("script", [OLD, NEWER], ids=["0001", "0002"])
async def test_in_an_old_file_moderators_find_an_empty_server(
    file_url: str, file: Path, script: Path
) -> None:
    with closing(sqlite3.connect(file)) as old:
        old.executescript(script.read_text())
    async with open_store(file_url) as stores:
        assert await stores.settings.stored(20) == (0, [])
        assert await stores.styles.of(20) == []
        assert await stores.moderation.entries(20, 9) == []
        report = Report(job_id="fox", guild_id=20, user_id=11, reason="", at=1.0)
        assert await stores.moderation.report(report) == 1
        assert await stores.privacy.delete_user(10, 1.0) == 1
        assert await stores.moderation.reports("fox") == []


def test_a_file_goes_back_to_the_second_revision_with_its_data() -> None:
    with closing(sqlite3.connect(":memory:")) as old:
        old.executescript(NEWER.read_text())
        before = list(old.iterdump())
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.executescript(NEWER.read_text())
        upgrade(connection)
        command.downgrade(alembic_config(connection), "0002")
        connection.commit()

        assert sorted(driver.iterdump()) == sorted(before)


@pytest.mark.parametrize("state", JobState)
async def test_in_a_file_of_the_first_revision_a_job_may_be_in_each_state(
    file_url: str, file: Path, state: JobState
) -> None:
    with closing(sqlite3.connect(file)) as old:
        old.executescript(OLD.read_text())
    async with open_store(file_url) as stores:
        await stores.jobs.add(job("elk", state=state))

        assert await stores.jobs.get("elk") == job("elk", state=state)


def test_what_was_held_has_failed_for_a_version_that_does_not_know_it() -> None:
    with create_engine("sqlite://").begin() as connection:
        upgrade(connection)
        values = {
            "id": "fox",
            "user_id": 10,
            "channel_id": 30,
            "locale": "",
            "private": False,
            "spoiler": False,
        }
        connection.execute(insert(JobRow).values(**values, created_at=1.0, state=JobState.HELD))
        command.downgrade(alembic_config(connection), "0001")

        assert connection.execute(text("SELECT state FROM jobs")).scalar() == "failed"


async def test_a_database_of_a_newer_version_is_refused_and_left_alone(file_url: str, file: Path) -> None:
    async with open_store(file_url):
        pass
    with closing(sqlite3.connect(file)) as newer, newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreTooNew):
        async with open_store(file_url):
            pass

    with closing(sqlite3.connect(file)) as newer:
        assert newer.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


async def test_a_file_that_is_no_database_is_refused_and_left_alone(file_url: str, file: Path) -> None:
    file.write_bytes(b"my holiday pictures" * 100)
    with pytest.raises(StoreFailed, match="DatabaseError"):
        async with open_store(file_url):
            pass

    assert file.read_bytes() == b"my holiday pictures" * 100


@pytest.mark.parametrize(
    "url", ["sqlite+aiosqlite:////no/such/folder/imagine.db", "sqlite+aiosqlite:////", "nonsense", "what://"]
)
async def test_an_address_that_leads_nowhere_is_refused(url: str) -> None:
    with pytest.raises(StoreFailed):
        async with open_store(url):
            pass


async def test_a_migration_that_fails_leaves_nothing_behind(file_url: str, file: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE left_servers (somebody_elses TEXT)")  # the last table that is made
    with pytest.raises(StoreFailed):
        async with open_store(file_url):
            pass

    with closing(sqlite3.connect(file)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("left_servers",)]


async def test_a_table_that_is_made_anew_keeps_the_rows_that_refer_to_it(
    file_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make_anew(connection: Connection) -> None:
        with Operations(MigrationContext.configure(connection)).batch_alter_table("jobs", recreate="always"):
            pass

    async with open_store(file_url) as stores:
        await stores.jobs.add(job())
    monkeypatch.setattr(migrating, "upgrade", make_anew)
    async with open_store(file_url) as stores:
        assert await stores.jobs.get("fox") == job()


async def test_after_migrating_a_row_that_refers_to_nothing_is_refused(store: SqlJobStore) -> None:
    async def add(session: AsyncSession) -> None:
        session.add(FileRow(job_id="fox", index=0, image=b"PNG"))

    with pytest.raises(IntegrityError):
        await store.database.run(add)
