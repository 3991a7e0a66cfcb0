"""Parked jobs: drawn once when quota returns, or given up, and the same after a restart."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.allowance import Policy, RateLimit
from bot.domain.board import Drawn
from bot.domain.errors import (
    DeliveryFailed,
    GpuQuotaExceeded,
    HeldByQuota,
    NotAllowed,
    NothingToPark,
    ParkingExpired,
    ParkingFull,
    Paused,
    QueueFull,
)
from bot.domain.job import MAX_PARKED, MAX_PARKED_SECONDS, JobState
from bot.jobs.accounts import FRESH
from bot.storage.engine import Stores, open_store
from tests.fakes import RESPONSE, NotedReply
from tests.jobs.bench import Bench, told

WAIT = 0.05  # seconds until the quota of these tests returns: timers are real, the clock is not
GONE = GpuQuotaExceeded("no", retry_after=WAIT)


async def parked(bench: Bench, *, users: int = 1, **wish: Any) -> None:
    """Park a job for each of some users; the first one's met the end of the quota."""
    await bench.run(GONE, **wish)
    await bench.jobs.park("job1", 1)
    for user_id in range(2, users + 1):
        with pytest.raises(HeldByQuota) as caught:
            await bench.run(user_id=user_id, **wish)
        await bench.jobs.park(caught.value.job_id or "", user_id)


async def ended(bench: Bench, number: int = 1) -> None:
    """Wait until so many replies of parked jobs are final, and nothing is under way any more."""
    async with asyncio.timeout(5):
        while sum(len(reply.final) for reply in bench.later) < number or bench.jobs.running:
            await asyncio.sleep(0.001)


async def idle(bench: Bench) -> None:
    """Wait until nothing is under way, and would be if it was to be by now."""
    await asyncio.sleep(2 * WAIT)
    async with asyncio.timeout(5):
        while bench.jobs.running:
            await asyncio.sleep(0.001)


async def test_a_parked_job_is_drawn_when_quota_returns(bench: Bench) -> None:
    await parked(bench)
    bench.resume()
    await idle(bench)
    before = len(bench.provider.requests)
    bench.now += WAIT
    bench.provider.script = (RESPONSE,)
    await ended(bench)

    assert before == 1
    assert [len(reply.final[0].pictures) for reply in bench.later if reply.final] == [1]
    assert await bench.state() is JobState.DELIVERED
    assert await bench.charged() == [(1, False)]


async def test_its_reply_shows_nothing_before_it_is_final(bench: Bench) -> None:
    await parked(bench)
    bench.resume()
    await idle(bench)

    assert bench.later == []
    assert await bench.state() is JobState.PARKED


async def test_parking_says_until_when(bench: Bench) -> None:
    await bench.run(GONE)
    held = await bench.jobs.park("job1", 1)

    assert (held.until, held.stated, held.job_id) == (1000 + WAIT, True, "job1")


async def test_what_is_parked_is_listed_with_what_it_waits_for(bench: Bench) -> None:
    await parked(bench)
    [mine] = await bench.jobs.open_jobs(1)

    assert (mine.job.state, mine.job.parked_until) == (JobState.PARKED, 1000 + MAX_PARKED_SECONDS)
    assert mine.clock is not None
    assert mine.clock.until == 1000 + WAIT


async def test_a_job_that_a_clock_refused_can_be_parked(bench: Bench) -> None:
    await parked(bench, users=2)

    assert await bench.state("job2") is JobState.PARKED


async def test_a_job_parked_after_quota_has_returned_is_drawn_at_once(bench: Bench) -> None:
    await bench.run(GONE)
    bench.resume()
    bench.now += 3600
    bench.provider.script = (RESPONSE,)
    await bench.jobs.park("job1", 1)
    await ended(bench)

    assert await bench.state() is JobState.DELIVERED


@pytest.mark.parametrize("job_id", ["job9", "job2"])
async def test_only_what_is_held_can_be_parked(bench: Bench, job_id: str) -> None:
    await bench.run(GONE)
    bench.now += 3600
    await bench.run(RESPONSE)
    with pytest.raises(NothingToPark):
        await bench.jobs.park(job_id, 1)


async def test_a_job_is_parked_once(bench: Bench) -> None:
    await parked(bench)
    with pytest.raises(NothingToPark):
        await bench.jobs.park("job1", 1)


async def test_nobody_parks_somebody_elses_job(bench: Bench) -> None:
    await bench.run(GONE)
    with pytest.raises(NotAllowed):
        await bench.jobs.park("job1", 2)


async def test_a_user_parks_no_more_than_they_may(bench: Bench) -> None:
    await bench.run(GONE, user_id=9)
    jobs = []
    for _ in range(MAX_PARKED + 1):
        with pytest.raises(HeldByQuota) as caught:
            await bench.run()
        jobs.append(caught.value.job_id or "")
    answers = await asyncio.gather(*(bench.jobs.park(job_id, 1) for job_id in jobs), return_exceptions=True)

    assert sum(isinstance(answer, ParkingFull) for answer in answers) == 1


async def test_two_processes_draw_it_once(stores: Stores, bench: Bench) -> None:
    other = Bench(stores, ids="other")
    await parked(bench, users=6)
    for one in (bench, other):
        one.provider.script = (RESPONSE,)
        one.now += WAIT
        one.resume()
    async with asyncio.timeout(5):
        while len(bench.provider.requests) + len(other.provider.requests) < 7:
            await asyncio.sleep(0.001)
    await idle(bench)
    await idle(other)
    await other.jobs.drain(0)
    states = {await bench.state(f"job{number}") for number in range(1, 7)}
    delivered = [reply for reply in bench.later + other.later if reply.final]

    assert states == {JobState.DELIVERED}
    assert len(delivered) == 6
    assert [await bench.charged(user) for user in range(1, 7)] == [[(1, False)]] * 6
    assert len(bench.provider.requests) + len(other.provider.requests) == 7  # and the one that met the end


async def test_when_quota_is_gone_again_the_rest_is_not_sent(stores: Stores) -> None:
    bench = Bench(stores, at_once=2)
    await parked(bench, users=10)
    bench.resume()
    bench.now += WAIT
    async with asyncio.timeout(5):
        while len(bench.provider.requests) < 2:
            await asyncio.sleep(0.001)
    await idle(bench)
    states = {await bench.state(f"job{number}") for number in range(1, 11)}

    assert states == {JobState.PARKED}
    assert len(bench.provider.requests) <= 1 + 2
    assert [reply.final for reply in bench.later if reply.final] == []
    assert await bench.charged() == []


async def test_they_are_drawn_when_it_returns_once_more(stores: Stores) -> None:
    bench = Bench(stores, at_once=2)
    await parked(bench, users=5)
    bench.resume()
    bench.now += WAIT
    async with asyncio.timeout(5):
        while len(bench.provider.requests) < 2:
            await asyncio.sleep(0.001)
    await idle(bench)
    bench.provider.script = (RESPONSE,)
    bench.now += WAIT
    await ended(bench, 5)

    assert {await bench.state(f"job{number}") for number in range(1, 6)} == {JobState.DELIVERED}


async def test_being_parked_again_is_no_strike(bench: Bench) -> None:
    await parked(bench)
    before = await bench.stores.limits.strikes(1)
    bench.resume()
    bench.now += WAIT
    async with asyncio.timeout(5):
        while len(bench.provider.requests) < 2:
            await asyncio.sleep(0.001)
    await idle(bench)

    assert await bench.stores.limits.strikes(1) == before


async def test_what_is_drawn_before_quota_is_gone_again_is_delivered(bench: Bench) -> None:
    await parked(bench, count=3)
    bench.provider.scripts.append((RESPONSE,))
    bench.resume()
    bench.now += WAIT
    await ended(bench)
    [reply] = [reply for reply in bench.later if reply.final]

    assert [isinstance(slot, Drawn) for slot in reply.final[0].slots] == [True, False, False]
    assert await bench.state() is JobState.DELIVERED
    assert await bench.charged() == [(1, False)]


async def test_other_failures_of_a_parked_job_are_told(bench: Bench) -> None:
    await parked(bench)
    bench.resume()
    bench.now += WAIT
    bench.provider.script = (QueueFull(),)
    await ended(bench)

    assert told(bench.later[-1]) == [QueueFull]
    assert await bench.state() is JobState.FAILED


async def test_a_job_is_given_up_after_a_day_and_its_user_told(bench: Bench) -> None:
    await parked(bench)
    bench.now += MAX_PARKED_SECONDS
    bench.resume()
    await ended(bench)

    assert told(bench.later[0]) == [ParkingExpired]
    assert await bench.state() is JobState.FAILED
    assert len(bench.provider.requests) == 1


async def test_a_user_who_cannot_be_told_does_not_stop_the_others(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    await parked(bench, users=3)
    bench.now += MAX_PARKED_SECONDS

    def open_reply(_: object) -> NotedReply:
        bench.later.append(NotedReply(DeliveryFailed(403, 50007) if not bench.later else None))
        return bench.later[-1]

    bench.jobs.resume(open_reply, bench.find_asker)
    await ended(bench, 3)

    assert {await bench.state(f"job{number}") for number in range(1, 4)} == {JobState.FAILED}
    assert "could not be told" in caplog.text


async def test_a_parked_job_can_be_cancelled(bench: Bench) -> None:
    await parked(bench)
    bench.resume()
    assert await bench.jobs.cancel("job1")
    bench.now += WAIT
    await idle(bench)

    assert await bench.state() is JobState.CANCELLED
    assert len(bench.provider.requests) == 1
    assert not await bench.jobs.cancel("job1")


async def test_a_parked_job_can_be_cancelled_in_line(stores: Stores) -> None:
    bench = Bench(stores, at_once=1)
    await parked(bench)
    bench.now += WAIT
    gate = asyncio.Event()
    first = await bench.begun(gate, RESPONSE, reply=NotedReply(), user_id=9)
    bench.resume()
    while not bench.later:
        await asyncio.sleep(0.001)
    assert await bench.jobs.cancel("job1")
    gate.set()
    await first
    await idle(bench)

    assert await bench.state() is JobState.CANCELLED
    assert [reply.final for reply in bench.later] == [[]]


async def test_a_parked_job_can_be_cancelled_while_it_is_drawn(bench: Bench) -> None:
    await parked(bench)
    bench.now += WAIT
    bench.provider.script = (asyncio.Event(),)
    bench.resume()
    await bench.until_state(JobState.RUNNING)
    while len(bench.provider.requests) < 2:
        await asyncio.sleep(0)
    assert await bench.jobs.cancel("job1")
    await idle(bench)

    assert await bench.state() is JobState.CANCELLED
    assert [reply.final for reply in bench.later] == [[]]
    assert await bench.charged() == [(1, False)]


async def test_a_parked_job_waits_for_its_users_allowance(stores: Stores) -> None:
    policy = Policy(user=RateLimit(burst=1, cooldown=WAIT))
    bench = Bench(stores, policy=policy)
    await bench.run(GONE, user_id=9)
    with pytest.raises(HeldByQuota):
        await bench.run()
    await bench.jobs.park("job2", 1)
    bench.now += WAIT
    await bench.run(RESPONSE)
    bench.resume()
    while not bench.later:
        await asyncio.sleep(0.001)
    await idle(bench)
    before = await bench.state("job2")
    bench.now += WAIT
    await ended(bench)

    assert before is JobState.PARKED
    assert await bench.state("job2") is JobState.DELIVERED


async def test_an_own_token_draws_what_waits_for_the_operators(bench: Bench) -> None:
    await parked(bench)
    await bench.jobs.accounts.link(1, "hf_own")
    bench.provider.script = (RESPONSE,)
    bench.resume()
    await ended(bench)

    assert bench.provider.tokens == [None, "hf_own"]


async def test_a_stop_leaves_what_is_parked(bench: Bench) -> None:
    await parked(bench, users=2)
    bench.resume()
    await bench.jobs.drain(0)

    assert {await bench.state("job1"), await bench.state("job2")} == {JobState.PARKED}


async def test_a_stop_parks_again_what_had_just_begun(bench: Bench) -> None:
    await parked(bench)
    bench.now += WAIT
    bench.provider.script = (asyncio.Event(),)
    bench.resume()
    await bench.until_state(JobState.RUNNING)
    await bench.jobs.drain(0)

    assert await bench.state() is JobState.PARKED
    assert [reply.final for reply in bench.later] == [[]]
    assert await bench.charged() == []


async def test_a_restart_draws_what_was_parked_in_its_order(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/imagine.db"
    async with open_store(url) as stores:
        await parked(Bench(stores), users=3, prompts=("a fox",))
    async with open_store(url) as stores:
        bench = Bench(stores, ids="next", now=1000 + WAIT, at_once=1)
        bench.provider.script = (RESPONSE,)
        bench.resume()
        await ended(bench, 3)
        await bench.jobs.drain(0)
        order = [reply.final[0].job.id for reply in bench.later]

    assert sorted(order) == order == ["job1", "job2", "job3"]


# --- asked again when their turn comes ------------------------------------------------------------------


async def test_what_moderators_refuse_by_now_is_not_drawn_and_its_user_alone_is_told(bench: Bench) -> None:
    await parked(bench)
    await bench.decide(paused=True)
    bench.now += WAIT
    bench.resume()
    await ended(bench)
    [reply] = bench.later

    assert told(reply) == [Paused]
    assert reply.final[0].job.private
    assert await bench.state() is JobState.FAILED
    assert len(bench.provider.requests) == 1
    assert await bench.charged() == []


async def test_the_roles_are_those_that_its_user_has_by_then(bench: Bench) -> None:
    await parked(bench, users=2)
    await bench.decide(allowed_roles=("5",))
    bench.roles = frozenset({5})
    bench.now += WAIT
    bench.provider.script = (RESPONSE,)
    bench.resume()
    await ended(bench, 2)

    assert {await bench.state("job1"), await bench.state("job2")} == {JobState.DELIVERED}


async def test_while_nobody_says_who_asked_it_stays_parked_and_is_looked_at_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.parking.AGAIN", WAIT)
    await parked(bench)
    bench.roles, bench.now = None, bench.now + WAIT
    bench.provider.script = (RESPONSE,)
    bench.resume()
    await idle(bench)
    before = await bench.state(), len(bench.provider.requests)
    bench.roles, bench.now = frozenset(), bench.now + WAIT
    await ended(bench)

    assert before == (JobState.PARKED, 1)
    assert await bench.state() is JobState.DELIVERED


async def test_two_processes_refuse_it_once(stores: Stores, bench: Bench) -> None:
    other = Bench(stores, ids="other")
    await parked(bench)
    await bench.decide(paused=True)
    for one in (bench, other):
        one.now += WAIT
        one.resume()
    await idle(bench)
    await idle(other)

    assert [told(reply) for reply in bench.later + other.later] == [[Paused]]


# --- when something is in the way -----------------------------------------------------------------------


async def test_a_job_whose_day_ends_in_line_is_given_up(stores: Stores) -> None:
    bench = Bench(stores, at_once=1)
    await parked(bench)
    bench.now += WAIT
    first = await bench.begun(gate := asyncio.Event(), RESPONSE, reply=NotedReply(), user_id=9)
    bench.resume()
    while not bench.later:
        await asyncio.sleep(0.001)
    bench.now += MAX_PARKED_SECONDS
    gate.set()
    await first
    await ended(bench)

    assert told(bench.later[-1]) == [ParkingExpired]
    assert len(bench.provider.requests) == 2


async def test_where_nobody_knows_when_a_limit_frees_it_is_tried_again_soon(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.returning.AGAIN", WAIT)
    bench = Bench(stores, policy=Policy(server=RateLimit(at_once=1)))
    await parked(bench)
    bench.now += WAIT
    first = await bench.begun(gate := asyncio.Event(), RESPONSE, reply=NotedReply(), user_id=9)
    bench.resume()
    while not bench.later:
        await asyncio.sleep(0.001)
    await asyncio.sleep(2 * WAIT)
    before = await bench.state()
    gate.set()
    await first
    bench.now += WAIT
    await ended(bench)

    assert before is JobState.PARKED
    assert await bench.state() is JobState.DELIVERED


async def test_a_database_that_fails_for_a_while_loses_no_parked_job(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.jobs.parking.AGAIN", WAIT)
    await parked(bench)
    await asyncio.sleep(FRESH)  # what was read of the clocks is too old by then
    bench.provider.script = (RESPONSE,)
    await rename(bench, "quota_clocks", "elsewhere")
    bench.resume()
    async with asyncio.timeout(5):
        while "is not known" not in caplog.text:
            await asyncio.sleep(0.001)
    await rename(bench, "elsewhere", "quota_clocks")
    bench.now += WAIT
    await ended(bench)

    assert await bench.state() is JobState.DELIVERED


async def rename(bench: Bench, table: str, to: str) -> None:
    async def work(session: AsyncSession) -> None:
        await session.execute(text(f"ALTER TABLE {table} RENAME TO {to}"))

    await bench.store.database.run(work)
