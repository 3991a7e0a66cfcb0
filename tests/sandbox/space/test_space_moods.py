"""Every mood of the loopback Space, as a visitor meets it."""

import json
from collections import deque

import aiohttp
import pytest
from PIL import Image

from bot.sandbox.space import WORDINGS, Budget, Mood, Outcome, Wording
from tests.sandbox.space.conftest import Visit
from tests.sandbox.space.visitor import Visitor, named

END = "process_completed"


async def picture_url(visitor: Visitor) -> str:
    """Ask for a picture, and return its URL."""
    return str(named(await visitor.draw(), END)[0]["output"]["data"][0]["url"])


async def test_a_mood_may_change_while_the_space_runs(visit: Visit) -> None:
    visitor = await visit()
    outcomes = []
    for mood in (Mood.CALM, Mood.QUOTA, Mood.CALM):
        visitor.space.mood = mood
        outcomes.append(named(await visitor.draw(), END)[0]["success"])

    assert outcomes == [True, False, True]


async def test_a_script_says_what_happens_to_the_next_requests(visit: Visit) -> None:
    visitor = await visit(script=deque([Mood.CRASH, WORDINGS[3]]))

    ends = [named(await visitor.draw(), END)[0]["output"] for _ in range(3)]

    assert ends[0] == {"error": None}
    assert ends[1]["error"] == WORDINGS[3].message
    assert "data" in ends[2]


@pytest.mark.parametrize(
    "wording", WORDINGS, ids=lambda wording: f"{wording.release}: {wording.message[:24]}"
)
async def test_each_wording_reaches_the_visitor_word_by_word(visit: Visit, wording: Wording) -> None:
    end = named(await (await visit(mood=wording)).draw(), END)[0]

    assert end["output"]["error"] == wording.message
    assert end["output"]["title"] == end["title"] == wording.title


async def test_no_gpu_comes_after_a_wait_for_one(visit: Visit) -> None:
    messages = await (await visit(mood=Mood.NO_GPU)).draw()

    assert named(messages, "log")[0]["log"] == "Waiting for a GPU to become available"
    assert named(messages, END)[0]["title"] == "ZeroGPU queue timeout"


async def test_the_quota_may_end_after_two_previews_and_the_outer_title_is_gone_then(visit: Visit) -> None:
    messages = await (await visit(mood=Mood.MID_QUOTA)).draw()

    assert len(named(messages, "process_generating")) == 2
    assert named(messages, END)[0]["title"] is None
    assert named(messages, END)[0]["output"]["title"] == "ZeroGPU quota exceeded"


async def test_up_to_gradio_6_12_the_call_stream_does_not_say_why(visit: Visit) -> None:
    visitor = await visit(mood=Mood.QUOTA, version="5.50")

    assert await visitor.call(await visitor.submit()) == "event: error\ndata: null\n\n"


async def test_gradio_4_puts_an_errors_words_in_quotes_and_has_no_titles(visit: Visit) -> None:
    end = named(await (await visit(mood=Mood.QUOTA, version="4.44")).draw(), END)[0]

    assert end["output"]["error"] == repr(WORDINGS[0].message)
    assert "title" not in end
    assert "title" not in end["output"]


@pytest.mark.parametrize(
    ("mood", "status", "body"),
    [
        (Mood.QUEUE_FULL, 503, '{"detail":"Queue is full. Max size is 1 and size is 1."}'),
        (Mood.UNAUTHORIZED, 401, '{"detail":{"error":"Not authenticated","auth_message":null}}'),
        (Mood.SERVER_ERROR, 500, "<!DOCTYPE html>"),
        (Mood.HTML, 200, "<!DOCTYPE html>"),
    ],
)
async def test_some_moods_take_no_request_in(visit: Visit, mood: Mood, status: int, body: str) -> None:
    visitor = await visit(mood=mood)

    answered, text = await visitor.ask()

    assert answered == status
    assert text.startswith(body)
    assert visitor.space.requests[0].outcome is Outcome.REFUSED


async def test_silence_is_heartbeats_only(visit: Visit) -> None:
    visitor = await visit(mood=Mood.SILENT, heartbeat=0.01)

    async with visitor.reading(await visitor.submit()) as stream:
        messages = [await stream.message() for _ in range(3)]

    assert [message["msg"] for message in messages] == ["heartbeat"] * 3


async def test_silence_ends_when_its_reader_leaves(visit: Visit) -> None:
    visitor = await visit(mood=Mood.SILENT, heartbeat=0.01)
    async with visitor.reading(await visitor.submit()) as stream:
        await stream.message()
        stream.leave()

    await visitor.space.ledger.until(lambda: visitor.space.requests[0].outcome is Outcome.ABANDONED)


@pytest.mark.parametrize("path", ["/queue/data?session_hash=", "/call/infer/"])
async def test_a_cut_comes_in_the_middle_and_without_the_last_chunk(visit: Visit, path: str) -> None:
    visitor = await visit(mood=Mood.CUT)
    lines: list[bytes] = []

    async with visitor.web.get(visitor.space.api + path + await visitor.submit()) as response:
        with pytest.raises(aiohttp.ClientPayloadError):
            lines.extend([line async for line in response.content])


@pytest.mark.parametrize("path", ["/queue/data?session_hash=", "/call/infer/"])
async def test_a_malformed_line_is_no_json(visit: Visit, path: str) -> None:
    visitor = await visit(mood=Mood.MALFORMED)
    lines: list[bytes] = []

    async with visitor.web.get(visitor.space.api + path + await visitor.submit()) as response:
        while not lines or (lines[-1] and not _is_broken(lines[-1])):
            lines.append(await response.content.readline())

    assert lines[-1]


def _is_broken(line: bytes) -> bool:
    try:
        json.loads(line.removeprefix(b"data: "))
    except json.JSONDecodeError:
        return line.startswith(b"data: ")
    return False


async def test_a_stopped_server_says_so_again_and_again(visit: Visit) -> None:
    visitor = await visit(mood=Mood.STOPPED)

    async with visitor.reading(await visitor.submit()) as stream:
        said = [await stream.until("unexpected_error") for _ in range(2)]

    assert [message["message"] for message in said] == ["Server stopped unexpectedly."] * 2


@pytest.mark.parametrize(
    ("mood", "output"), [(Mood.NULL, None), (Mood.EMPTY, []), (Mood.NO_IMAGE, [None, 7])]
)
async def test_success_may_come_without_a_picture(visit: Visit, mood: Mood, output: object) -> None:
    end = named(await (await visit(mood=mood)).draw(), END)[0]

    assert end["success"] is True
    assert end["output"].get("data") == output


async def test_a_huge_file_states_its_size_and_begins_like_a_picture(visit: Visit) -> None:
    visitor = await visit(mood=Mood.HUGE)

    async with visitor.web.get(await picture_url(visitor)) as response:
        start = await response.content.readexactly(12)

    assert response.content_length == 256 * 1024 * 1024
    assert (start[:4], start[8:]) == (b"RIFF", b"WEBP")


async def test_a_bomb_is_small_and_claims_to_be_enormous(visit: Visit) -> None:
    visitor = await visit(mood=Mood.BOMB)

    _, body = await visitor.get(await picture_url(visitor))

    assert len(body) < 100
    assert int.from_bytes(body[16:20]) == int.from_bytes(body[20:24]) == 50_000
    assert Image.MAX_IMAGE_PIXELS
    assert Image.MAX_IMAGE_PIXELS < 50_000**2


async def test_a_file_that_is_no_image_is_a_page(visit: Visit) -> None:
    visitor = await visit(mood=Mood.NOT_AN_IMAGE)

    assert (await visitor.get(await picture_url(visitor)))[1].startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize("mood", [Mood.FOREIGN_URL, Mood.REDIRECT])
async def test_a_picture_elsewhere_shows_who_went_there(visit: Visit, mood: Mood) -> None:
    visitor = await visit(mood=mood)
    url = await picture_url(visitor)
    assert url.startswith(visitor.space.url) is (mood is Mood.REDIRECT)

    await visitor.get(url, Authorization="Bearer hf_secret")

    assert [stranger.path for stranger in visitor.space.ledger.strangers] == ["/picture.webp"]


async def test_slow_takes_a_second_a_step(visit: Visit) -> None:
    visitor = await visit(mood=Mood.SLOW, steps=30)

    async with visitor.reading(await visitor.submit()) as stream:
        await stream.until("progress")

    assert visitor.space.requests[0].outcome is Outcome.RUNNING


async def test_a_budget_paints_so_many_and_then_says_when_to_come_back(visit: Visit) -> None:
    visitor = await visit(budget=Budget(2, until=1754.0), clock=lambda: 1000.0)
    ends = [named(await visitor.draw(), END)[0]["output"] for _ in range(3)]
    visitor.space.clock = lambda: 1754.0
    ends.append(named(await visitor.draw(), END)[0]["output"])

    assert ["data" in end for end in ends] == [True, True, False, True]
    assert ends[2]["error"].endswith("(65s requested vs. 0s left). Try again in 0:12:34")


def test_every_mood_is_named_as_on_the_command_line() -> None:
    assert [Mood(mood.name.lower()) for mood in Mood] == list(Mood)
