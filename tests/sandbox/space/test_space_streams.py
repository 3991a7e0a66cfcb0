"""What a visitor of the loopback Space reads on its two streams."""

import asyncio

import aiohttp
import pytest

from bot.sandbox.space import Outcome, Wording
from tests.sandbox.space.conftest import Visit
from tests.sandbox.space.visitor import TIMEOUT, named


async def test_a_plain_function_tells_the_queue_then_steps_then_the_picture(visit: Visit) -> None:
    visitor = await visit()

    messages = await visitor.draw()

    assert [message["msg"] for message in messages] == [
        *("estimation", "process_starts", "log", "log", "progress", "progress", "progress"),
        *("process_completed", "close_stream"),
    ]
    assert [message["progress_data"] for message in named(messages, "progress")][-1] == []


async def test_the_visitor_learns_that_a_gpu_is_waited_for(visit: Visit) -> None:
    messages = await (await visit()).draw()

    log = named(messages, "log")[0]
    assert (log["log"], log["title"]) == ("Waiting for a GPU to become available", "ZeroGPU queue")


async def test_a_generator_shows_as_many_previews_as_asked_and_repeats_the_last_yield(visit: Visit) -> None:
    visitor = await visit(previews=3, steps=8)

    messages = await visitor.draw()

    urls = [message["output"]["data"][0]["url"] for message in named(messages, "process_generating")]
    assert len(set(urls)) == 3 + 1
    assert named(messages, "process_completed")[0]["output"]["data"] == [
        *named(messages, "process_generating")[-1]["output"]["data"]
    ]


async def test_every_preview_and_the_picture_can_be_fetched(visit: Visit) -> None:
    visitor = await visit(previews=1)

    for message in named(await visitor.draw(), "process_generating"):
        status, picture = await visitor.get(message["output"]["data"][0]["url"])

        assert (status, picture[:4], picture[8:12]) == (200, b"RIFF", b"WEBP")


async def test_the_call_stream_tells_results_only(visit: Visit) -> None:
    visitor = await visit(previews=2, steps=4)

    body = await visitor.call(await visitor.submit())

    events = [line for line in body.splitlines() if line.startswith("event: ")]
    assert events == ["event: generating"] * 3 + ["event: complete"]


async def test_the_seed_that_was_asked_for_comes_back(visit: Visit) -> None:
    messages = await (await visit()).draw(seed=12)

    assert named(messages, "process_completed")[0]["output"]["data"][1] == 12


async def test_a_random_seed_is_picked_by_the_space(visit: Visit) -> None:
    visitor = await visit(pick_seed=lambda: 99)

    messages = await visitor.draw(seed=12, randomize_seed=True)

    assert named(messages, "process_completed")[0]["output"]["data"][1] == 99


async def test_as_many_steps_are_shown_as_were_asked_for(visit: Visit) -> None:
    visitor = await visit(steps=None)

    messages = await visitor.draw(num_inference_steps=5)

    steps = [message["progress_data"] for message in named(messages, "progress")]
    assert [step[0]["index"] for step in steps if step] == [0, 1, 2, 3, 4]


async def test_a_late_reader_gets_everything_again(visit: Visit) -> None:
    visitor = await visit(previews=1)
    event_id = await visitor.submit()
    await visitor.space.ledger.until(lambda: bool(visitor.space.ledger.with_outcome(Outcome.COMPLETED)))

    async with visitor.reading(event_id) as stream:
        messages = await stream.rest()

    assert messages[0]["msg"] == "estimation"
    assert messages[-1]["msg"] == "close_stream"


async def test_the_reader_of_a_finished_event_gets_heartbeats_for_ever(visit: Visit) -> None:
    visitor = await visit(heartbeat=0.01)
    event_id = await visitor.submit()
    await visitor.call(event_id)

    async with visitor.reading(event_id) as stream:
        messages = [await stream.message() for _ in range(3)]

    assert messages == [{"msg": "heartbeat", "event_id": None}] * 3


async def test_heartbeats_come_while_nothing_happens(visit: Visit) -> None:
    visitor = await visit(heartbeat=0.01, seconds_per_step=60)

    async with visitor.reading(await visitor.submit()) as stream:
        await stream.until("heartbeat")


async def test_heartbeats_on_the_call_stream_are_events(visit: Visit) -> None:
    visitor = await visit(heartbeat=0.01, seconds_per_step=60)
    event_id = await visitor.submit()

    async with visitor.web.get(f"{visitor.space.api}/call/infer/{event_id}") as response:
        assert await response.content.readexactly(29) == b"event: heartbeat\ndata: null\n\n"


async def test_two_readers_of_one_event_share_its_messages(visit: Visit) -> None:
    visitor = await visit(seconds_per_step=0.01, steps=10)
    visitor.space.heartbeat = 0.01
    event_id = await visitor.submit()

    async with visitor.reading(event_id) as one, visitor.reading(event_id) as other:
        reads = [asyncio.create_task(stream.until("process_completed")) for stream in (one, other)]
        done, late = await asyncio.wait(reads, timeout=TIMEOUT, return_when=asyncio.FIRST_COMPLETED)

        assert (len(done), len(late)) == (1, 1)
        late.pop().cancel()


@pytest.mark.parametrize("path", ["/call/infer/nobody", "/queue/data?session_hash=nobody"])
async def test_an_unknown_event_is_said_so_and_the_stream_is_cut_without_its_last_chunk(
    visit: Visit, path: str
) -> None:
    visitor = await visit()
    lines = []

    async with visitor.web.get(visitor.space.api + path) as response:
        with pytest.raises(aiohttp.ClientPayloadError):
            lines += [line async for line in response.content]

    assert response.status == 200


async def test_a_reader_who_comes_back_finds_the_event_gone(visit: Visit) -> None:
    visitor = await visit(seconds_per_step=0.01, steps=500, previews=400)
    event_id = await visitor.submit()
    async with visitor.reading(event_id) as stream:
        await stream.until("process_generating")
        stream.leave()
    await visitor.space.ledger.until(lambda: bool(visitor.space.ledger.with_outcome(Outcome.ABANDONED)))

    async with visitor.reading(event_id) as stream:
        gone = await stream.message()

    assert (gone["msg"], gone["message"]) == ("unexpected_error", "404: Not Found")


async def test_several_events_may_share_one_stream(visit: Visit) -> None:
    visitor = await visit()
    data = [*("a", "", 1, False, 512, 512, 4.5, 1)]
    for _ in range(2):
        await visitor.post("/call/infer", {"data": data, "session_hash": "shared"})

    async with visitor.reading("shared") as stream:
        names = [message["msg"] for message in await stream.rest()]

    assert (names.count("process_completed"), names.count("close_stream")) == (2, 1)


async def test_line_separators_inside_a_line_are_not_escaped(visit: Visit) -> None:
    """As Gradio's encoder leaves them, so that a reader who splits on more than \\n breaks."""
    visitor = await visit(mood=Wording("one\u2028two\u0085three", "Error", "none"))

    async with visitor.reading(await visitor.submit()) as stream:
        failure = await stream.until("process_completed")

    assert failure["output"]["error"] == "one\u2028two\u0085three"
    assert "one\u2028two\u0085three".encode() in stream.raw
