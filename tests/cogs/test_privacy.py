"""`/privacy`: everything about a user in a file, and nothing of it afterwards."""

import asyncio
import json
from typing import Any

from bot.domain.events import Queued
from bot.sandbox.discord import Person, Reply
from tests.cogs.acting import forge
from tests.cogs.conftest import EPHEMERAL, Scene, words

TOKEN = "hf_AliceAliceAliceAliceAliceAliceAlice"


async def told(reply: Reply) -> dict[str, Any]:
    """Return what the user alone reads."""
    shown = await reply.until(words)
    assert shown["flags"] & EPHEMERAL
    return shown


async def export(scene: Scene, person: Person) -> dict[str, Any]:
    reply = await person.command("privacy export")
    await told(reply)
    [file] = await reply.files()
    assert file.filename == "imagine-data.json"
    kept: dict[str, Any] = json.loads(file.data)
    return kept


async def erase(scene: Scene, person: Person) -> dict[str, Any]:
    asked = await person.command("privacy delete")
    await told(asked)
    pressed = await person.click(asked, "Delete it")
    return await pressed.until(lambda message: "has forgotten" in words(message))


async def test_the_file_holds_ones_own_prompts_and_nobody_elses(scene: Scene) -> None:
    await scene.drawn(prompt="a füchs")
    await (await scene.bob.command("imagine", prompt="an owl")).until(lambda one: "seed" in words(one))
    kept = await export(scene, scene.alice)

    assert kept["user_id"] == str(scene.alice.user.id)
    assert "a füchs" in str(kept["jobs"])
    assert "an owl" not in str(kept)


async def test_it_says_that_there_is_a_token_and_not_which(scene: Scene) -> None:
    await scene.stores.tokens.link(scene.alice.user.id, TOKEN)
    kept = await export(scene, scene.alice)

    assert kept["has_token"] is True
    assert TOKEN not in str(kept) + str(scene.discord.log.rows)


async def test_what_is_deleted_is_gone(scene: Scene) -> None:
    await scene.drawn(prompt="a fox")
    await scene.stores.tokens.link(scene.alice.user.id, TOKEN)
    said = await erase(scene, scene.alice)
    kept = await export(scene, scene.alice)

    assert "and 1 picture of yours" in words(said)
    assert "a fox" not in str(kept)
    assert kept["has_token"] is False
    assert await scene.store.get("job1") is None


async def test_it_is_asked_first_and_says_what_stays(scene: Scene) -> None:
    await scene.drawn()
    asked = await told(await scene.alice.command("privacy delete"))

    assert "cannot be undone" in words(asked)
    assert "blocks of yours" in words(asked)
    assert await scene.store.get("job1") is not None


async def test_a_block_stays(scene: Scene) -> None:
    moderation = scene.bot.services.moderation
    guild_id, user_id = scene.discord.guild.id, scene.alice.user.id
    await moderation.block(guild_id, user_id, by=1, reason="enough", hours=None)
    await erase(scene, scene.alice)
    refused = await told(await scene.alice.command("imagine", prompt="a fox"))

    assert "blocked you" in words(refused)


async def test_what_is_being_drawn_is_cancelled(scene: Scene) -> None:
    scene.provider.scripts.append((Queued(5, 6), asyncio.Event()))
    reply = await scene.alice.command("imagine", prompt="a fox")
    await reply.until(lambda message: "5 ahead of you" in words(message))
    await erase(scene, scene.alice)
    await reply.until(lambda message: "Cancelled" in words(message))

    assert scene.provider.closed.is_set()
    assert await scene.store.get("job1") is None


async def test_nobody_deletes_for_others(scene: Scene) -> None:
    await scene.drawn()
    forged = f"imagine:erase:{scene.alice.user.id}:"
    pressed = await forge(scene, scene.bob, forged, scene.alice.sees()[0])
    await told(pressed)

    assert await scene.store.get("job1") is not None
