"""Stable Diffusion 3.5 Large on a Space: what is sent, and what is heard."""

import asyncio
import inspect
from contextlib import aclosing
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.errors import (
    EventNotFound,
    GpuQuotaExceeded,
    NoImage,
    NotAuthenticated,
    OutOfRange,
    ProviderError,
    ProviderUnreachable,
    QueueFull,
    RequestRefused,
    ResponseError,
    ServiceFailed,
    StreamCut,
    UnknownAspectRatio,
    UnknownModel,
    UnreadableAnswer,
    UntrustedImage,
    WorkCancelled,
)
from bot.domain.events import ImagePreview, ImageResponse, Log, Progress, Queued, Started
from bot.domain.limits import DOCUMENTED, Limits, Range
from bot.providers import StabilityAI_SD35Large
from tests.providers.drawing import FOX, PATH, drawn, file, opened, result, step
from tests.providers.servers import EVENT_ID, LoopbackSpace, captured, said, served


async def made(space: LoopbackSpace, **arguments: Any) -> list[Any]:
    """Draw as the published method does."""

    class Loopback(StabilityAI_SD35Large):
        url = space.url

    async with aclosing(
        Loopback.create_async_generator("", [], **{"prompt": "a fox", **arguments})
    ) as events:
        return [event async for event in events]


# --- what it is


def test_it_is_published_under_its_names() -> None:
    kind = StabilityAI_SD35Large

    assert kind.label == "StabilityAI SD-3.5-Large"
    assert kind.url == "https://stabilityai-stable-diffusion-3-5-large.hf.space"
    assert (kind.api_endpoint, kind.working) == ("/gradio_api/call/infer", True)
    assert kind.default_image_model == kind.default_model == "stabilityai-stable-diffusion-3-5-large"
    assert kind.model_aliases == {"sd-3.5": kind.default_model}
    assert kind.models == kind.image_models == ["sd-3.5"]


def test_it_is_called_as_published() -> None:
    signature = inspect.signature(StabilityAI_SD35Large.create_async_generator)
    defaults = {name: p.default for name, p in signature.parameters.items() if p.default is not p.empty}

    assert list(signature.parameters)[:2] == ["model", "messages"]
    assert list(defaults.items()) == [
        ("prompt", None),
        ("negative_prompt", None),
        ("api_key", None),
        ("proxy", None),
        ("aspect_ratio", "1:1"),
        ("width", None),
        ("height", None),
        ("guidance_scale", 4.5),
        ("num_inference_steps", 50),
        ("seed", 0),
        ("randomize_seed", True),
    ]
    assert list(signature.parameters)[-1] == "kwargs"


# --- what is sent


async def test_a_request_is_sent_in_the_order_of_the_space(space: LoopbackSpace) -> None:
    space.queue = captured("queue-infer.sse")
    await drawn(space.url)

    assert space.paths() == [
        "POST /gradio_api/call/infer",
        f"GET /gradio_api/queue/data?session_hash={EVENT_ID}",
    ]
    assert space.asked[0].body == {"data": ["a fox", "", 7, False, 1024, 1024, 4.5, 40]}


async def test_the_published_method_sends_what_it_is_given(space: LoopbackSpace) -> None:
    space.queue = captured("queue-infer.sse")
    await made(
        space, negative_prompt="rain", aspect_ratio="16:9", guidance_scale=3.0, seed=9, randomize_seed=False
    )

    assert space.asked[0].body == {"data": ["a fox", "rain", 9, False, 1024, 576, 3.0, 50]}


async def test_a_random_seed_is_drawn_here_and_sent(space: LoopbackSpace) -> None:
    space.queue = said(result(file(f"{space.url}/a"), None))
    response = (await made(space))[0]

    assert space.asked[0].body["data"][2:4] == [response.seed, False]
    assert 0 <= response.seed < 2**31


async def test_sizes_become_what_the_space_draws(space: LoopbackSpace) -> None:
    space.queue = captured("queue-infer.sse")
    await made(space, width=600, height=9999)

    assert space.asked[0].body["data"][4:6] == [608, 1024]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"aspect_ratio": "7:5"}, UnknownAspectRatio),
        ({"num_inference_steps": 51}, OutOfRange),
        ({"seed": -1, "randomize_seed": False}, OutOfRange),
    ],
)
async def test_what_cannot_be_drawn_is_not_sent(
    space: LoopbackSpace, arguments: dict[str, Any], error: type
) -> None:
    with pytest.raises(error):
        await made(space, **arguments)

    assert space.asked == []


async def test_an_unknown_model_is_not_sent(space: LoopbackSpace) -> None:
    with pytest.raises(UnknownModel):
        await anext(StabilityAI_SD35Large.create_async_generator("dall-e", [], prompt="a fox"))


# --- what is heard


async def test_a_picture_is_heard_from_the_queue_to_the_result(space: LoopbackSpace) -> None:
    at = f"{space.url}/gradio_api/file={PATH}"
    space.queue = said(
        {"msg": "estimation", "rank": 1, "queue_size": 2, "rank_eta": 3.5},
        {"msg": "process_starts", "eta": 2.0},
        {"msg": "log", "log": "Waiting", "level": "info", "title": "ZeroGPU queue"},
        {"msg": "progress", "progress_data": [{"index": 1, "length": 2, "unit": "steps"}]},
        step(file(at), 7),
        result(file(at), 7),
        {"msg": "close_stream"},
    )

    assert await drawn(space.url) == [
        Queued(1, 2, 3.5),
        Started(2.0),
        Log("Waiting", "info", "ZeroGPU queue"),
        Progress(1, 2),
        ImagePreview(at, "a fox", 7),
        ImageResponse(at, "a fox", 7),
    ]


@pytest.mark.parametrize("version", ["5.50", "6.31"])
async def test_a_real_generator_gives_each_preview_once(space: LoopbackSpace, version: str) -> None:
    space.queue = captured("queue-infer.sse", version)
    events = await drawn(space.url)

    assert [type(event).__name__ for event in events[2:]] == [*["ImagePreview"] * 4, "ImageResponse"]


async def test_the_same_preview_twice_is_one_preview(space: LoopbackSpace) -> None:
    space.queue = said(
        step(file("x"), 7), step(file("x"), 7), step(None, 7), step(file("x"), 7), result(file("x"), 7)
    )

    assert len(await drawn(space.url)) == 2


async def test_the_published_method_gives_previews_and_the_picture(space: LoopbackSpace) -> None:
    space.queue = captured("queue-infer.sse")

    assert [type(event) for event in await made(space)] == [*[ImagePreview] * 4, ImageResponse]


async def test_a_picture_without_a_seed_has_the_one_it_was_asked_with(space: LoopbackSpace) -> None:
    space.queue = said(result(file("x")))

    assert await drawn(space.url) == [ImageResponse(f"{space.url}/gradio_api/file={PATH}", "a fox", FOX.seed)]


async def test_the_picture_is_on_the_space_whatever_it_says(space: LoopbackSpace) -> None:
    space.queue = captured("queue-infer_plain.sse")
    response = (await drawn(space.url))[-1]

    assert isinstance(response, ImageResponse)
    assert response.url.startswith(f"{space.url}/gradio_api/file=/tmp/gradio/")


@pytest.mark.parametrize(
    ("message", "error"),
    [
        (result(), NoImage),
        (result(None, 7), NoImage),
        (result({"path": "/data/a", "url": None}, 7), NoImage),
        (result(file("http://169.254.169.254/", None), 7), UntrustedImage),
        ({"msg": "process_completed", "output": {}, "success": True}, WorkCancelled),
        ({"msg": "unexpected_error", "message": "404: Not Found"}, EventNotFound),
        ({"msg": "close_stream"}, StreamCut),
    ],
)
async def test_without_a_picture_there_is_an_error(space: LoopbackSpace, message: Any, error: type) -> None:
    space.queue = said(message)

    with pytest.raises(error):
        await drawn(space.url)


@pytest.mark.parametrize("outputs", [(), (None, 7)])
async def test_no_picture_is_a_runtime_error_as_published(space: LoopbackSpace, outputs: Any) -> None:
    space.queue = said(result(*outputs))

    with pytest.raises(RuntimeError):
        await made(space)


async def test_quota_is_a_response_error_as_published(space: LoopbackSpace) -> None:
    space.queue = captured("queue-infer_quota.sse")

    with pytest.raises(ResponseError, match="You have exceeded your GPU quota"):
        await made(space)


async def test_an_error_after_previews_is_heard_after_the_previews(space: LoopbackSpace) -> None:
    space.queue = captured("queue-infer_midquota.sse")

    async with opened(space.url) as provider, aclosing(provider.stream(FOX)) as events:
        heard = [type(await anext(events)) for _ in range(4)]
        with pytest.raises(ResponseError, match="GPU task aborted"):
            await anext(events)

    assert heard == [Queued, Started, ImagePreview, ImagePreview]


# --- the wire


@pytest.mark.parametrize("piece", [1, 7, 1000])
async def test_it_does_not_matter_how_the_bytes_travel(space: LoopbackSpace, piece: int) -> None:
    space.queue = captured("queue-infer.sse")
    whole = await drawn(space.url)
    space.piece = piece

    assert await drawn(space.url) == whole


async def test_without_a_rich_stream_the_simple_one_serves(space: LoopbackSpace) -> None:
    space.queue, space.call = None, captured("call-infer.sse")
    events = await drawn(space.url)

    assert [type(event) for event in events] == [*[ImagePreview] * 4, ImageResponse]
    assert space.paths()[-1] == f"GET /gradio_api/call/infer/{EVENT_ID}"


async def test_gradio_4_has_no_prefix_and_is_asked_only_once_with_one(space: LoopbackSpace) -> None:
    space.prefix = ""
    space.queue = said(result({"path": PATH, "url": "http://elsewhere/"}, 7))
    async with opened(space.url) as provider:
        for _ in range(2):
            async with aclosing(provider.stream(FOX)) as events:
                heard = [event async for event in events]

    assert heard == [ImageResponse(f"{space.url}/file={PATH}", "a fox", 7)]
    assert [path.split("?")[0] for path in space.paths()] == [
        "POST /gradio_api/call/infer",
        *["POST /call/infer", "GET /queue/data"] * 2,
    ]


async def test_the_documented_bytes_of_gradio_4_are_heard(space: LoopbackSpace) -> None:
    space.prefix, space.queue = "", None
    space.call = b"event: heartbeat\ndata: null\n\nevent: error\ndata: null\n\n"

    with pytest.raises(ServiceFailed):
        await drawn(space.url)


async def test_what_came_before_a_connection_broke_is_heard(space: LoopbackSpace) -> None:
    space.queue = said({"msg": "unexpected_error", "message": "Server stopped unexpectedly."})
    space.abort = True

    with pytest.raises(ResponseError, match="Server stopped unexpectedly"):
        await drawn(space.url)


async def test_what_came_before_a_connection_broke_waits_for_a_slow_listener(space: LoopbackSpace) -> None:
    starts = said({"msg": "process_starts", "eta": None})
    space.queue = starts + said({"msg": "unexpected_error", "message": "404: Not Found"})
    space.piece, space.pause, space.abort = len(starts), 0.02, True

    async with opened(space.url) as provider, aclosing(provider.stream(FOX)) as events:
        assert await anext(events) == Started()
        await asyncio.sleep(0.1)
        with pytest.raises(EventNotFound):
            await anext(events)


async def test_a_message_that_cannot_be_read_ends_it(space: LoopbackSpace) -> None:
    space.queue = said({"msg": "process_starts", "eta": None}) + b"data: {\n\n"

    async with opened(space.url) as provider, aclosing(provider.stream(FOX)) as events:
        assert await anext(events) == Started()
        with pytest.raises(UnreadableAnswer):
            await anext(events)


async def test_an_address_without_gradio_is_unreadable(space: LoopbackSpace) -> None:
    space.prefix = "/elsewhere"

    with pytest.raises(UnreadableAnswer, match="Not Found"):
        await drawn(space.url)


@pytest.mark.parametrize("abort", [True, False])
async def test_a_stream_that_ends_too_early_is_cut(space: LoopbackSpace, abort: bool) -> None:  # noqa: FBT001
    space.queue = said({"msg": "process_starts", "eta": None})
    space.abort = abort

    with pytest.raises(StreamCut):
        await drawn(space.url)


@pytest.mark.parametrize(
    ("post", "error"),
    [
        ((401, "application/json", b'{"detail":{"error":"Not authenticated"}}'), NotAuthenticated),
        ((422, "application/json", b'{"detail":[{"msg":"Field required"}]}'), RequestRefused),
        ((503, "application/json", b'{"detail":"Queue is full. Max size is 1 and size is 1."}'), QueueFull),
        ((500, "text/plain", b"Internal Server Error"), ServiceFailed),
        ((200, "text/html", b"<title>Building</title>"), UnreadableAnswer),
        ((200, "application/json", b"[]"), UnreadableAnswer),
        ((200, "application/json", b'{"event_id":null}'), UnreadableAnswer),
        ((200, "application/json", b'{"event_id":"../../config"}'), UnreadableAnswer),
        ((302, "text/html", b""), UnreadableAnswer),
    ],
)
async def test_a_submission_may_be_refused(
    space: LoopbackSpace, post: tuple[int, str, bytes], error: type
) -> None:
    space.post = post

    with pytest.raises(error):
        await drawn(space.url)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((200, "text/html", b"<title>Sleeping</title>"), UnreadableAnswer),
        ((401, "application/json", b"{}"), NotAuthenticated),
        ((503, "text/html", b""), ServiceFailed),
    ],
)
async def test_a_stream_may_be_refused(
    space: LoopbackSpace, answer: tuple[int, str, bytes], error: type
) -> None:
    space.stream_answer = answer

    with pytest.raises(error):
        await drawn(space.url)


async def test_a_space_that_is_not_there_is_unreachable() -> None:
    with pytest.raises(ProviderUnreachable) as caught:
        await drawn("http://127.0.0.1:9")

    assert caught.value.reason == "ClientConnectorError"


async def test_a_host_that_cannot_be_one_is_unreachable() -> None:
    with pytest.raises(ProviderUnreachable):
        await drawn(f"http://{'a' * 64}.example")


async def test_cookies_keep_a_request_at_its_replica(space: LoopbackSpace) -> None:
    space.queue = captured("queue-infer.sse")
    await drawn(space.url)

    assert space.asked[1].headers["Cookie"] == "replica=7"


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stream=st.binary(max_size=200), simple=st.booleans())
def test_garbage_is_an_error_of_the_provider(stream: bytes, simple: bool) -> None:  # noqa: FBT001
    async def draw() -> None:
        space = LoopbackSpace(queue=None if simple else stream, call=stream)
        space.gate.set()
        async with served(space):
            with pytest.raises(ProviderError):
                await drawn(space.url)

    asyncio.run(draw())


# --- limits


async def test_limits_are_what_the_space_states(space: LoopbackSpace) -> None:
    space.info = (200, captured("info.json").replace(b"between 1 and 50", b"between 1 and 28"))
    async with opened(space.url) as provider:
        assert await provider.limits() == Limits(steps=Range(1, 28))
        await provider.limits()

    assert space.paths() == ["GET /gradio_api/info"]


async def test_limits_are_the_documented_ones_when_the_space_does_not_say(space: LoopbackSpace) -> None:
    space.info = (500, b"")
    async with opened(space.url) as provider:
        assert await provider.limits() == DOCUMENTED


async def test_quota_words_reach_the_caller_typed(space: LoopbackSpace) -> None:
    space.queue = captured("queue-infer_quota.sse", "5.50")

    with pytest.raises(GpuQuotaExceeded) as caught:
        await drawn(space.url)

    assert caught.value.retry_after == 754
