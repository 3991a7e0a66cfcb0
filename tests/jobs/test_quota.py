"""GPU quota: whose is used, what happens when it is used up, and what is tried again."""

import asyncio

import pytest

from bot.domain.board import Drawn, NotDrawn
from bot.domain.credential import operators
from bot.domain.errors import (
    GpuCreditsPending,
    GpuQuotaExceeded,
    GpuRunsExceeded,
    GpuSpaceLimitReached,
    GpuTaskAborted,
    GpuWorkerFailed,
    HeldByQuota,
    HeldByStrikes,
    NoGpuAvailable,
    NotAuthenticated,
    ProviderError,
    QueueFull,
    RequestRefused,
    TokenRefused,
    TokensNotKept,
)
from bot.domain.events import Queued
from bot.domain.job import JobState
from bot.domain.stage import Waiting
from bot.storage.engine import Stores, open_store
from tests.fakes import RESPONSE, NotedReply
from tests.jobs.bench import PLACE, Bench, asker, told

GONE = GpuQuotaExceeded("no", requested=60, left=3, retry_after=754)
OWN = "hf_own"


def two_tokens(stores: Stores) -> Bench:
    return Bench(stores, operators=operators(["hf_a", "hf_b"]))


# --- while a clock runs ---------------------------------------------------------------------------------


async def test_when_the_quota_ends_the_remaining_pictures_are_not_asked_for(bench: Bench) -> None:
    reply = await bench.run(GONE, count=4)

    assert told(reply) == [HeldByQuota] * 4
    assert len(bench.provider.requests) == 1


async def test_a_job_without_pictures_is_held_and_may_be_parked(bench: Bench) -> None:
    reply = await bench.run(GONE)
    [slot] = reply.final[0].errors

    assert isinstance(slot.error, HeldByQuota)
    assert (slot.error.until, slot.error.stated, slot.error.job_id) == (1754, True, "job1")
    assert await bench.state() is JobState.HELD


async def test_of_a_job_with_some_pictures_the_rest_is_told_and_cannot_be_parked(bench: Bench) -> None:
    bench.provider.scripts.append((RESPONSE,))
    reply = await bench.run(GONE, count=3)

    assert [type(slot) for slot in reply.final[0].slots] == [Drawn, NotDrawn, NotDrawn]
    assert [slot.error.job_id for slot in reply.final[0].errors if isinstance(slot.error, HeldByQuota)] == [
        None,
        None,
    ]
    assert await bench.state() is JobState.DELIVERED


async def test_the_clock_is_shared_by_all_users(bench: Bench) -> None:
    await bench.run(GONE)
    with pytest.raises(HeldByQuota) as caught:
        await bench.run(RESPONSE, user_id=2)

    assert (caught.value.until, caught.value.job_id) == (1754, "job2")
    assert await bench.state("job2") is JobState.HELD
    assert await bench.charged(user_id=2) == []
    assert len(bench.provider.requests) == 1


async def test_the_clock_is_shared_by_all_processes(stores: Stores, bench: Bench) -> None:
    other = Bench(stores, ids="other")
    await bench.run(GONE)
    with pytest.raises(HeldByQuota):
        await other.run(RESPONSE, user_id=2)

    assert other.provider.requests == []


async def test_what_is_admitted_before_another_process_meets_the_end_is_not_sent(
    stores: Stores, bench: Bench
) -> None:
    other = Bench(stores, ids="other")
    board = await other.board()
    for one in (bench, other):
        await one.opened()
    async with other.jobs.admitted(board, asker(), PLACE):
        await bench.run(GONE)
    await other.jobs.start(board.job.id, PLACE)
    await other.engine.until_ended(board.job.id)

    assert told(other.replies[board.job.id]) == [HeldByQuota]
    assert other.provider.requests == []
    assert await other.charged() == []


async def test_the_clock_outlives_the_process(tmp_path: object) -> None:
    url = f"sqlite:///{tmp_path}/imagine.db"
    async with open_store(url) as stores:
        await Bench(stores).run(GONE)
    async with open_store(url) as stores:
        with pytest.raises(HeldByQuota) as caught:
            await Bench(stores, ids="next").run(RESPONSE)

    assert caught.value.until == 1754


async def test_everybody_may_draw_again_when_the_quota_has_returned(bench: Bench) -> None:
    await bench.run(GONE)
    bench.now = 1754.0

    assert (await bench.run(RESPONSE)).final[0].pictures


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (GpuQuotaExceeded("no"), 3600),
        (GpuRunsExceeded("no"), 3600),
        (GpuCreditsPending("no"), 60),
        (GpuSpaceLimitReached("no"), 3600),
    ],
)
async def test_where_the_service_does_not_say_when_a_guess_is_told_as_one(
    bench: Bench, error: ProviderError, seconds: float
) -> None:
    reply = await bench.run(error)
    held = reply.final[0].errors[0].error

    assert isinstance(held, HeldByQuota)
    assert (held.until, held.stated) == (1000 + seconds, False)


async def test_the_report_knows_the_clock(bench: Bench) -> None:
    await bench.run(GONE)
    clock = (await bench.jobs.quota(asker())).clock

    assert clock is not None
    assert (clock.until, clock.requested, clock.left) == (1754, 60, 3)


# --- whose quota ----------------------------------------------------------------------------------------


async def test_the_token_with_the_most_quota_left_is_used_first(stores: Stores) -> None:
    bench = two_tokens(stores)
    bench.hub.left = {"hf_a": 20.0, "hf_b": 300.0}
    await bench.run(RESPONSE)

    assert bench.provider.tokens == ["hf_b"]


async def test_the_next_token_takes_over_when_one_is_used_up(stores: Stores) -> None:
    bench = two_tokens(stores)
    bench.provider.by_token = {"hf_a": (GONE,), "hf_b": (RESPONSE,)}
    first, second = await bench.run(), await bench.run()

    assert first.final[0].pictures
    assert second.final[0].pictures
    assert bench.provider.tokens == ["hf_a", "hf_b", "hf_b"]


async def test_when_all_are_used_up_the_first_that_returns_counts(stores: Stores) -> None:
    bench = two_tokens(stores)
    bench.provider.by_token = {"hf_a": (GONE,), "hf_b": (GpuQuotaExceeded("no", retry_after=100),)}
    await bench.run()
    with pytest.raises(HeldByQuota) as caught:
        await bench.run(user_id=2)

    assert caught.value.until == 1100


async def test_when_the_space_itself_is_used_up_no_other_token_is_tried(stores: Stores) -> None:
    bench = two_tokens(stores)
    await bench.run(GpuSpaceLimitReached("no"))

    assert bench.provider.tokens == ["hf_a"]


async def test_a_token_whose_quota_is_gone_again_at_once_is_not_tried_for_ever(bench: Bench) -> None:
    reply = await bench.run(GpuQuotaExceeded("no", retry_after=1e-20))

    assert told(reply) == [HeldByQuota]
    assert len(bench.provider.requests) == 2


async def test_the_hub_is_asked_once_a_minute(stores: Stores) -> None:
    bench = Bench(stores, operators=operators(["hf_a"]))
    await bench.run(RESPONSE, count=2)
    asked = len(bench.hub.asked)
    bench.now += 60
    await bench.run(RESPONSE)

    assert (asked, len(bench.hub.asked)) == (1, 2)


async def test_a_hub_that_does_not_answer_keeps_no_picture_from_its_user(stores: Stores) -> None:
    bench = two_tokens(stores)
    bench.hub.left = {}

    assert (await bench.run(RESPONSE)).final[0].pictures


async def test_a_token_of_the_operators_that_the_hub_refuses_comes_last(
    stores: Stores, caplog: pytest.LogCaptureFixture
) -> None:
    bench = two_tokens(stores)
    bench.hub.strangers = {"hf_a"}
    await bench.run(RESPONSE)

    assert bench.provider.tokens == ["hf_b"]
    assert "of the operator is refused" in caplog.text
    assert "hf_a" not in caplog.text


async def test_the_report_says_what_is_left(stores: Stores) -> None:
    bench = two_tokens(stores)
    bench.hub.left = {"hf_a": 20.0, "hf_b": 300.0}
    report = await bench.jobs.quota(asker())

    assert (report.seconds_left, report.has_token, report.clock) == (300.0, False, None)


# --- users' own -----------------------------------------------------------------------------------------


async def test_a_users_own_token_draws_for_them_first_and_for_nobody_else(bench: Bench) -> None:
    await bench.jobs.accounts.link(1, OWN)
    await bench.run(RESPONSE)
    await bench.run(RESPONSE, user_id=2)

    assert bench.provider.tokens == [OWN, None]
    assert (await bench.jobs.quota(asker())).has_token


async def test_when_the_users_own_is_used_up_the_operators_serves(bench: Bench) -> None:
    await bench.jobs.accounts.link(1, OWN)
    bench.provider.by_token = {OWN: (GONE,), None: (RESPONSE,)}

    assert (await bench.run()).final[0].pictures
    assert bench.provider.tokens == [OWN, None]


async def test_a_user_with_a_token_draws_while_the_operators_is_used_up(bench: Bench) -> None:
    await bench.run(GONE, user_id=2)
    await bench.jobs.accounts.link(1, OWN)

    assert (await bench.run(RESPONSE)).final[0].pictures
    with pytest.raises(HeldByQuota):
        await bench.run(user_id=2)


@pytest.mark.parametrize("who", ["hub", "space"])
async def test_a_token_that_is_refused_is_forgotten_its_user_told_and_the_picture_drawn(
    bench: Bench, who: str
) -> None:
    await bench.jobs.accounts.link(1, OWN)
    if who == "hub":
        bench.hub.strangers = {OWN}
    bench.provider.by_token = {OWN: (NotAuthenticated("no", status=401),), None: (RESPONSE,)}
    reply = await bench.run()

    assert [type(error) for error in reply.told] == [TokenRefused]
    assert reply.final[0].pictures
    assert bench.provider.tokens == ([None] if who == "hub" else [OWN, None])
    assert not await bench.jobs.accounts.has_token(1)


async def test_a_token_linked_meanwhile_is_not_forgotten_with_the_refused_one(bench: Bench) -> None:
    await bench.jobs.accounts.link(1, OWN)
    bench.provider.by_token = {OWN: (gate := asyncio.Event(), NotAuthenticated("no", status=401))}
    running = await bench.begun(RESPONSE, reply=NotedReply())
    await bench.jobs.accounts.link(1, "hf_new")
    gate.set()
    await running

    assert bench.provider.tokens == [OWN, "hf_new"]


async def test_a_token_is_checked_before_it_is_kept(bench: Bench) -> None:
    bench.hub.strangers = {OWN}
    with pytest.raises(TokenRefused):
        await bench.jobs.accounts.link(1, OWN)

    assert not await bench.jobs.accounts.has_token(1)


async def test_a_token_can_be_forgotten(bench: Bench) -> None:
    await bench.jobs.accounts.link(1, OWN)

    assert await bench.jobs.accounts.forget(1)
    assert not await bench.jobs.accounts.forget(1)
    await bench.run(RESPONSE)
    assert bench.provider.tokens == [None]


async def test_without_a_key_no_token_is_sent_to_be_checked() -> None:
    async with open_store("sqlite://") as stores:
        bench = Bench(stores)
        bench.hub.strangers = {OWN}
        with pytest.raises(TokensNotKept):
            await bench.jobs.accounts.link(1, OWN)

    assert not bench.jobs.accounts.can_link


async def test_no_token_is_logged_or_told(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    await bench.jobs.accounts.link(1, OWN)
    bench.provider.by_token = {OWN: (GONE,)}
    await bench.run(NotAuthenticated("no"))
    bench.now += 754
    bench.provider.by_token = {OWN: (NotAuthenticated("no"),)}
    reply = await bench.run(QueueFull())

    assert OWN not in caplog.text + repr(reply.told) + repr(reply.final)


# --- strikes --------------------------------------------------------------------------------------------


async def test_repeated_quota_errors_lengthen_the_users_own_wait(bench: Bench) -> None:
    short = GpuQuotaExceeded("no", retry_after=10)
    waits = []
    for _ in range(3):
        await bench.run(short)
        bench.now += 10  # the clock has run out
        with pytest.raises(HeldByStrikes) as caught:
            await bench.run(RESPONSE)
        waits.append(caught.value.until - bench.now + 10)
        bench.now = caught.value.until

    assert waits == [60, 120, 240]
    assert (await bench.run(RESPONSE)).final[0].pictures


async def test_another_user_does_not_wait_for_it(bench: Bench) -> None:
    await bench.run(GpuQuotaExceeded("no", retry_after=10))
    bench.now += 10

    assert (await bench.run(RESPONSE, user_id=2)).final[0].pictures


async def test_a_clock_that_refuses_is_no_strike(bench: Bench) -> None:
    await bench.run(GpuQuotaExceeded("no", retry_after=100))
    for _ in range(3):
        with pytest.raises(HeldByQuota):
            await bench.run(RESPONSE, user_id=2)
    bench.now += 100

    assert (await bench.jobs.quota(asker(user_id=2))).strikes_until is None


async def test_a_picture_that_another_token_draws_is_no_strike(stores: Stores) -> None:
    bench = two_tokens(stores)
    bench.provider.by_token = {"hf_a": (GONE,), "hf_b": (RESPONSE,)}
    await bench.run()

    assert (await bench.jobs.quota(asker())).strikes_until is None


# --- other failures -------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [NoGpuAvailable("no"), GpuTaskAborted("no"), GpuWorkerFailed("no")])
async def test_what_may_pass_is_tried_once_more(bench: Bench, error: ProviderError) -> None:
    bench.provider.scripts.extend([(error,), (RESPONSE,)])
    reply = await bench.run()

    assert reply.final[0].pictures
    assert Waiting(retry_at=1000.0 + 0.0) in [board.slots[0] for board in reply.shown]


@pytest.mark.parametrize("error", [NoGpuAvailable("no"), GpuTaskAborted("no"), GpuWorkerFailed("no")])
async def test_it_is_tried_no_third_time(bench: Bench, error: ProviderError) -> None:
    reply = await bench.run(error)

    assert told(reply) == [type(error)]
    assert len(bench.provider.requests) == 2


@pytest.mark.parametrize("error", [RequestRefused("no"), QueueFull(), NotAuthenticated("no")])
async def test_what_will_not_pass_is_not_tried_again(bench: Bench, error: ProviderError) -> None:
    reply = await bench.run(error)

    assert told(reply) == [type(error)]
    assert len(bench.provider.requests) == 1


# --- the line -------------------------------------------------------------------------------------------


async def test_a_waiting_job_shows_its_place_and_only_when_it_changes(stores: Stores) -> None:
    bench = Bench(stores, at_once=1)
    gate = asyncio.Event()
    first = await bench.begun(gate, RESPONSE, reply=NotedReply(), user_id=9)
    replies = [NotedReply() for _ in range(3)]
    waiting = []
    for user_id, reply in enumerate(replies, 1):
        waiting.append(asyncio.create_task(bench.run(reply=reply, user_id=user_id)))
        while not reply.shown:
            await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(first, *waiting)
    places = [
        [slot.rank for board in reply.shown for slot in board.slots if isinstance(slot, Waiting)]
        for reply in replies
    ]

    assert places == [[0], [1, 0], [2, 1, 0]]


async def test_no_more_pictures_are_at_the_service_than_may_be(stores: Stores) -> None:
    bench = Bench(stores, at_once=2)
    gates = [asyncio.Event() for _ in range(5)]
    bench.provider.scripts.extend((gate, RESPONSE) for gate in gates)
    jobs = [asyncio.create_task(bench.run(user_id=user)) for user in range(5)]
    for number, gate in enumerate(gates):
        while len(bench.provider.requests) < min(number + 2, 5):
            await asyncio.sleep(0.001)
        await asyncio.sleep(0.01)
        assert len(bench.provider.requests) == min(number + 2, 5)
        gate.set()
    await asyncio.gather(*jobs)

    assert len(bench.provider.requests) == 5


async def test_a_waiting_job_is_listed_with_its_place(stores: Stores) -> None:
    bench = Bench(stores, at_once=1)
    reply = NotedReply()
    first = await bench.begun(gate := asyncio.Event(), Queued(0, 1), RESPONSE, reply=NotedReply(), user_id=9)
    waiting = asyncio.create_task(bench.run(reply=reply))
    while not reply.shown:
        await asyncio.sleep(0)
    [mine] = await bench.jobs.open_jobs(1)
    [theirs] = await bench.jobs.open_jobs(9)
    gate.set()
    await asyncio.gather(first, waiting)

    assert (mine.job.id, mine.ahead, mine.job.state) == ("job2", 0, JobState.WAITING)
    assert (theirs.job.id, theirs.ahead, theirs.job.state) == ("job1", None, JobState.RUNNING)
