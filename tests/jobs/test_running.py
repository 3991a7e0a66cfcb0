"""What a process leaves behind when it dies, the next one brings to its end, once."""

import asyncio
from typing import Self

import pytest

from bot.domain.board import Drawn, NotDrawn
from bot.domain.errors import HeldByQuota, Interrupted, StoreFailed
from bot.domain.job import MAX_PARKED_SECONDS, JobState
from bot.domain.request import CharactersRemoved, SizeCorrected
from bot.storage.engine import Stores
from tests.fakes import RESPONSE, NotedReply, webp
from tests.jobs.bench import PLACE, Bench, asker, told
from tests.jobs.test_parking import WAIT, ended, parked


async def after(stores: Stores, bench: Bench) -> Bench:
    """Return the bench of the next process, which has seen to everything that the first one left."""
    following = Bench(stores, ids="next", now=bench.now)
    left = [job.id for job in await stores.jobs.unfinished()]
    following.provider.script = (RESPONSE,)
    await following.opened()
    for job_id in left:
        await following.engine.until_ended(job_id)
    return following


async def test_a_job_that_had_not_reached_the_service_simply_runs(stores: Stores, bench: Bench) -> None:
    async with bench.jobs.admitted(await bench.board(count=2), asker(), PLACE):
        following = await after(stores, bench)
    [board] = following.replies["job1"].final

    assert [picture.image for picture in board.pictures] == [webp(), webp()]
    assert await bench.charged() == [(2, False)]


async def test_it_shows_what_was_found_out_when_it_was_prepared(stores: Stores, bench: Bench) -> None:
    board = await bench.board(prompts=("a\x00fox",), width=600, height=700)
    async with bench.jobs.admitted(board, asker(), PLACE):
        following = await after(stores, bench)
    [board] = following.replies["job1"].final

    assert {type(one) for one in board.job.notes.corrections} == {CharactersRemoved, SizeCorrected}


async def test_what_had_reached_the_service_is_interrupted_and_not_sent_again(
    stores: Stores, bench: Bench
) -> None:
    running = await bench.begun(asyncio.Event(), reply=NotedReply())
    following = await after(stores, bench)

    assert told(following.replies["job1"]) == [Interrupted]
    assert await bench.state() is JobState.INTERRUPTED
    assert following.provider.requests == []
    assert await bench.charged() == []
    await bench.jobs.cancel("job1")
    await running


async def test_what_had_been_drawn_is_delivered_and_charged(stores: Stores, bench: Bench) -> None:
    bench.provider.scripts.append((RESPONSE,))
    running = await bench.begun(asyncio.Event(), reply=NotedReply(), count=3)
    while len(bench.provider.requests) < 2:
        await asyncio.sleep(0)
    following = await after(stores, bench)
    [board] = following.replies["job1"].final

    assert [type(slot) for slot in board.slots] == [Drawn, NotDrawn, NotDrawn]
    assert {type(slot.error) for slot in board.errors} == {Interrupted}
    assert await bench.state() is JobState.DELIVERED
    assert await bench.charged() == [(1, False)]
    await bench.jobs.cancel("job1")
    await running


async def test_what_ended_unseen_is_told_once(stores: Stores, bench: Bench) -> None:
    async with bench.jobs.admitted(await bench.board(), asker(), PLACE):
        await stores.jobs.move("job1", JobState.FAILED)
        following = await after(stores, bench)
        third = await after(stores, bench)

    assert told(following.replies["job1"]) == [Interrupted]
    assert third.replies == {}
    assert await stores.jobs.unfinished() == []


async def test_what_was_cancelled_unseen_shows_that(stores: Stores, bench: Bench) -> None:
    async with bench.jobs.admitted(await bench.board(), asker(), PLACE):
        await stores.jobs.move("job1", JobState.CANCELLED)
        following = await after(stores, bench)

    assert told(following.replies["job1"]) == [None]
    assert await bench.charged() == []


async def test_a_parked_job_that_had_reached_the_service_is_not_sent_again(
    stores: Stores, bench: Bench
) -> None:
    await parked(bench)
    bench.now += WAIT
    bench.provider.script = (asyncio.Event(),)
    bench.resume()
    await bench.until_state(JobState.RUNNING)
    following = await after(stores, bench)

    assert [told(reply) for reply in following.later] == [[Interrupted]]
    assert following.provider.requests == []


async def test_what_is_parked_stays_parked(stores: Stores, bench: Bench) -> None:
    await parked(bench, users=2)
    following = await after(stores, bench)

    assert following.replies == {}
    assert [job.parked_until for job in await stores.jobs.parked()] == [1000 + MAX_PARKED_SECONDS] * 2


async def test_a_job_is_run_once_however_often_it_is_started(bench: Bench) -> None:
    async with bench.jobs.admitted(await bench.board(), asker(), PLACE):
        jobs = await bench.opened()
        bench.provider.script = (RESPONSE,)
    await asyncio.gather(*(jobs.start("job1", PLACE) for _ in range(5)))
    await bench.engine.until_ended("job1")

    assert len(bench.provider.requests) == len(bench.replies["job1"].final) == 1


async def test_of_two_that_run_it_one_sends_it(stores: Stores, bench: Bench) -> None:
    other = Bench(stores, ids="other")
    for one in (bench, other):
        one.provider.script = (RESPONSE,)
        await one.opened()
    async with bench.jobs.admitted(await bench.board(), asker(), PLACE):
        pass
    await asyncio.gather(bench.jobs.start("job1", PLACE), other.jobs.start("job1", PLACE))
    await bench.engine.until_ended("job1")
    await other.engine.until_ended("job1")

    assert len(bench.provider.requests + other.provider.requests) == 1
    assert len(bench.replies["job1"].final + other.replies["job1"].final) == 1


async def test_what_cannot_be_written_down_as_begun_is_not_sent(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(job_id: str, to: JobState) -> bool:
        raise StoreFailed("OperationalError")

    async with bench.jobs.admitted(await bench.board(), asker(), PLACE):
        monkeypatch.setattr(bench.store, "move", fail)
    await (await bench.opened()).start("job1", PLACE)
    await bench.engine.until_ended("job1")

    assert told(bench.replies["job1"]) == [StoreFailed]
    assert bench.provider.requests == []


async def test_a_job_whose_reply_cannot_be_opened_is_given_up(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(NotedReply):
        async def __aenter__(self) -> Self:
            raise ZeroDivisionError

    await bench.run(RESPONSE, reply=Broken())

    assert "cannot be brought to its end" in caplog.text
    assert await bench.state() is JobState.FAILED
    assert await bench.charged() == []
    assert await bench.store.unfinished() == []


async def test_the_end_of_a_held_job_is_seen_before_it_is_parked(stores: Stores, bench: Bench) -> None:
    await parked(bench)
    bench.now += WAIT
    bench.provider.script = (RESPONSE,)
    bench.resume()
    await ended(bench)

    assert told(bench.replies["job1"]) == [HeldByQuota]
    assert await stores.jobs.unfinished() == []


async def test_a_charge_that_could_not_be_settled_is_settled_at_the_next_start(
    stores: Stores, bench: Bench
) -> None:
    bench.provider.scripts.append((RESPONSE,))
    running = await bench.begun(asyncio.Event(), reply=NotedReply(), count=2)
    while len(bench.provider.requests) < 2:
        await asyncio.sleep(0)
    await stores.jobs.close("job1")
    before = await bench.charged()
    await after(stores, bench)

    assert (before, await bench.charged()) == ([(2, True)], [(1, False)])
    await bench.jobs.cancel("job1")
    await running
