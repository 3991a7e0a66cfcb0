"""PostgreSQL goes away and comes back: a pause, and nothing that was written is lost or done twice."""

import asyncio
import logging
import signal
import traceback
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import unquote

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.allowance import RateLimit, Scope
from bot.domain.errors import StoreFailed
from bot.domain.job import JobState, PictureRef
from bot.domain.wish import Asker
from bot.storage import engine
from bot.storage.engine import Stores, open_store
from bot.storage.schema import JobRow
from tests.postgresql import OwnServer
from tests.storage.raw import say
from tests.storage.samples import PLACE, job

_Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]

ALICE = Asker(user_id=10, guild_id=20, channel_id=30)
MANY = dict.fromkeys(Scope, RateLimit(daily=100_000))
WRITERS, EACH = 20, 6


@pytest.fixture
def url(own_postgresql: OwnServer) -> Iterator[str]:
    with own_postgresql.database() as url:
        yield url


async def write(stores: Stores, name: str) -> None:
    await stores.limits.reserve(name, ALICE, 2, MANY, 1000.0)
    await stores.jobs.add(job(name))
    assert await stores.jobs.move(name, JobState.RUNNING)
    await stores.jobs.keep(PictureRef(name, 0), b"PNG", 1.0)
    await stores.limits.settle(name, 1)
    assert await stores.jobs.delivered(name, PLACE)


@pytest.mark.parametrize("how", [signal.SIGQUIT, signal.SIGINT], ids=["crash", "stop"])
async def test_twenty_writers_do_not_notice_restarts(
    own_postgresql: OwnServer, url: str, how: signal.Signals
) -> None:
    written: list[str] = []

    async def go_on(stores: Stores, writer: int) -> None:
        for number in range(EACH):
            name = f"{writer}-{number}"
            await write(stores, name)
            written.append(name)

    async with open_store(url) as stores:
        async with asyncio.TaskGroup() as writing:
            for writer in range(WRITERS):
                writing.create_task(go_on(stores, writer))
            for share in (1, 2, 3):
                while len(written) < WRITERS * EACH * share // 4:
                    await asyncio.sleep(0.01)
                await asyncio.to_thread(own_postgresql.restart, how=how)
        charges = await stores.limits.charges(Scope.USER, 10, 0.0)
        delivered = {picture.job.id for picture in await stores.jobs.at_message(40)}

    assert len(written) == WRITERS * EACH
    assert {one.job_id: one.pictures for one in charges} == dict.fromkeys(written, 1)
    assert delivered == set(written)


async def test_a_call_that_finds_the_server_away_waits_for_it(own_postgresql: OwnServer, url: str) -> None:
    async with open_store(url) as stores:
        own_postgresql.stop()
        adding = asyncio.create_task(stores.jobs.add(job()))
        done, _ = await asyncio.wait({adding}, timeout=0.3)
        assert not done
        await asyncio.to_thread(own_postgresql.start)
        await adding

        assert await stores.jobs.get("fox") == job()


async def test_a_start_waits_for_a_server_that_is_starting_too(own_postgresql: OwnServer, url: str) -> None:
    own_postgresql.stop()

    async def open_it() -> object:
        async with open_store(url) as stores:
            return await stores.jobs.get("fox")

    opening = asyncio.create_task(open_it())
    done, _ = await asyncio.wait({opening}, timeout=0.3)
    assert not done
    await asyncio.to_thread(own_postgresql.start)

    assert await opening is None


async def test_who_waited_long_enough_is_told(
    own_postgresql: OwnServer, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.2)
    async with open_store(url) as stores:
        own_postgresql.stop()
        with pytest.raises(StoreFailed, match="OperationalError"):
            await stores.jobs.get("fox")
        own_postgresql.start()

        assert await stores.jobs.get("fox") is None


async def test_no_log_and_no_error_has_the_password(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.2)
    caplog.set_level(logging.DEBUG)
    password = "hunter2"
    url = f"postgresql://me:{password}@127.0.0.1:1/imagine"
    with pytest.raises(StoreFailed) as failed:
        async with open_store(url):
            pass

    assert "trying again" in caplog.text
    assert password not in caplog.text + "".join(traceback.format_exception(failed.value))


async def test_of_two_that_wait_for_each_other_both_get_through(postgresql_url: str) -> None:
    held = [asyncio.Event(), asyncio.Event()]

    async with open_store(postgresql_url) as stores:

        async def touch_both(mine: int) -> None:
            names = ["fox", "owl"]
            both = [names[mine], names[1 - mine]]

            async def work(session: AsyncSession) -> None:
                await session.execute(update(JobRow).where(JobRow.id == both[0]).values(locale=both[0]))
                held[mine].set()
                await held[1 - mine].wait()
                await session.execute(update(JobRow).where(JobRow.id == both[1]).values(locale=both[0]))

            await stores.jobs.database.run(work)

        for name in ("fox", "owl"):
            await stores.jobs.add(job(name))
        await asyncio.gather(touch_both(0), touch_both(1))
        fox, owl = await stores.jobs.get("fox"), await stores.jobs.get("owl")

    assert fox is not None
    assert owl is not None
    assert fox.locale == owl.locale


class Cut:
    """What is between a client and the server; on demand, it swallows the answer to the next COMMIT."""

    def __init__(self) -> None:
        self.next_answer = False
        self._clients: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def before(self, url: str, folder: Path) -> AsyncIterator[str]:
        """Yield the address of a database through it."""
        before, _, socket = url.rpartition("host=")

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            there = await asyncio.open_unix_connection(f"{unquote(socket)}/.s.PGSQL.5432")
            self._clients.add(asyncio.create_task(self._serve((reader, writer), there)))

        async with await asyncio.start_unix_server(serve, folder / ".s.PGSQL.5432"):
            yield f"{before}host={folder}"
            await asyncio.gather(*self._clients)

    async def _serve(self, here: _Connection, there: _Connection) -> None:
        back = asyncio.create_task(_pass_on(there[0], here[1]))
        while data := await here[0].read(65536):
            is_cut = self.next_answer and b"COMMIT" in data
            if is_cut:
                self.next_answer = False
                back.cancel()
                await asyncio.wait({back})
            there[1].write(data)
            if is_cut:
                await there[0].read(1)  # it is committed
                break
        for _, writer in (here, there):
            writer.close()
            await writer.wait_closed()
        await asyncio.wait({back})


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)


@pytest.fixture
async def cut() -> Cut:
    return Cut()


@pytest.fixture
async def cut_stores(cut: Cut, postgresql_url: str, tmp_path: Path) -> AsyncIterator[Stores]:
    """A store behind the cut."""
    async with cut.before(postgresql_url, tmp_path) as url, open_store(url) as stores:
        yield stores


async def test_what_was_committed_without_an_answer_is_not_done_twice(cut: Cut, cut_stores: Stores) -> None:
    stores = cut_stores
    cut.next_answer = True
    await stores.limits.admit(job(), ALICE, MANY, 1000.0)
    cut.next_answer = True
    assert await stores.jobs.move("fox", JobState.RUNNING)
    cut.next_answer = True
    assert await stores.jobs.park("fox", until=5.0)
    cut.next_answer = True
    assert await stores.jobs.move("fox", JobState.RUNNING)
    cut.next_answer = True
    await stores.jobs.keep(PictureRef("fox", 0), b"PNG", 1.0)
    cut.next_answer = True
    await stores.limits.settle("fox", 1)
    cut.next_answer = True
    assert await stores.jobs.delivered("fox", PLACE)

    assert not cut.next_answer
    assert [one.pictures for one in await stores.limits.charges(Scope.USER, 10, 0.0)] == [1]
    assert [picture.job.state for picture in await stores.jobs.at_message(40)] == [JobState.DELIVERED]


async def test_what_cannot_be_told_apart_is_not_tried_again(cut: Cut, cut_stores: Stores) -> None:
    cut.next_answer = True
    with pytest.raises(StoreFailed):
        await cut_stores.limits.strike(10, 1000.0)
    strikes = await cut_stores.limits.strikes(10)

    assert strikes is not None
    assert strikes.count == 1


async def test_a_connection_that_was_cut_between_calls_is_made_anew(postgresql_url: str) -> None:
    async with open_store(postgresql_url) as stores:
        await stores.jobs.add(job())
        say(
            postgresql_url,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )

        assert await stores.jobs.get("fox") == job()
        assert await stores.jobs.move("fox", JobState.RUNNING)
