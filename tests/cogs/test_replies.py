"""What a reply shows, from the place in the queue to the pictures."""

import asyncio

import pytest

from bot.domain.errors import QueueFull
from bot.domain.events import ImagePreview, Progress, Queued, Started
from bot.sandbox.discord import Permission
from tests.cogs.conftest import EPHEMERAL, Scene, is_finished, words
from tests.fakes import RESPONSE

PREVIEW = ImagePreview("http://space/1.webp", "a fox")


async def test_a_member_sees_the_queue_then_the_steps_then_the_picture(scene: Scene) -> None:
    waiting, drawing = asyncio.Event(), asyncio.Event()
    scene.provider.script = (
        Queued(2, 3, 60),
        waiting,
        Started(),
        PREVIEW,
        Progress(10, 40),
        drawing,
        RESPONSE,
    )
    reply = await scene.alice.command("imagine", prompt="a fox")
    first = await reply.until(lambda message: "2 ahead of you" in words(message))
    waiting.set()
    second = await reply.until(lambda message: "step 10 of 40" in words(message))
    drawing.set()
    last = await reply.until(is_finished)

    assert "<t:1060:R>" in str(first["components"])
    assert [file["description"] for file in second["attachments"]] == ["a fox"]
    assert [file["filename"] for file in last["attachments"]] == ["a-fox-7.png"]


async def test_several_pictures_appear_as_they_come(scene: Scene) -> None:
    gate = asyncio.Event()
    scene.provider.scripts.extend([(RESPONSE,), (gate, RESPONSE)])
    reply = await scene.alice.command("imagine", prompt="a fox", count=2)
    half = await reply.until(lambda message: "Picture 2 of 2" in words(message) and message["attachments"])
    gate.set()
    done = await reply.until(is_finished)

    assert [file["filename"] for file in half["attachments"]] == ["a-fox-7.png"]
    assert [file["filename"] for file in done["attachments"]] == ["a-fox-7.png", "a-fox-8.png"]
    assert len(scene.discord.person("bob").sees()) == 1


async def test_a_failed_picture_does_not_take_the_others_with_it(scene: Scene) -> None:
    scene.provider.scripts.extend([(RESPONSE,), (QueueFull("full"),), (RESPONSE,)])
    reply = await scene.drawn(count=3)

    assert [file.filename for file in await reply.files()] == ["a-fox-7.png", "a-fox-9.png"]
    assert "2 ❌ Not drawn." in words(reply.message)
    assert "queue is full" in words(await reply.until_followup(words))


async def test_a_private_picture_is_seen_by_its_user_alone(scene: Scene) -> None:
    reply = await scene.drawn(private=True)

    assert (reply.message or {})["flags"] & EPHEMERAL
    assert scene.bob.sees() == []


async def test_a_private_failure_says_why_in_the_card(scene: Scene) -> None:
    scene.provider.script = (QueueFull("full"),)
    reply = await scene.alice.command("imagine", prompt="a fox", private=True)

    assert await reply.until(lambda message: "queue is full" in words(message))
    assert scene.bob.sees() == []


async def test_a_spoiler_hides_the_picture(scene: Scene) -> None:
    reply = await scene.drawn(spoiler=True)
    gallery = (reply.message or {})["components"][0]["components"][1]

    assert [item["spoiler"] for item in gallery["items"]] == [True]


@pytest.mark.parametrize(
    ("channel", "permission", "name"),
    [
        ("general", Permission.ATTACH_FILES, "Attach Files"),
        ("general", Permission.EMBED_LINKS, "Embed Links"),
        ("fox-thread", Permission.SEND_MESSAGES_IN_THREADS, "Send Messages in Threads"),
    ],
)
async def test_a_missing_permission_is_named_before_anything_is_drawn(
    scene: Scene, channel: str, permission: Permission, name: str
) -> None:
    place = scene.discord.channel("art" if channel == "fox-thread" else channel)
    scene.discord.forbid(place, permission)
    reply = await scene.alice.command("imagine", channel=channel, prompt="a fox")
    told = await reply.until(words)

    assert name in words(told)
    assert "Manage Channels" in words(told)
    assert told["flags"] & EPHEMERAL
    assert scene.provider.requests == []
