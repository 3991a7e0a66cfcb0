"""Every control of the reply, pressed on the executable itself, before and after it was restarted."""

import asyncio
import signal
from pathlib import Path
from typing import Any

from bot.sandbox.discord import LoopbackDiscord, Reply
from bot.sandbox.discord.components import walk
from bot.sandbox.space import LoopbackSpace, Outcome
from tests.e2e.conftest import Bot, environment, is_finished, words
from tests.e2e.process import started


async def drawn(bot: Bot, **options: Any) -> Reply:
    """Return the reply to alice's finished picture."""
    wanted = {"prompt": "a fox", "steps": 2, "seed": 99} | options
    reply = await bot.alice.command("imagine", options=wanted)
    await reply.until(is_finished, timeout=20)
    return reply


def seeds(bot: Bot) -> list[int]:
    """Return the seeds that the Space was asked for, in their order."""
    return [posted.data[2] for posted in bot.space.requests]


async def test_cancel_frees_the_space(bot: Bot) -> None:
    bot.space.seconds_per_step, bot.space.previews = 0.2, 40
    reply = await bot.alice.command("imagine", prompt="a fox")
    await reply.until(lambda message: "step" in words(message))
    await bot.alice.click(reply, "Cancel")
    await reply.until(lambda message: "Cancelled." in words(message))
    async with asyncio.timeout(10):
        await bot.space.ledger.until(lambda: bool(bot.space.ledger.with_outcome(Outcome.CANCELLED)))

    assert (reply.message or {})["attachments"] == []


async def test_again_and_the_message_menu_draw_with_new_seeds(bot: Bot) -> None:
    reply = await drawn(bot)
    await (await bot.alice.click(reply, "Again")).until(is_finished)
    await (await bot.alice.context_menu("Imagine: again", reply)).until(is_finished)

    assert len(set(seeds(bot))) == 3


async def test_edit_draws_what_the_form_says(bot: Bot) -> None:
    opened = await bot.alice.click(await drawn(bot), "Edit")
    done = await (await bot.alice.submit(opened.modal, {"prompt": "an owl", "seed": True})).until(is_finished)

    assert words(done).startswith("an owl")
    assert seeds(bot) == [99, 99]


async def test_same_seed_changes_one_thing(bot: Bot) -> None:
    offered = await bot.alice.click(await drawn(bot), "Same seed")
    parts = walk((await offered.until(words))["components"])
    menu = next(str(part["custom_id"]) for part in parts if ":vary:" in str(part.get("custom_id")))
    await (await bot.alice.choose(offered, menu, ["guidance=5.50"])).until(is_finished)

    assert seeds(bot) == [99, 99]
    assert bot.space.requests[1].data[6] == 5.5


async def test_details_favourite_and_delete(bot: Bot) -> None:
    reply = await drawn(bot)
    details = await (await bot.alice.click(reply, "Details")).until(words)
    menu = await (await bot.alice.context_menu("Imagine: details", reply)).until(words)
    await (await bot.alice.click(reply, "Favourite")).until(words)
    favourites = await (await bot.alice.command("imagine-favourites")).until(words)
    await bot.alice.click(reply, "Delete")
    await bot.discord.core.bell.until(lambda: reply.message is None or None, 10)

    assert "/imagine prompt:a fox" in words(details)
    assert "/imagine prompt:a fox" in words(menu)
    assert "a fox" in words(favourites)


async def test_four_pictures_come_in_one_reply(bot: Bot) -> None:
    reply = await drawn(bot, count=4)

    assert len(await reply.files()) == 4
    assert seeds(bot) == [99, 100, 101, 102]


async def test_permutations_are_drawn_when_the_offer_is_taken(bot: Bot) -> None:
    offer = await bot.alice.command("imagine", prompt="{red, blue} fox", steps=2)
    reply = await bot.alice.click(offer, "Draw 2")
    await reply.until(is_finished, timeout=20)

    assert [file.description for file in await reply.files()] == ["red fox", "blue fox"]


async def test_a_private_spoiler_is_shared(bot: Bot) -> None:
    reply = await drawn(bot, private=True, spoiler=True)
    bob = bot.discord.person("bob")
    before = bob.sees()
    shared = await bot.alice.click(reply, "Share")
    await shared.until(is_finished)

    assert before == []
    assert [message["id"] for message in bob.sees()] == [(shared.message or {})["id"]]


async def test_controls_work_after_a_restart(
    discord: LoopbackDiscord, space: LoopbackSpace, tmp_path: Path
) -> None:
    env = environment(discord, space) | {"DATABASE_URL": f"sqlite:///{tmp_path}/imagine.db"}
    async with started(**env) as process:
        await process.ready(discord)
        reply = await drawn(Bot(process, discord, space))
        process.send(signal.SIGTERM)
        assert (await process.ended()).status == 0
    async with started(**env) as process:
        await discord.wait_for_gateways()
        bot = Bot(process, discord, space)
        await (await bot.alice.click(reply, "Again")).until(is_finished)
        last = await (await bot.alice.command("imagine-last")).until(words)

    assert "1 of 2" in words(last)
