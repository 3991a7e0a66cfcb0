"""Ten thousand pictures of one user: what is asked for is found by an index, never by reading them all."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.job import JobState, PictureRef
from bot.storage.engine import open_store
from bot.storage.jobs import SqlJobStore
from bot.storage.rows import job_row
from bot.storage.schema import Base, JobRow, PictureRow
from tests.storage.samples import PLACE, job

MANY = 10_000
REF = PictureRef("5", 0)

Call = Callable[[SqlJobStore], Awaitable[object]]


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database full of one user's pictures, all of them drawn."""
    file = tmp_path_factory.mktemp("crowded") / "imagine.db"
    asyncio.run(fill(f"sqlite+aiosqlite:///{file}"))
    return file


async def fill(url: str) -> None:
    row = job_row(job(state=JobState.FAILED))
    row.pictures[0].seconds = 1.0
    jobs = [{**columns(row), "id": str(number), "created_at": number} for number in range(MANY)]
    pictures = [{**columns(row.pictures[0]), "job_id": str(number)} for number in range(MANY)]

    async def add(session: AsyncSession) -> None:
        await session.execute(insert(JobRow), jobs)
        await session.execute(insert(PictureRow), pictures)

    async with open_store(url) as store:
        await store.database.run(add)


def columns(row: Base) -> dict[str, object]:
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """Collect what is said to any database meanwhile, with its parameters."""
    said: list[tuple[str, Any]] = []

    def note(_c: object, _k: object, statement: str, parameters: Any, *_: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            said.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def plan(file: Path, said: list[tuple[str, Any]]) -> list[str]:
    """Return the steps that SQLite would take."""
    with closing(sqlite3.connect(file)) as database:
        return [row[3] for each in said for row in database.execute(f"EXPLAIN QUERY PLAN {each[0]}", each[1])]


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(lambda store: store.last(10, 10), id="last"),
        pytest.param(lambda store: store.favourites(10, 10), id="favourites"),
        pytest.param(lambda store: store.at_message(40), id="at_message"),
        pytest.param(lambda store: store.unfinished(), id="unfinished"),
        pytest.param(lambda store: store.get("5"), id="get"),
        pytest.param(lambda store: store.picture(REF), id="picture"),
        pytest.param(lambda store: store.image(REF), id="image"),
        pytest.param(lambda store: store.move("5", JobState.RUNNING), id="move"),
        pytest.param(lambda store: store.set_place("5", PLACE), id="set_place"),
        pytest.param(lambda store: store.keep(REF, b"", 1.0), id="keep"),
        pytest.param(lambda store: store.delivered("5", PLACE), id="delivered"),
    ],
)
async def test_no_call_reads_a_whole_table(crowded: Path, call: Call) -> None:
    async with open_store(f"sqlite+aiosqlite:///{crowded}") as store:
        with statements() as said:
            await call(store)
    assert said

    assert [step for step in plan(crowded, said) if step.startswith("SCAN")] == []


async def test_the_last_pictures_are_read_in_the_order_of_the_index(crowded: Path) -> None:
    async with open_store(f"sqlite+aiosqlite:///{crowded}") as store:
        with statements() as said:
            last = await store.last(10, 10)
    assert [picture.job.id for picture in last] == [str(MANY - 1 - number) for number in range(10)]

    steps = " ".join(plan(crowded, said[:1]))
    assert "ix_jobs_user_id_created_at_id" in steps
    assert "USE TEMP B-TREE FOR ORDER BY" not in steps
