"""Both engines: the same order, each job once; and what several processes do for each other."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TypeAlias

import pytest

from bot.domain.allowance import Policy, RateLimit
from bot.domain.errors import GpuQuotaExceeded, HeldByQuota, TooManyAtOnce
from bot.domain.job import JobState
from bot.jobs import distributed, parking
from bot.jobs.distributed import DistributedEngine
from bot.jobs.line import FairLine
from bot.jobs.local import LocalEngine
from bot.ports import JobEngine, JobStore
from bot.storage.bell import open_queue
from bot.storage.engine import Stores, open_store
from tests.fakes import RESPONSE
from tests.jobs.bench import PLACE, Bench, asker, told
from tests.postgresql import Server

SOON = 30.0  # seconds within which something must have happened, on a busy machine


class Process(Bench):
    """A process, with the engine that it is given."""

    def __init__(
        self, stores: Stores, engine: JobEngine | None, *, name: str, at_once: int, policy: Policy | None
    ) -> None:
        self._given = engine
        super().__init__(stores, ids=name, at_once=max(at_once, 1), policy=policy, now=time.time())
        self.provider.script = (RESPONSE,)

    def make_engine(self, store: JobStore, line: FairLine) -> JobEngine:
        """Return the engine that it was given, or the only process's."""
        return self._given or LocalEngine(store, line)

    async def ask(self, prompt: str, *, user_id: int = 1, guild_id: int = 2, count: int = 1) -> str:
        """Ask for pictures, which are drawn somewhere; return the job's id."""
        self.now += 1
        board = await self.board(user_id=user_id, guild_id=guild_id, prompts=(prompt,), count=count)
        async with self.jobs.admitted(board, asker(user_id, guild_id), PLACE):
            await self.jobs.start(board.job.id, PLACE)
        return board.job.id

    @property
    def prompts(self) -> list[str]:
        """What was sent from here to the service, in its order."""
        return [request.prompt for request in self.provider.requests]

    async def until_closed(self, *job_ids: str) -> None:
        """Wait until the users of some jobs have seen their ends."""
        async with asyncio.timeout(SOON):
            while {job.id for job in await self.store.unfinished()} & set(job_ids):
                await asyncio.sleep(0.01)


Start: TypeAlias = Callable[..., Awaitable[Process]]


async def until(check: Callable[[], object]) -> None:
    async with asyncio.timeout(SOON):
        while not check():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def one_of_several(
    url: str, name: str, at_once: int, policy: Policy | None = None
) -> AsyncIterator[Process]:
    async with (
        open_store(url, process_id=name) as stores,
        open_queue(url, stores.jobs.database) as (queue, listen),
    ):
        engine = DistributedEngine(queue, listen, at_once)
        process = Process(stores, engine, name=name, at_once=at_once, policy=policy)
        await process.jobs.open(process.open)
        try:
            yield process
        finally:
            await process.jobs.drain(0)


@asynccontextmanager
async def the_only_one(name: str, at_once: int, policy: Policy | None = None) -> AsyncIterator[Process]:
    async with open_store("sqlite://") as stores:
        process = Process(stores, None, name=name, at_once=at_once, policy=policy)
        await process.jobs.open(process.open)
        try:
            yield process
        finally:
            await process.jobs.drain(0)


@pytest.fixture
async def start(postgresql: Server) -> AsyncIterator[Start]:
    """Start processes on one new database: `await start(name, at_once)`."""
    async with AsyncExitStack() as stack:
        url = stack.enter_context(postgresql.database())

        async def begin(name: str, at_once: int, policy: Policy | None = None) -> Process:
            return await stack.enter_async_context(one_of_several(url, name, at_once, policy))

        yield begin


@pytest.fixture(params=["local", "distributed"])
async def drawer(request: pytest.FixtureRequest) -> AsyncIterator[Process]:
    """A process that draws one picture after the other, with each of the engines."""
    if request.param == "local":
        async with the_only_one("only", 1) as process:
            yield process
        return
    postgresql: Server = request.getfixturevalue("postgresql")
    with postgresql.database() as url:
        async with one_of_several(url, "only", 1) as process:
            yield process


# --- the same with both ---------------------------------------------------------------------------------


async def test_servers_take_turns_and_in_them_users_and_a_users_jobs_keep_their_order(
    drawer: Process,
) -> None:
    gate = asyncio.Event()
    drawer.provider.scripts.append((gate, RESPONSE))
    ids = [await drawer.ask("first", user_id=1, guild_id=2)]
    await until(lambda: drawer.prompts)
    for prompt, user_id, guild_id in [
        ("a1", 11, 5),
        ("a2", 11, 5),
        ("a3", 11, 5),
        ("b1", 12, 5),
        ("c1", 13, 6),
        ("c2", 13, 6),
        ("first's next", 1, 2),
    ]:
        ids.append(await drawer.ask(prompt, user_id=user_id, guild_id=guild_id))
    gate.set()
    await drawer.until_closed(*ids)

    assert drawer.prompts == ["first", "a1", "c1", "first's next", "b1", "c2", "a2", "a3"]
    assert {await drawer.state(job_id) for job_id in ids} == {JobState.DELIVERED}


async def test_a_user_is_told_how_many_are_ahead(drawer: Process) -> None:
    gate = asyncio.Event()
    drawer.provider.scripts.append((gate, RESPONSE))
    ids = [await drawer.ask("first")]
    await until(lambda: drawer.prompts)
    for user_id, guild_id in ((11, 5), (12, 6), (13, 7)):
        ids.append(await drawer.ask("more", user_id=user_id, guild_id=guild_id))

    async with asyncio.timeout(SOON):
        while [job.ahead for job in await drawer.jobs.open_jobs(13)] != [2]:
            await asyncio.sleep(0.01)
    gate.set()
    await drawer.until_closed(*ids)


async def test_what_is_cancelled_in_line_is_not_sent(drawer: Process) -> None:
    gate = asyncio.Event()
    drawer.provider.scripts.append((gate, RESPONSE))
    first = await drawer.ask("first")
    await until(lambda: drawer.prompts)
    second = await drawer.ask("second", user_id=5)

    assert await drawer.jobs.cancel(second)
    await drawer.until_closed(second)
    gate.set()
    await drawer.until_closed(first)
    assert drawer.prompts == ["first"]
    assert told(drawer.replies[second]) == [None]
    assert await drawer.charged(user_id=5) == []


async def test_who_waits_when_quota_ends_is_told_and_their_turn_does_not_count(drawer: Process) -> None:
    gate = asyncio.Event()
    drawer.provider.scripts.append((gate, GpuQuotaExceeded("no", retry_after=600)))
    ids = [await drawer.ask("first")]
    await until(lambda: drawer.prompts)
    ids.append(await drawer.ask("second", user_id=5))
    gate.set()
    await drawer.until_closed(*ids)

    assert [told(drawer.replies[job_id]) for job_id in ids] == [[HeldByQuota]] * 2
    assert drawer.prompts == ["first"]
    assert await drawer.charged() == []


# --- several --------------------------------------------------------------------------------------------


async def test_what_one_admits_another_draws(start: Start) -> None:
    gateway, worker = await start("gateway", 0), await start("worker", 2)
    ids = [await gateway.ask(f"fox {number}", user_id=number) for number in range(1, 6)]
    await gateway.until_closed(*ids)

    assert sorted(worker.prompts) == [f"fox {number}" for number in range(1, 6)]
    assert gateway.prompts == []


async def test_each_of_many_jobs_is_drawn_once_by_one_of_several(start: Start) -> None:
    processes = [await start(f"p{number}", 2) for number in range(3)]
    asked = [
        processes[number % 3].ask(f"fox {number}", user_id=number, guild_id=number % 7)
        for number in range(1, 31)
    ]
    ids = await asyncio.gather(*asked)
    await processes[0].until_closed(*ids)
    prompts = [prompt for process in processes for prompt in process.prompts]

    assert sorted(prompts) == sorted(f"fox {number}" for number in range(1, 31))
    finals = [len(process.replies[job].final) for process in processes for job in process.replies]
    assert finals == [1] * 30


async def test_a_limit_holds_over_all_processes(start: Start) -> None:
    policy = Policy(user=RateLimit(at_once=1))
    one, other = await start("one", 1, policy), await start("other", 1, policy)
    one.provider.script = other.provider.script = (asyncio.Event(),)
    job_id = await one.ask("fox")
    with pytest.raises(TooManyAtOnce):
        await other.ask("fox")
    await one.jobs.cancel(job_id)
    await one.until_closed(job_id)


async def test_a_job_is_cancelled_in_another_process_within_a_second(start: Start) -> None:
    gateway, worker = await start("gateway", 0), await start("worker", 1)
    worker.provider.script = (asyncio.Event(),)
    job_id = await gateway.ask("fox")
    await until(lambda: worker.prompts)

    assert await gateway.jobs.cancel(job_id)
    await gateway.until_closed(job_id)
    assert worker.provider.closed.is_set()
    assert told(worker.replies[job_id]) == [None]
    assert await gateway.state(job_id) is JobState.CANCELLED
    assert distributed.BEAT < 1


async def test_what_one_parks_another_draws_when_quota_returns(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(distributed, "LOOK", 0.1)
    monkeypatch.setattr(parking, "AGAIN", 0.1)
    gateway, worker = await start("gateway", 0), await start("worker", 1)
    for process in (gateway, worker):
        process.resume()
    worker.provider.scripts.append((GpuQuotaExceeded("no", retry_after=5),))
    job_id = await gateway.ask("fox")
    await gateway.until_closed(job_id)
    await gateway.jobs.park(job_id, 1)
    gateway.now += 60
    worker.now += 60
    await gateway.until_state(JobState.DELIVERED, job_id)

    assert (worker.prompts, gateway.prompts) == (["fox", "fox"], [])
    assert [len(reply.final) for reply in worker.later] == [1]


async def test_no_more_is_taken_than_there_is_room_for_however_often_the_bell_rings(
    postgresql: Server,
) -> None:
    async def ring(take: Callable[[], Awaitable[None]], at_once: int) -> None:
        await asyncio.gather(*(take() for _ in range(2 * at_once)))

    with postgresql.database() as url:
        async with (
            one_of_several(url, "gateway", 0) as gateway,
            open_store(url, process_id="worker") as stores,
            open_queue(url, stores.jobs.database) as (queue, _),
        ):
            ids = [await gateway.ask(f"fox {number}", user_id=number) for number in range(1, 5)]
            worker = Process(stores, DistributedEngine(queue, ring, 2), name="worker", at_once=4, policy=None)
            gate = asyncio.Event()
            worker.provider.script = (gate, RESPONSE)
            await worker.jobs.open(worker.open)
            await until(lambda: len(worker.prompts) == 2)
            assert await queue.in_line() == ids[2:]
            gate.set()
            await gateway.until_closed(*ids)
            await worker.jobs.drain(0)


async def test_draining_leaves_what_is_in_line_to_others(start: Start) -> None:
    gateway, first = await start("gateway", 0), await start("first", 1)
    gate = asyncio.Event()
    first.provider.script = (gate, RESPONSE)
    ids = [await gateway.ask("one"), await gateway.ask("two", user_id=2)]
    await until(lambda: first.prompts)
    draining = asyncio.create_task(first.jobs.drain(SOON))
    await asyncio.sleep(0)
    gate.set()
    await draining
    second = await start("second", 1)
    await gateway.until_closed(*ids)

    assert (first.prompts, second.prompts) == (["one"], ["two"])
