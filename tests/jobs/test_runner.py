"""A job: it ends in exactly one picture or one sentence, whatever happens on the way."""

import asyncio
import logging
from typing import Any, Self

import pytest

from bot.domain.board import Drawn, NotDrawn
from bot.domain.errors import (
    DeliveryFailed,
    ImagineError,
    OutOfRange,
    PromptMissing,
    QueueFull,
    ReplyGone,
    Restarting,
    StreamCut,
    Unforeseen,
    UnknownModel,
)
from bot.domain.events import Progress, Queued
from bot.domain.job import JobState, PictureRef
from bot.domain.limits import Limits, Range
from bot.domain.stage import Drawing, Waiting
from tests.fakes import RESPONSE, Line, NotedReply, webp
from tests.jobs.bench import PLACE, Bench, asker, told


async def test_a_picture_is_shown_step_by_step_and_delivered(bench: Bench) -> None:
    reply = await bench.run(Queued(1, 2), Progress(1, 2), RESPONSE)

    assert [board.slots[0] for board in reply.shown[:2]] == [Waiting(1), Drawing(1, 2)]
    assert [picture.image for picture in reply.final[0].pictures] == [webp()]
    assert await bench.state() is JobState.DELIVERED


async def test_a_job_is_a_row_before_anything_is_sent(bench: Bench) -> None:
    running = await bench.begun(gate := asyncio.Event(), RESPONSE, reply=NotedReply())

    assert await bench.state() is JobState.RUNNING
    gate.set()
    await running


async def test_the_place_of_the_reply_is_written_down(bench: Bench) -> None:
    reply = await bench.run(RESPONSE)
    job = await bench.store.get("job1")

    assert job is not None
    assert job.place == reply.place


async def test_a_delivered_picture_is_known_by_its_message(bench: Bench) -> None:
    await bench.run(RESPONSE)

    assert [kept.ref for kept in await bench.store.at_message(4)] == [PictureRef("job1", 0)]


async def test_a_seed_that_is_given_is_the_seed_that_draws(bench: Bench) -> None:
    assert (await bench.board(seed=0)).job.requests[0].seed == 0


async def test_several_pictures_have_neighbouring_seeds(bench: Bench) -> None:
    board = await bench.board(seed=2**31 - 2, count=4)

    assert [request.seed for request in board.job.requests] == [2**31 - 2, 2**31 - 1, 0, 1]


async def test_each_prompt_of_several_has_its_pictures(bench: Bench) -> None:
    board = await bench.board(prompts=("a red fox", "a blue fox"), count=2)

    assert [request.prompt for request in board.job.requests] == ["a red fox"] * 2 + ["a blue fox"] * 2


async def test_too_many_pictures_are_refused(bench: Bench) -> None:
    with pytest.raises(OutOfRange):
        await bench.board(prompts=("a", "b", "c"), count=3)


@pytest.mark.parametrize(
    ("wish", "error"), [({"prompts": (" ",)}, PromptMissing), ({"model": "x"}, UnknownModel)]
)
async def test_what_cannot_be_drawn_is_refused_before_anything_is_sent(
    bench: Bench, wish: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        await bench.board(**wish)

    assert bench.provider.requests == []


async def test_the_live_limits_count(bench: Bench) -> None:
    bench.provider.known = Limits(width=Range(512, 768))

    assert (await bench.board()).job.requests[0].size.width == 768


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ((QueueFull(),), QueueFull),
        ((Queued(0, 1),), StreamCut),
        ((Progress(1, 2), ZeroDivisionError()), Unforeseen),
    ],
)
async def test_every_failure_is_told_once_under_its_reference(
    bench: Bench, script: tuple[Line, ...], error: type[ImagineError], caplog: pytest.LogCaptureFixture
) -> None:
    reply = await bench.run(*script)

    assert told(reply) == [error]
    assert [slot.reference for slot in reply.final[0].errors] == ["3f9a2c"]
    assert "3f9a2c" in caplog.text
    assert await bench.state() is JobState.FAILED


async def test_a_failed_picture_does_not_take_the_others_with_it(bench: Bench) -> None:
    bench.provider.scripts.extend([(RESPONSE,), (QueueFull(),), (RESPONSE,)])
    reply = await bench.run(count=3)

    assert [type(slot) for slot in reply.final[0].slots] == [Drawn, NotDrawn, Drawn]
    assert await bench.state() is JobState.DELIVERED


async def test_the_prompt_is_not_logged(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    await bench.run(QueueFull())

    assert "a fox" not in caplog.text


async def test_what_is_not_acknowledged_costs_nothing(bench: Bench) -> None:
    board = await bench.board()
    with pytest.raises(DeliveryFailed):
        async with bench.jobs.admitted(board, asker(), PLACE):
            raise DeliveryFailed(404, 10062)

    assert await bench.charged() == []
    assert await bench.state() is JobState.CANCELLED
    assert await bench.store.unfinished() == []


async def test_a_picture_that_discord_takes_nowhere_is_kept(bench: Bench) -> None:
    await bench.run(RESPONSE, reply=NotedReply(DeliveryFailed(404, 10008)))
    [kept] = await bench.store.last(1, 10)

    assert (kept.has_image, kept.url, kept.job.state) == (True, None, JobState.FAILED)
    assert await bench.store.image(kept.ref) == webp()


async def test_a_deleted_reply_cancels_the_work(bench: Bench) -> None:
    reply = NotedReply(ReplyGone())
    running = await bench.begun(Queued(0, 1), asyncio.Event(), reply=reply)
    reply.gone.set()
    await running

    assert bench.provider.closed.is_set()
    assert await bench.state() is JobState.CANCELLED


async def test_a_cancelled_job_ends_at_the_service_and_in_its_reply(bench: Bench) -> None:
    reply = NotedReply()
    running = await bench.begun(Queued(0, 1), asyncio.Event(), reply=reply)

    assert await bench.jobs.cancel("job1")
    await running
    assert told(reply) == [None]
    assert bench.provider.closed.is_set()
    assert await bench.state() is JobState.CANCELLED


async def test_a_job_can_be_cancelled_before_its_reply_is_open(bench: Bench) -> None:
    class Cancelled(NotedReply):
        async def __aenter__(self) -> Self:
            assert await bench.jobs.cancel("job1")
            return self

    reply = await bench.run(asyncio.Event(), reply=Cancelled())

    assert told(reply) == [None]
    assert bench.provider.requests == []


async def test_what_was_drawn_before_a_cancellation_is_delivered(bench: Bench) -> None:
    bench.provider.scripts.append((RESPONSE,))
    reply = NotedReply()
    running = await bench.begun(asyncio.Event(), reply=reply, count=2)
    while len(bench.provider.requests) < 2:
        await asyncio.sleep(0)
    await bench.jobs.cancel("job1")
    await running

    assert [type(slot) for slot in reply.final[0].slots] == [Drawn, NotDrawn]
    assert await bench.state() is JobState.DELIVERED


async def test_a_job_that_does_not_run_cannot_be_cancelled(bench: Bench) -> None:
    await bench.run(RESPONSE)

    assert not await bench.jobs.cancel("job1")


async def test_a_picture_made_from_another_links_to_it(bench: Bench) -> None:
    await bench.run(RESPONSE)
    board = await bench.board(parent=PictureRef("job1", 0))

    assert board.parent_url == "https://discord.com/channels/2/3/4"


async def test_draining_lets_a_picture_finish(bench: Bench) -> None:
    running = await bench.begun(gate := asyncio.Event(), RESPONSE, reply=NotedReply())
    draining = asyncio.create_task(bench.jobs.drain(60))
    await asyncio.sleep(0)
    gate.set()
    await draining

    assert (await running).final[0].pictures


async def test_draining_ends_what_takes_too_long_and_tells_its_user(bench: Bench) -> None:
    running = await bench.begun(Queued(0, 1), asyncio.Event(), reply=NotedReply())
    await bench.jobs.drain(0)

    assert told(await running) == [Restarting]
    assert bench.provider.closed.is_set()


async def test_nothing_new_is_begun_while_draining(bench: Bench) -> None:
    await bench.jobs.drain(0)
    with pytest.raises(Restarting):
        await bench.run(RESPONSE)
