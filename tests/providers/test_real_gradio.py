"""Against a real Gradio server of the newest version, on loopback."""

import asyncio
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

import pytest

from bot.domain.errors import GpuQuotaExceeded, GpuTaskAborted, NoImage, RequestRefused, ServiceFailed
from bot.domain.events import ImageEvent, ImagePreview, ImageResponse, Log, Progress, Queued, Started
from bot.domain.limits import Limits, Range
from bot.domain.request import ImageRequest
from bot.providers import StabilityAI_SD35Large
from bot.providers.options import ServiceOptions

START_SECONDS = 60.0
QUIET = {  # nothing leaves the machine
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "NO_PROXY": "127.0.0.1",
}


class PlainSpace(StabilityAI_SD35Large):
    """The same, asking the function without previews."""

    api_endpoint = "/gradio_api/call/infer_plain"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Gradio server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("gradio")
    environment = {**os.environ, **QUIET, "GRADIO_TEMP_DIR": str(folder), "HOME": str(folder)}
    script = str(Path(__file__).with_name("real_space.py"))
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, script, str(port)], env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait(f"http://127.0.0.1:{port}/config", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()
            server.wait()


def _wait(url: str, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_SECONDS
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while server.poll() is None and time.monotonic() < end:
        try:
            opener.open(url, timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    pytest.fail("the Gradio server did not start")


async def drawn(
    url: str, prompt: str, kind: type[StabilityAI_SD35Large] = StabilityAI_SD35Large, steps: int = 20
) -> list[ImageEvent]:
    async with (
        kind.open(ServiceOptions(url=url)) as provider,
        aclosing(provider.stream(ImageRequest(prompt, seed=7, steps=steps))) as events,
    ):
        return [event async for event in events]


async def started(url: str, kind: type[StabilityAI_SD35Large]) -> "asyncio.Task[list[ImageEvent]]":
    """Return a long drawing that is at work."""
    task = asyncio.create_task(drawn(url, "long", kind))
    await asyncio.sleep(1)
    assert not task.done()
    return task


async def test_a_picture_is_drawn_with_everything_that_is_said_on_the_way(real: str) -> None:
    events = await drawn(real, "a fox")
    kinds = [type(event) for event in events]

    assert kinds[:2] == [Queued, Started]
    assert {Log, Progress} < set(kinds)
    assert kinds.count(ImagePreview) == 3
    assert isinstance(events[-1], ImageResponse)
    assert events[-1].seed == 7


async def test_a_picture_and_its_previews_can_be_fetched(real: str) -> None:
    events = await drawn(real, "a fox")
    async with StabilityAI_SD35Large.open(ServiceOptions(url=real)) as provider:
        for event in events:
            if isinstance(event, ImagePreview | ImageResponse):
                assert (await provider.download(event))[8:12] == b"WEBP"


async def test_a_function_without_previews_gives_a_picture(real: str) -> None:
    assert isinstance((await drawn(real, "a fox", PlainSpace))[-1], ImageResponse)


async def test_limits_are_the_sliders(real: str) -> None:
    async with StabilityAI_SD35Large.open(ServiceOptions(url=real)) as provider:
        assert await provider.limits() == Limits(width=Range(512, 1536), steps=Range(1, 28))


@pytest.mark.parametrize(
    ("prompt", "error"),
    [("quota", GpuQuotaExceeded), ("half", GpuTaskAborted), ("crash", ServiceFailed), ("nothing", NoImage)],
)
async def test_errors_are_told_apart(real: str, prompt: str, error: type) -> None:
    with pytest.raises(error):
        await drawn(real, prompt)


async def test_a_value_outside_of_a_slider_is_refused_in_the_space_s_words(real: str) -> None:
    with pytest.raises(RequestRefused, match="29 is greater than maximum value 28"):
        await drawn(real, "a fox", steps=29)


async def stopped(drawing: "asyncio.Task[list[ImageEvent]]") -> None:
    drawing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await drawing


async def test_who_waits_hears_the_place_in_the_queue(real: str) -> None:
    first = await started(real, StabilityAI_SD35Large)
    others = [asyncio.create_task(drawn(real, "a fox")) for _ in range(2)]
    await asyncio.sleep(0.5)
    await stopped(first)

    ranks = [[event.rank for event in await other if isinstance(event, Queued)] for other in others]
    assert sorted(places[0] for places in ranks) == [0, 1]


@pytest.mark.parametrize("kind", [StabilityAI_SD35Large, PlainSpace])
async def test_cancelling_frees_the_space_for_the_next(real: str, kind: type[StabilityAI_SD35Large]) -> None:
    await stopped(await started(real, kind))

    begun = time.monotonic()
    await drawn(real, "a fox", kind)
    assert time.monotonic() - begun < 2.5


async def test_cancelling_in_the_queue_leaves_the_one_at_work_alone(real: str) -> None:
    first = await started(real, StabilityAI_SD35Large)
    second = asyncio.create_task(drawn(real, "a fox"))
    await asyncio.sleep(0.3)
    await stopped(second)
    await asyncio.sleep(0.3)

    assert not first.done()
    await stopped(first)
