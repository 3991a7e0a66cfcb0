"""Allowances: what is charged, what is given back, and what a refusal says."""

import asyncio

import pytest

from bot.domain.allowance import DAY, NO_LIMIT, Policy, RateLimit, Rule, Scope
from bot.domain.board import Board
from bot.domain.errors import (
    DeliveryFailed,
    GpuQuotaExceeded,
    LimitReached,
    QueueFull,
    ReplyGone,
    RequestRefused,
    TooManyAtOnce,
    TooManyForLimit,
)
from bot.domain.events import Queued
from bot.domain.job import JobState, Place
from bot.domain.report import LimitUse
from bot.jobs.allowances import Allowances
from bot.storage.engine import Stores
from tests.fakes import RESPONSE, Line, NotedReply
from tests.jobs.bench import PLACE, Bench, asker


def limited(stores: Stores, user: RateLimit, server: RateLimit = NO_LIMIT) -> Bench:
    return Bench(stores, policy=Policy(user=user, server=server))


async def test_of_a_hundred_parallel_requests_of_a_user_exactly_as_many_as_may_be_are_admitted(
    stores: Stores,
) -> None:
    bench = limited(stores, user=RateLimit(daily=7))
    boards = [await bench.board() for _ in range(100)]

    async def admit(board: Board) -> None:
        async with bench.jobs.admitted(board, asker(), PLACE):
            pass

    answers = await asyncio.gather(*map(admit, boards), return_exceptions=True)

    assert sum(answer is None for answer in answers) == 7
    assert sum(isinstance(answer, LimitReached) for answer in answers) == 93


async def test_a_refusal_says_which_limit_how_much_is_left_and_when_it_frees(stores: Stores) -> None:
    bench = limited(stores, user=RateLimit(daily=5))
    await bench.run(RESPONSE, count=3)
    bench.now += 60
    with pytest.raises(LimitReached) as caught:
        await bench.run(count=3)

    error = caught.value
    assert (error.scope, error.rule, error.left, error.maximum) == (Scope.USER, Rule.DAY, 2, 5)
    assert error.frees_at == 1000 + DAY


async def test_nothing_is_charged_for_a_refusal(stores: Stores) -> None:
    bench = limited(stores, user=RateLimit(daily=9), server=RateLimit(daily=2))
    with pytest.raises(TooManyForLimit):
        await bench.run(RESPONSE, count=3)

    assert await bench.charged() == []


async def test_a_user_has_as_many_jobs_at_once_as_may_be(stores: Stores) -> None:
    bench = limited(stores, user=RateLimit(at_once=1))
    running = await bench.begun(gate := asyncio.Event(), RESPONSE, reply=NotedReply())
    with pytest.raises(TooManyAtOnce):
        await bench.run()
    gate.set()
    await running

    assert (await bench.run(RESPONSE)).final[0].pictures


async def test_the_next_job_may_come_while_the_last_one_is_delivered(stores: Stores) -> None:
    bench = limited(stores, user=RateLimit(at_once=1))

    class Slow(NotedReply):
        async def finish(self, board: Board) -> Place:
            async with bench.jobs.admitted(await bench.board(), asker(), PLACE):
                return await super().finish(board)

    assert (await bench.run(RESPONSE, reply=Slow())).final[0].pictures


@pytest.mark.parametrize(
    ("scripts", "charged"),
    [
        ([(RESPONSE,)], [(1, False)]),
        ([(RESPONSE,), (QueueFull(),), (RESPONSE,)], [(2, False)]),
        ([(RequestRefused("no"),)], [(1, False)]),
        ([(QueueFull(),)], []),
        ([(Queued(0, 1),)], []),
        ([(ZeroDivisionError(),)], []),
        ([(GpuQuotaExceeded("no", retry_after=60),)], []),
        ([(RESPONSE,), (GpuQuotaExceeded("no", retry_after=60),)], [(1, False)]),
    ],
    ids=["drawn", "some drawn", "refused", "full", "cut", "bug", "quota", "quota after one"],
)
async def test_what_failed_through_no_fault_of_the_users_is_given_back(
    bench: Bench, scripts: list[tuple[Line, ...]], charged: list[tuple[int, bool]]
) -> None:
    bench.provider.scripts.extend(scripts)
    await bench.run(count=len(scripts))

    assert await bench.charged() == charged


async def test_a_picture_that_is_cancelled_at_the_service_counts(bench: Bench) -> None:
    running = await bench.begun(asyncio.Event(), reply=NotedReply(), count=4)
    await bench.jobs.cancel("job1")
    await running

    assert await bench.charged() == [(1, False)]


async def test_a_picture_whose_reply_is_deleted_counts(bench: Bench) -> None:
    reply = NotedReply(ReplyGone())
    running = await bench.begun(asyncio.Event(), reply=reply)
    reply.gone.set()
    await running

    assert await bench.charged() == [(1, False)]


async def test_what_is_cancelled_in_line_costs_nothing(stores: Stores) -> None:
    bench = Bench(stores, at_once=1)
    first = await bench.begun(gate := asyncio.Event(), RESPONSE, reply=NotedReply())
    waiting = asyncio.create_task(bench.run(user_id=2))
    while bench.jobs.running < 2 or await bench.state("job2") is None:
        await asyncio.sleep(0)
    assert await bench.jobs.cancel("job2")
    await waiting
    gate.set()
    await first

    assert await bench.charged(user_id=2) == []
    assert await bench.state("job2") is JobState.CANCELLED


async def test_what_a_restart_ends_costs_nothing(bench: Bench) -> None:
    running = await bench.begun(asyncio.Event(), reply=NotedReply())
    await bench.jobs.drain(0)
    await running

    assert await bench.charged() == []


async def test_what_discord_does_not_take_was_drawn(bench: Bench) -> None:
    await bench.run(RESPONSE, reply=NotedReply(DeliveryFailed(404, 10008)))

    assert await bench.charged() == [(1, False)]


async def test_a_charge_counts_from_when_its_work_starts(stores: Stores) -> None:
    bench = Bench(stores, policy=Policy(user=RateLimit(burst=1, cooldown=60)), at_once=1)
    first = await bench.begun(gate := asyncio.Event(), RESPONSE, reply=NotedReply(), user_id=2)
    waiting = asyncio.create_task(bench.run())
    while await bench.state("job2") is None:
        await asyncio.sleep(0)
    bench.now += 50
    gate.set()
    await asyncio.gather(first, waiting)
    with pytest.raises(LimitReached) as caught:
        await bench.run()

    assert caught.value.frees_at == 1050 + 60


async def test_an_admission_is_settled_once(bench: Bench) -> None:
    allowances = Allowances(bench.stores.limits, bench.houses, lambda: bench.now)
    async with await allowances.reserve((await bench.board(count=4)).job, asker()) as admission:
        await admission.settle(2)
        await admission.settle(4)

    assert await bench.charged() == [(2, False)]


async def test_the_report_says_what_is_left_of_which_limits(stores: Stores) -> None:
    bench = limited(stores, user=RateLimit(at_once=3, daily=10), server=RateLimit(daily=50))
    await bench.run(RESPONSE, count=4)
    bench.now += 5
    report = await bench.jobs.quota(asker())

    def facts(use: LimitUse) -> tuple[Scope, int, list[tuple[int, float | None]]]:
        return use.scope, use.live, [(window.left, window.frees_at) for window in use.windows]

    assert [facts(use) for use in report.uses] == [
        (Scope.USER, 0, [(6, 1000 + DAY)]),
        (Scope.SERVER, 0, [(46, 1000 + DAY)]),
    ]


async def test_what_nobody_used_frees_at_no_time(stores: Stores) -> None:
    bench = limited(stores, user=RateLimit(burst=2, cooldown=5, daily=10), server=RateLimit(daily=50))
    report = await bench.jobs.quota(asker(guild_id=None))

    assert [use.scope for use in report.uses] == [Scope.USER]
    assert [window.frees_at for window in report.uses[0].windows] == [None, None]


async def test_a_limit_that_is_all_used_says_when_one_more_is_allowed(stores: Stores) -> None:
    bench = limited(stores, user=RateLimit(daily=2))
    await bench.run(RESPONSE)
    bench.now += 100
    await bench.run(RESPONSE)
    [use] = (await bench.jobs.quota(asker())).uses

    assert [(window.left, window.frees_at) for window in use.windows] == [(0, 1000 + DAY)]


async def test_the_use_of_a_server_is_by_user(bench: Bench) -> None:
    await bench.run(RESPONSE, count=2)
    await bench.run(RESPONSE, user_id=5)
    usage = await bench.jobs.usage(2, 0.0)

    assert {one.user_id: one.pictures for one in usage} == {1: 2, 5: 1}
