"""`/imagine`, from the payload Discord sends to the words the user reads."""

import asyncio
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bot.domain.errors import GpuQuotaExceeded, QueueFull
from bot.domain.events import ImagePreview, Progress, Queued, Started
from bot.domain.limits import DOCUMENTED
from bot.domain.request import MAX_PROMPT
from bot.sandbox.discord import Refused
from bot.sandbox.terminal import texts
from tests.conftest import Stage
from tests.fakes import RESPONSE

EPHEMERAL = 64
PREVIEW = ImagePreview("http://space/1.webp", "a fox")


def words(message: dict[str, Any] | None) -> str:
    return "\n".join(texts(message or {}, now=0.0))


def is_finished(message: dict[str, Any]) -> bool:
    return "seed" in words(message)


async def test_the_final_picture_is_an_attachment_of_the_one_reply(stage: Stage) -> None:
    stage.provider.script = (Queued(0, 1), Started(), RESPONSE)
    reply = await stage.alice.command("imagine", prompt="a fox in the snow")
    await reply.until(is_finished)
    [file] = await reply.files()

    assert (file.filename, file.description) == ("a-fox-in-the-snow-7.png", "a fox in the snow")
    assert reply.followups == []
    assert words(reply.message).startswith(
        "a fox in the snow\n1024 × 1024 · 40 steps · guidance 4.5\nseed 7 · sd-3.5 · "
    )


async def test_the_picture_carries_its_parameters(stage: Stage) -> None:
    stage.provider.script = (RESPONSE,)
    reply = await stage.alice.command("imagine", prompt="a fox", negative_prompt="blurry", steps=20, seed=0)
    await reply.until(is_finished)
    [file] = await reply.files()

    with Image.open(BytesIO(file.data)) as image:
        assert image.info["parameters"] == (
            "a fox\nNegative prompt: blurry\n"
            "Steps: 20, CFG scale: 4.5, Seed: 0, Size: 1024x1024, Model: sd-3.5, Version: Imagine 1.0"
        )


async def test_a_preview_is_shown_and_then_replaced(stage: Stage) -> None:
    gate = asyncio.Event()
    stage.provider.script = (Started(), PREVIEW, Progress(1, 2), gate, RESPONSE)
    reply = await stage.alice.command("imagine", prompt="a fox")
    shown = await reply.until(lambda message: message["attachments"])
    gate.set()
    done = await reply.until(is_finished)

    assert [file["filename"] for file in shown["attachments"]] == ["preview-0.webp"]
    assert [file["filename"] for file in done["attachments"]] == ["a-fox-7.png"]
    assert shown["id"] == done["id"]


async def test_the_place_in_the_queue_is_shown(stage: Stage) -> None:
    gate = asyncio.Event()
    stage.provider.script = (Queued(2, 3), gate, RESPONSE)
    reply = await stage.alice.command("imagine", prompt="a fox")

    assert await reply.until(lambda message: "2 ahead of you." in words(message))
    gate.set()


@pytest.mark.parametrize(
    "prompt", ["@everyone", "<@1>", "<@&2>", "@here", "[x](https://x.example) **b** # h"]
)
async def test_nothing_in_a_prompt_pings_or_formats(stage: Stage, prompt: str) -> None:
    stage.provider.script = (RESPONSE,)
    reply = await stage.alice.command("imagine", prompt=prompt)
    done = await reply.until(is_finished)

    assert (done["mentions"], done["mention_roles"], done["mention_everyone"]) == ([], [], False)
    assert "**b**" not in str(done["components"][0]["components"][0])


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"prompt": "   "}, "The prompt is empty."),
        ({"prompt": ""}, "The prompt is empty."),
        ({"prompt": "x" * 6000}, "The prompt has 6000 characters; the model reads 1000 at most."),
        ({"prompt": "a fox", "seed": -1}, "The seed must be between 0 and 2147483647."),
        ({"prompt": "a fox", "seed": 2**53}, "The seed must be between 0 and 2147483647."),
        ({"prompt": "a fox", "steps": 51}, "The number of steps must be between 1 and 50."),
        ({"prompt": "a fox", "aspect_ratio": "7:5"}, "There is no ratio 7:5."),
        ({"prompt": "a fox", "model": "dall-e"}, "There is no model dall-e."),
    ],
)
async def test_bad_input_gets_a_sentence_for_the_user_alone(
    stage: Stage, options: dict[str, Any], sentence: str
) -> None:
    reply = await stage.alice.command("imagine", unchecked=True, options=options)
    answer = await reply.until(words)

    assert sentence in words(answer)
    assert answer["flags"] & EPHEMERAL
    assert stage.provider.requests == []


async def test_a_corrected_size_is_told(stage: Stage) -> None:
    stage.provider.script = (RESPONSE,)
    reply = await stage.alice.command("imagine", prompt="a fox", width=600, height=700)

    assert "600x700 is not a size this model draws; the nearest is 608x704." in words(
        await reply.until(is_finished)
    )


async def test_why_a_picture_failed_is_told_to_the_user_alone(stage: Stage) -> None:
    stage.provider.script = (Queued(0, 1), QueueFull("Queue is full."))
    reply = await stage.alice.command("imagine", prompt="a fox")
    told = await reply.until_followup(words)
    [seen] = stage.bob.sees()

    assert "The image service's queue is full." in words(told)
    assert "Reference 3f9a2c" in words(told)
    assert told["flags"] & EPHEMERAL
    assert words(seen) == "a fox\n❌ No picture was made."


async def test_a_quota_error_says_when_and_holds_until_then(stage: Stage) -> None:
    stage.provider.script = (GpuQuotaExceeded("no", retry_after=754),)
    first = await stage.alice.command("imagine", prompt="a fox")
    told = await first.until_followup(words)
    again = await stage.alice.command("imagine", prompt="a fox")

    assert "<t:1754:R>" in str(told["components"])
    assert "<t:1754:R>" in str((await again.until(words))["components"])
    assert len(stage.provider.requests) == 1


async def test_models_are_suggested_by_what_is_typed(stage: Stage) -> None:
    found = await stage.alice.autocomplete("imagine", "model", "SD", prompt="a fox")

    assert [choice["value"] for choice in found] == ["sd-3.5", "sd-3.5-turbo"]


async def test_the_options_are_typed_ranged_and_described(stage: Stage) -> None:
    command = await stage.discord.wait_for_command("imagine")
    options = {option["name"]: option for option in command["options"]}
    for name, limit in (
        ("width", DOCUMENTED.width),
        ("height", DOCUMENTED.height),
        ("guidance_scale", DOCUMENTED.guidance_scale),
        ("steps", DOCUMENTED.steps),
        ("seed", DOCUMENTED.seed),
    ):
        assert (options[name]["min_value"], options[name]["max_value"]) == (limit.minimum, limit.maximum)
    for name in ("prompt", "negative_prompt"):
        assert options[name]["max_length"] == MAX_PROMPT

    assert [name for name, option in options.items() if option.get("required")] == ["prompt"]
    assert len(options["aspect_ratio"]["choices"]) == 13
    assert all(len(option["description"]) > 10 for option in options.values())


async def test_the_command_is_not_offered_in_direct_messages(stage: Stage) -> None:
    with pytest.raises(Refused):
        await stage.alice.direct("imagine", prompt="a fox")
