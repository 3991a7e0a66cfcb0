"""The loopback Space's queue: who waits, who is served, and how an event ends before its time."""

import asyncio
import json

import pytest

from bot.sandbox.space import LoopbackSpace, Mood, Outcome
from tests.sandbox.space.conftest import Visit
from tests.sandbox.space.visitor import Visitor, named

HOLD = 60.0  # seconds per step; longer than any test


async def settled(space: LoopbackSpace, number: int, outcome: Outcome) -> None:
    """Wait until the request of that number stands there."""
    await space.ledger.until(lambda: space.requests[number].outcome is outcome)


async def test_a_second_request_waits_until_the_first_is_done(visit: Visit) -> None:
    visitor = await visit(seconds_per_step=0.01)
    first, second = await visitor.submit(), await visitor.submit()

    async with visitor.reading(second) as stream:
        messages = await stream.rest()

    assert [message["rank"] for message in named(messages, "estimation")] == [0]
    assert [posted.outcome for posted in visitor.space.requests] == [Outcome.COMPLETED] * 2
    assert first != second


async def test_ranks_are_told_again_when_the_queue_moves(visit: Visit) -> None:
    visitor = await visit(seconds_per_step=0.01)
    for _ in range(3):
        await visitor.submit()

    messages = await visitor.draw()

    ranks = [(message["rank"], message["queue_size"]) for message in named(messages, "estimation")]
    assert ranks == [(2, 3), (1, 2), (0, 1)]


async def test_the_eta_is_unknown_until_one_picture_was_painted(visit: Visit) -> None:
    visitor = await visit()

    before = named(await visitor.draw(), "estimation")[0]["rank_eta"]
    after = named(await visitor.draw(), "estimation")[0]["rank_eta"]

    assert before is None
    assert after > 0


async def test_as_many_are_served_at_once_as_the_concurrency_says(visit: Visit) -> None:
    visitor = await visit(concurrency=2, seconds_per_step=HOLD)
    for _ in range(3):
        await visitor.submit()
    await settled(visitor.space, 1, Outcome.RUNNING)

    outcomes = [posted.outcome for posted in visitor.space.requests]

    assert outcomes == [Outcome.RUNNING, Outcome.RUNNING, Outcome.WAITING]


async def test_a_full_queue_is_a_503_with_a_sentence(visit: Visit) -> None:
    visitor = await visit(queue_size=1, seconds_per_step=HOLD)
    await visitor.submit()
    await visitor.submit()

    status, body = await visitor.ask()

    assert status == 503
    assert json.loads(body) == {"detail": "Queue is full. Max size is 1 and size is 1."}
    assert visitor.space.requests[-1].outcome is Outcome.REFUSED


async def test_leaving_the_queue_means_that_nothing_is_painted(visit: Visit) -> None:
    visitor = await visit(seconds_per_step=HOLD)
    await visitor.submit()
    async with visitor.reading(await visitor.submit()) as stream:
        await stream.until("estimation")
        stream.leave()

    await settled(visitor.space, 1, Outcome.ABANDONED)

    assert visitor.space.requests[1].runs == 0


async def test_a_generator_whose_reader_left_stops_at_its_next_yield(visit: Visit) -> None:
    visitor = await visit(seconds_per_step=0.001, steps=5000, previews=4999)
    async with visitor.reading(await visitor.submit()) as stream:
        await stream.until("process_generating")
        stream.leave()

    await settled(visitor.space, 0, Outcome.ABANDONED)


async def test_a_plain_function_whose_reader_left_keeps_its_place_to_the_end(visit: Visit) -> None:
    visitor = await visit(seconds_per_step=0.02, steps=5)
    async with visitor.reading(await visitor.submit()) as stream:
        await stream.until("progress")
        stream.leave()
    await visitor.draw()

    assert [posted.outcome for posted in visitor.space.requests] == [Outcome.ABANDONED, Outcome.COMPLETED]


@pytest.mark.parametrize("previews", [0, 2])
async def test_cancelling_what_runs_frees_its_place_at_once(visit: Visit, previews: int) -> None:
    visitor = await visit(seconds_per_step=HOLD, previews=previews)
    event_id = await visitor.submit()
    async with visitor.reading(event_id) as stream:
        await stream.until("progress")
        answer = await visitor.cancel(event_id)
        end = await stream.rest()
    visitor.space.seconds_per_step = 0
    await visitor.draw()

    assert answer == (200, '{"success":true}')
    assert end[0]["output"] == {}
    assert end[0]["success"] is True
    assert [posted.outcome for posted in visitor.space.requests] == [Outcome.CANCELLED, Outcome.COMPLETED]


async def test_a_cancelled_event_is_complete_with_null_on_the_call_stream(visit: Visit) -> None:
    visitor = await visit(seconds_per_step=HOLD)
    event_id = await visitor.submit()
    await visitor.cancel(event_id)

    assert await visitor.call(event_id) == "event: complete\ndata: null\n\n"


async def cancelled_in_the_queue(visitor: Visitor) -> None:
    """Cancel the second of two requests, and let the first go on."""
    first, second = await visitor.submit(), await visitor.submit()
    await visitor.cancel(second)
    await visitor.call(second)
    await visitor.cancel(first)


async def test_cancelling_what_waits_removes_it(visit: Visit) -> None:
    visitor = await visit(seconds_per_step=HOLD)

    await cancelled_in_the_queue(visitor)

    assert visitor.space.requests[1].outcome is Outcome.CANCELLED
    assert visitor.space.requests[1].runs == 0


async def test_on_5_50_what_is_cancelled_in_the_queue_runs_nevertheless(visit: Visit) -> None:
    visitor = await visit(seconds_per_step=HOLD, version="5.50")

    await cancelled_in_the_queue(visitor)

    await settled(visitor.space, 1, Outcome.RUNNING)


async def test_a_wrong_fn_index_ends_the_stream_and_not_the_work(visit: Visit) -> None:
    visitor = await visit(seconds_per_step=0.05, steps=4, previews=2)
    event_id = await visitor.submit()
    async with visitor.reading(event_id) as stream:
        await stream.until("progress")
        await visitor.cancel(event_id, fn_index=4)
        end = await stream.until("process_completed")
    await settled(visitor.space, 0, Outcome.COMPLETED)

    assert end["output"] == {}
    assert visitor.space.requests[0].runs == 1


async def test_on_5_50_a_wrong_fn_index_starts_a_generator_again(visit: Visit) -> None:
    visitor = await visit(seconds_per_step=0.02, steps=4, previews=2, version="5.50")
    event_id = await visitor.submit()
    async with visitor.reading(event_id) as stream:
        await stream.until("progress")
        await visitor.cancel(event_id, fn_index=4)
        await stream.until("process_completed")
    await settled(visitor.space, 0, Outcome.COMPLETED)

    assert visitor.space.requests[0].runs == 2


async def test_cancelling_what_nobody_knows_succeeds(visit: Visit) -> None:
    assert await (await visit()).cancel("nobody") == (200, '{"success":true}')


async def test_a_cancel_says_what_it_lacks(visit: Visit) -> None:
    status, body = await (await visit()).post("/cancel", {"session_hash": "a"})

    assert status == 422
    assert "fn_index" in body


async def test_a_post_without_a_reader_is_painted_to_its_end(visit: Visit) -> None:
    visitor = await visit(previews=2)
    await visitor.submit()

    await settled(visitor.space, 0, Outcome.COMPLETED)


async def test_a_cancelled_event_that_had_not_begun_frees_its_place_too(visit: Visit) -> None:
    """A task that is cancelled before its first step never runs its own `finally`."""
    visitor = await visit(seconds_per_step=HOLD)
    answers = await asyncio.gather(*(visitor.ask() for _ in range(3)))
    for _, body in answers:
        await visitor.cancel(json.loads(body)["event_id"])

    ledger = visitor.space.ledger
    await ledger.until(lambda: len(ledger.with_outcome(Outcome.CANCELLED)) == 3)


async def visited_and_left(space: LoopbackSpace, visit: Visit) -> None:
    """Ask a Space for a picture of any seed, see it fail, and leave."""
    async with space:
        await Visitor(space, (await visit()).web).submit(randomize_seed=True)
        await settled(space, 0, Outcome.FAILED)


async def test_a_bug_in_the_sandbox_is_raised_when_the_space_is_left(visit: Visit) -> None:
    def broken() -> int:
        raise ZeroDivisionError

    with pytest.raises(BaseExceptionGroup, match="the loopback Space broke"):
        await visited_and_left(LoopbackSpace(pick_seed=broken), visit)


async def test_leaving_the_space_stops_its_work(visit: Visit) -> None:
    async with LoopbackSpace(seconds_per_step=HOLD, mood=Mood.CALM) as space:
        visitor = Visitor(space, (await visit()).web)
        await visitor.submit()
        await settled(space, 0, Outcome.RUNNING)

    await settled(space, 0, Outcome.CANCELLED)
