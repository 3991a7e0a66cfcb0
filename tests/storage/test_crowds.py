"""Many callers at once: nobody is turned away, and of those who want the same one gets it."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import StoreFailed
from bot.domain.job import JobState, PictureRef
from bot.storage import engine, postgresql
from bot.storage.engine import open_store
from bot.storage.jobs import SqlJobStore
from bot.storage.schema import JobRow
from tests.storage.raw import say
from tests.storage.samples import PLACE, job


async def test_of_a_hundred_who_move_a_job_one_does(store: SqlJobStore) -> None:
    await store.add(job())
    moved = await asyncio.gather(*(store.move("fox", JobState.RUNNING) for _ in range(100)))

    assert sorted(moved) == [False] * 99 + [True]


async def test_of_delivery_and_cancellation_at_once_one_happens(store: SqlJobStore) -> None:
    await store.add(job())
    await store.keep(PictureRef("fox", 0), b"PNG", 1.0)
    results = await asyncio.gather(store.delivered("fox", PLACE), store.move("fox", JobState.CANCELLED))

    assert sorted(results) == [False, True]


async def test_a_favourite_clicked_by_a_hundred_fingers_is_one(store: SqlJobStore) -> None:
    await store.add(job())
    ref = PictureRef("fox", 0)
    await asyncio.gather(*(store.set_favourite(10, ref, on=True, now=1.0) for _ in range(100)))

    assert len(await store.favourites(10, 9)) == 1


async def test_two_hundred_jobs_at_once_all_get_through(lasting_url: str) -> None:
    async with open_store(lasting_url) as stores:
        delivered = await asyncio.gather(*(live(stores.jobs, f"job-{number}") for number in range(200)))

        assert all(delivered)
        assert len(await stores.jobs.at_message(40)) == 200


async def live(store: SqlJobStore, name: str) -> bool:
    await store.add(job(name))
    await store.keep(PictureRef(name, 0), b"PNG" * 1000, 1.0)
    return await store.delivered(name, PLACE)


async def test_what_a_cancelled_caller_began_is_done_whole(store: SqlJobStore) -> None:
    for number in range(20):
        task = asyncio.create_task(store.add(job(f"job-{number}")))
        for _ in range(number):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await store.add(job())

    async with asyncio.timeout(10):  # over several connections, the last to begin need not be the last to end
        while len(found := {kept.id for kept in await store.unfinished()}) < 20:
            await asyncio.sleep(0.01)
    # A task that never began to run wrote nothing.
    assert found == {"fox", *(f"job-{n}" for n in range(1, 20))}


async def test_leaving_waits_for_what_is_under_way(lasting_url: str) -> None:
    async with open_store(lasting_url) as stores:
        task = asyncio.create_task(stores.jobs.add(job()))
        await asyncio.sleep(0)
        task.cancel()
    async with open_store(lasting_url) as stores:
        assert await stores.jobs.get("fox") == job()


async def test_another_process_that_writes_is_waited_for(file_url: str, file: Path) -> None:
    async with open_store(file_url) as stores:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            waiting = asyncio.create_task(stores.jobs.add(job()))
            done, _ = await asyncio.wait({waiting}, timeout=0.1)
            assert not done
            other.execute("COMMIT")
        await waiting

        assert await stores.jobs.get("fox") == job()


async def test_who_waits_too_long_behind_the_others_is_told(
    lasting_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "POOL", 1)
    monkeypatch.setattr(engine, "QUEUE_SECONDS", 0.1)
    held, release = asyncio.Event(), asyncio.Event()

    async def hold(session: AsyncSession) -> None:
        await session.get(JobRow, "fox")
        held.set()
        await release.wait()

    async with open_store(lasting_url) as stores, asyncio.TaskGroup() as holding:
        holding.create_task(stores.jobs.database.run(hold))
        await held.wait()
        with pytest.raises(StoreFailed, match="TimeoutError"):
            await stores.jobs.get("fox")
        release.set()


async def test_a_database_that_fails_is_told_as_our_own_fault(lasting_url: str) -> None:
    async with open_store(lasting_url) as stores:
        say(lasting_url, "DROP TABLE favourites")
        with pytest.raises(StoreFailed, match=r"OperationalError|UndefinedTable"):
            await stores.jobs.favourites(10, 9)
        await stores.jobs.add(job())

        assert await stores.jobs.get("fox") == job()
