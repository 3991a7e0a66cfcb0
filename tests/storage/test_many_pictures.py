"""Ten thousand pictures of one user, a hundred thousand charges: what is asked for is found by an index."""

import asyncio
import shutil
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.allowance import Charge, RateLimit, Scope
from bot.domain.job import JobState, PictureRef
from bot.domain.moderation import Action, Block, Entry, Outcome, Report
from bot.domain.settings.catalogue import Layer
from bot.domain.settings.history import Edit
from bot.domain.settings.layers import SERVER, Target
from bot.domain.styles import Style
from bot.domain.wish import Asker
from bot.storage.engine import Stores, open_store
from bot.storage.rows import job_row
from bot.storage.schema import Base, ChargeRow, JobRow, PictureRow
from bot.storage.server_schema import BlockRow, ChangeRow, EntryRow, ReportRow, SettingRow, StyleRow
from tests.storage.samples import PLACE, job

MANY = 10_000
MANY_CHARGES = 100_000
NOW = float(MANY_CHARGES)  # one a second, all of one user, channel and server
REF = PictureRef("5", 0)
NOIR = Style(name="Noir", after="rain")
REPORT = Report(job_id="5", guild_id=20, user_id=12, reason="", at=NOW)
BLOCK = Block(guild_id=20, user_id=5, by=99, reason="", at=NOW, until=None)
ENTRY = Entry(guild_id=20, at=NOW, user_id=99, action=Action.BLOCK)

Call = Callable[[Stores], Awaitable[object]]


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
    held = columns(job_row(job("held", state=JobState.HELD)))
    charge = {"user_id": 10, "channel_id": 30, "guild_id": 20, "pictures": 1, "is_live": False}
    charges = [{"job_id": str(number), "at": number, **charge} for number in range(MANY_CHARGES)]
    pictures = [{**columns(row.pictures[0]), "job_id": str(number)} for number in range(MANY)]

    async def add(session: AsyncSession) -> None:
        await session.execute(insert(JobRow), [*jobs, held])
        await session.execute(insert(PictureRow), pictures)
        await session.execute(insert(ChargeRow), charges)
        for table, rows in house().items():
            await session.execute(insert(table), rows)

    async with open_store(url) as stores:
        await stores.jobs.database.run(add)


def house() -> dict[type[Base], list[dict[str, object]]]:
    """Return a server with all the words, styles, reports, blocks and lines that there may be."""
    many, one = range(1000), {"guild_id": 20, "at": NOW}
    style = {"name": "Noir", "before": "", "after": "rain", "negative_prompt": ""}
    place = {"guild_id": 20, "layer": Layer.CHANNEL, "revision": 1}
    change = {**place, **one, "user_id": 10, "name": "steps"}
    return {
        SettingRow: [{**place, "target_id": n, "name": "steps", "value": "20"} for n in many],
        ChangeRow: [{**change, "id": n, "target_id": n} for n in many],
        StyleRow: [{"guild_id": 20, "key": str(n), **style} for n in many],
        ReportRow: [
            {**one, "job_id": str(n), "user_id": 11, "reason": "", "outcome": Outcome.OPEN} for n in many
        ],
        BlockRow: [{**one, "user_id": n, "by": 99, "reason": ""} for n in many],
        EntryRow: [
            {**one, "id": n, "user_id": 99, "action": Action.BLOCK, "subject": "", "detail": ""} for n in many
        ],
    }


async def save(stores: Stores) -> None:
    for value in (30, None):
        edits = [Edit(target=Target(Layer.CHANNEL, 5), name="steps", value=value)]
        await stores.settings.save(20, edits, user_id=10, revision=1, now=NOW)
        await stores.settings.save(21, edits, user_id=10, revision=None, now=NOW)


async def forget(stores: Stores) -> None:
    await stores.privacy.left(20, 0.0)
    await save_retention(stores)
    await stores.privacy.forget(NOW, 1.0)


async def save_retention(stores: Stores) -> None:
    edit = Edit(target=SERVER, name="retention_days", value=1)
    await stores.settings.save(21, [edit], user_id=10, revision=None, now=NOW)


async def charges(stores: Stores, scope: Scope) -> list[Charge]:
    key = {Scope.USER: 10, Scope.CHANNEL: 30, Scope.SERVER: 20, Scope.BOT: 0}[scope]
    return await stores.limits.charges(scope, key, NOW - 5)


async def reserve(stores: Stores) -> None:
    asker = Asker(user_id=10, guild_id=20, channel_id=30)
    limit = RateLimit(at_once=3, burst=8, cooldown=15.0)
    await stores.limits.reserve("new", asker, 1, dict.fromkeys(Scope, limit), NOW + 120)


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
        pytest.param(lambda stores: stores.jobs.last(10, 10), id="last"),
        pytest.param(lambda stores: stores.jobs.favourites(10, 10), id="favourites"),
        pytest.param(lambda stores: stores.jobs.at_message(40), id="at_message"),
        pytest.param(lambda stores: stores.jobs.unfinished(), id="unfinished"),
        pytest.param(lambda stores: stores.jobs.parked(), id="parked"),
        pytest.param(lambda stores: stores.jobs.open_of(10), id="open_of"),
        pytest.param(lambda stores: stores.jobs.park("held", until=9.0), id="park"),
        pytest.param(lambda stores: stores.jobs.get("5"), id="get"),
        pytest.param(lambda stores: stores.jobs.picture(REF), id="picture"),
        pytest.param(lambda stores: stores.jobs.image(REF), id="image"),
        pytest.param(lambda stores: stores.jobs.move("5", JobState.RUNNING), id="move"),
        pytest.param(lambda stores: stores.jobs.set_place("5", PLACE), id="set_place"),
        pytest.param(lambda stores: stores.jobs.keep(REF, b"", 1.0), id="keep"),
        pytest.param(lambda stores: stores.jobs.delivered("5", PLACE), id="delivered"),
        pytest.param(lambda stores: stores.limits.live(), id="live"),
        pytest.param(lambda stores: stores.limits.begin("5", NOW), id="begin"),
        pytest.param(lambda stores: stores.limits.settle("5", 1), id="settle"),
        pytest.param(lambda stores: stores.limits.settle("5", 0), id="give back"),
        pytest.param(lambda stores: stores.limits.usage(20, NOW - 100), id="usage"),
        pytest.param(lambda stores: stores.limits.strikes(10), id="strikes"),
        pytest.param(lambda stores: stores.limits.strike(10, NOW), id="strike"),
        pytest.param(lambda stores: stores.tokens.linked(10), id="linked"),
        pytest.param(lambda stores: stores.tokens.forget(10), id="forget"),
        pytest.param(reserve, id="reserve"),
        pytest.param(lambda stores: stores.settings.stored(20), id="stored"),
        pytest.param(save, id="save"),
        pytest.param(lambda stores: stores.settings.history(20, since=1.0), id="history"),
        pytest.param(lambda stores: stores.settings.change(20, 5), id="change"),
        pytest.param(lambda stores: stores.styles.of(20), id="styles"),
        pytest.param(lambda stores: stores.styles.put(21, NOIR, is_new=True), id="put"),
        pytest.param(lambda stores: stores.styles.remove(20, "5"), id="remove"),
        pytest.param(lambda stores: stores.moderation.report(REPORT), id="report"),
        pytest.param(lambda stores: stores.moderation.reports("5"), id="reports"),
        pytest.param(lambda stores: stores.moderation.open_reports(20), id="open_reports"),
        pytest.param(lambda stores: stores.moderation.close("5", Outcome.DELETED), id="close"),
        pytest.param(lambda stores: stores.moderation.block(BLOCK), id="block"),
        pytest.param(lambda stores: stores.moderation.unblock(20, 5), id="unblock"),
        pytest.param(lambda stores: stores.moderation.blocked(20, 5, NOW), id="blocked"),
        pytest.param(lambda stores: stores.moderation.blocks(20, NOW), id="blocks"),
        pytest.param(lambda stores: stores.moderation.note(ENTRY), id="note"),
        pytest.param(lambda stores: stores.moderation.entries(20, 10), id="entries"),
        pytest.param(lambda stores: stores.privacy.accepted(10), id="accepted"),
        pytest.param(lambda stores: stores.privacy.accept(10, NOW), id="accept"),
        pytest.param(lambda stores: stores.privacy.left(21, NOW), id="left"),
        pytest.param(lambda stores: stores.privacy.joined(21), id="joined"),
        *(pytest.param(partial(charges, scope=scope), id=f"charges of {scope.value}") for scope in Scope),
    ],
)
async def test_no_call_reads_a_whole_table(crowded: Path, call: Call) -> None:
    async with open_store(f"sqlite+aiosqlite:///{crowded}") as stores:
        with statements() as said:
            await call(stores)
    assert said

    assert [step for step in plan(crowded, said) if step.startswith("SCAN")] == []


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(lambda stores: stores.privacy.export(10), id="export"),
        pytest.param(lambda stores: stores.privacy.delete_user(10, NOW), id="delete_user"),
        pytest.param(forget, id="forget"),
    ],
)
async def test_nor_does_one_that_is_about_all_of_somebodys_data(
    crowded: Path, tmp_path: Path, call: Call
) -> None:
    copy = Path(shutil.copy(crowded, tmp_path))
    async with open_store(f"sqlite+aiosqlite:///{copy}") as stores:
        with statements() as said:
            await call(stores)
    scans = {step for step in plan(copy, said) if step.startswith("SCAN")}
    copy.unlink()

    assert len(said) > 5
    assert scans <= {"SCAN quota_clocks"}  # of which there are few


@pytest.mark.parametrize("scope", Scope)
async def test_of_many_charges_only_those_that_count_are_read(crowded: Path, scope: Scope) -> None:
    async with open_store(f"sqlite+aiosqlite:///{crowded}") as stores:
        with statements() as said:
            found = await charges(stores, scope)
    assert sum(not one.is_live for one in found) == 5

    *live, old = [step for step in plan(crowded, said) if step.startswith("SEARCH")]
    assert [step.endswith("is_live=?)") for step in live] == [True]
    assert old.endswith("is_live=? AND at>?)")


async def test_the_last_pictures_are_read_in_the_order_of_the_index(crowded: Path) -> None:
    async with open_store(f"sqlite+aiosqlite:///{crowded}") as stores:
        with statements() as said:
            last = await stores.jobs.last(10, 10)
    assert [picture.job.id for picture in last] == [str(MANY - 1 - number) for number in range(10)]

    steps = " ".join(plan(crowded, said[:1]))
    assert "ix_jobs_user_id_created_at_id" in steps
    assert "USE TEMP B-TREE FOR ORDER BY" not in steps
