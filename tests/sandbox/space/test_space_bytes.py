"""The loopback Space's bytes beside those of recorded Gradio servers: same keys, order and separators."""

import json
import re
from pathlib import Path

import pytest

from bot.sandbox.space import Mood, Scene, Version, Wording
from tests.sandbox.space.conftest import Visit

CAPTURES = Path(__file__).parents[2] / "fixtures" / "gradio"
VERSIONS: tuple[Version, ...] = ("6.31", "5.50")
ABORTED = Wording("GPU task aborted", "ZeroGPU worker error", "all")

# What one run differs in from the next: ids, hashes, ports, seconds, and seconds that are not known yet.
_VARIABLE: tuple[tuple[str, str], ...] = (
    (r"[0-9a-f]{64}", "HASH"),
    (r"[0-9a-f]{32}", "ID"),
    (r"127\.0\.0\.1:\d+", "HOST"),
    (r"(eta|duration|average_duration|avg_time)\":(\d+\.[\d.e-]+|null)", r'\1":SECONDS'),
    (r"\"index\":\d+,\"length\":\d+", '"index":N,"length":N'),
    (r"\"desc\":(null|\"denoise\")", '"desc":D'),
)

SCENES: tuple[tuple[str, Scene, int], ...] = (
    ("infer", Mood.CALM, 3),
    ("infer_plain", Mood.CALM, 0),
    ("infer_quota", Mood.QUOTA, 0),
    ("infer_exc", Mood.CRASH, 0),
    ("infer_none", Mood.NO_IMAGE, 0),
)


def shape(raw: bytes) -> list[str]:
    """Return the stream's lines without what differs from run to run."""
    text = raw.decode()
    for pattern, name in _VARIABLE:
        text = re.sub(pattern, name, text)
    return text.split("\n")


def told(lines: list[str]) -> list[str]:
    """Leave out logs and steps, of which every run has another number, and their blank lines."""
    chatter = ('data: {"msg":"log"', 'data: {"msg":"progress"')
    return [line for line in lines if line and not line.startswith(chatter)]


def capture(version: Version, name: str) -> bytes:
    """Return the recorded bytes."""
    return (CAPTURES / version / name).read_bytes()


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("name", "mood", "previews"), SCENES)
async def test_the_rich_stream_has_the_shape_of_the_recorded_one(
    visit: Visit, version: Version, name: str, mood: Scene, previews: int
) -> None:
    visitor = await visit(version=version, mood=mood, previews=previews, steps=8)

    async with visitor.reading(await visitor.submit()) as stream:
        await stream.rest()

    assert told(shape(stream.raw)) == told(shape(capture(version, f"queue-{name}.sse")))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("name", "mood", "previews"), SCENES)
async def test_the_call_stream_is_the_recorded_one_byte_by_byte(
    visit: Visit, version: Version, name: str, mood: Scene, previews: int
) -> None:
    visitor = await visit(version=version, mood=mood, previews=previews, steps=8)

    body = await visitor.call(await visitor.submit())

    assert shape(body.encode()) == shape(capture(version, f"call-{name}.sse"))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ["infer_plain", "infer_logs"])
async def test_steps_and_logs_have_the_shape_of_the_recorded_ones(
    visit: Visit, version: Version, name: str
) -> None:
    visitor = await visit(version=version)

    async with visitor.reading(await visitor.submit()) as stream:
        await stream.rest()

    recorded = [
        line for line in shape(capture(version, f"queue-{name}.sse")) if "ZeroGPU duration" not in line
    ]
    assert set(recorded) <= set(shape(stream.raw))


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_failure_after_previews_has_the_shape_of_the_recorded_one(
    visit: Visit, version: Version
) -> None:
    visitor = await visit(version=version, mood=Mood.MID_QUOTA)
    async with visitor.reading(await visitor.submit()) as stream:
        await stream.rest()

    ours = [re.sub(r'"(error|title)":"[^"]*"', r'"\1":WORDS', line) for line in told(shape(stream.raw))]
    recorded = told(shape(capture(version, "queue-infer_midquota.sse")))
    assert ours == [re.sub(r'"(error|title)":"[^"]*"', r'"\1":WORDS', line) for line in recorded]


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_worker_that_aborts_at_once_says_so_on_the_call_stream(
    visit: Visit, version: Version
) -> None:
    visitor = await visit(version=version, mood=ABORTED)

    body = await visitor.call(await visitor.submit())

    assert body.encode() in capture(version, "call-infer_midquota.sse")


@pytest.mark.parametrize("version", VERSIONS)
async def test_an_unknown_event_gets_the_recorded_bytes(visit: Visit, version: Version) -> None:
    visitor = await visit(version=version)

    async with visitor.web.get(f"{visitor.space.api}/call/infer/nobody") as response:
        body = await response.content.readexactly(len(capture(version, "call-unknown-event.sse")))

    assert body == capture(version, "call-unknown-event.sse")


@pytest.mark.parametrize("version", VERSIONS)
async def test_the_inputs_are_described_as_a_real_space_describes_them(
    visit: Visit, version: Version
) -> None:
    visitor = await visit(version=version)
    recorded = json.loads(capture(version, "info.json"))["named_endpoints"]["/infer"]

    _, body = await visitor.get(f"{visitor.space.api}/info")

    assert json.loads(body)["named_endpoints"]["/infer"]["parameters"] == recorded["parameters"]


async def test_the_outputs_are_described_as_a_real_space_describes_them(visit: Visit) -> None:
    visitor = await visit()
    recorded = json.loads(capture("6.31", "info.json"))["named_endpoints"]["/infer"]

    _, body = await visitor.get(f"{visitor.space.api}/info")

    assert json.loads(body)["named_endpoints"]["/infer"]["returns"] == recorded["returns"]


async def test_the_config_names_the_function_and_its_number(visit: Visit) -> None:
    visitor = await visit(version="4.44")

    _, body = await visitor.get(f"{visitor.space.url}/config")

    config = json.loads(body)
    assert [(one["id"], one["api_name"]) for one in config["dependencies"]] == [(0, "infer")]
    assert config["version"] == "4.44.1"
    assert "api_prefix" not in config
