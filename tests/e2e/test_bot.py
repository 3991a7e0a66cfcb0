"""`python -m bot`, started as an operator starts it and seen as a member sees it."""

import asyncio
import signal
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from bot.sandbox.discord import Fault, LoopbackDiscord
from bot.sandbox.space import LoopbackSpace, Mood, Outcome
from tests.e2e.conftest import TOKEN, Bot, environment, is_finished, words
from tests.e2e.process import started


async def test_previews_replace_each_other_and_the_final_picture_stays(bot: Bot) -> None:
    bot.space.seconds_per_step = 0.1
    reply = await bot.alice.command("imagine", prompt="a fox in the snow", aspect_ratio="16:9")
    await reply.until(is_finished, timeout=30)
    shown = [state.payload["attachments"] for state in reply.history if state.payload]
    previews = {files[0]["id"] for files in shown if files and files[0]["filename"] == "preview-0.webp"}
    [file] = await reply.files()

    assert len(previews) >= 2
    assert file.filename.startswith("a-fox-in-the-snow-")
    with Image.open(BytesIO(file.data)) as image:
        assert (image.format, image.size) == ("PNG", (1024, 576))
        assert image.info["parameters"].startswith("a fox in the snow\nSteps: 40, CFG scale: 4.5, Seed: ")


async def test_the_same_seed_draws_the_same_picture(bot: Bot) -> None:
    pictures = []
    for _ in range(2):
        reply = await bot.alice.command("imagine", prompt="a fox", seed=7, steps=2)
        await reply.until(is_finished)
        pictures.append((await reply.files())[0].data)

    assert pictures[0] == pictures[1]


async def test_a_member_sees_the_queue_and_the_steps(bot: Bot) -> None:
    bot.space.seconds_per_step = 0.1
    for name in ("bob", "carol"):
        await bot.discord.person(name).command("imagine", prompt="an owl", steps=20)
    reply = await bot.alice.command("imagine", prompt="a fox", steps=20)

    assert await reply.until(lambda message: "ahead of you" in words(message))
    assert await reply.until(lambda message: "of 20" in words(message), timeout=20)
    assert await reply.until(is_finished, timeout=20)


@pytest.mark.parametrize(
    ("mood", "sentence"),
    [
        (Mood.QUOTA, "GPU quota is used up. Come back in"),
        (Mood.MID_QUOTA, "GPU quota is used up. Come back in"),
        (Mood.NO_GPU, "No GPU is free right now."),
        (Mood.QUEUE_FULL, "queue is full"),
        (Mood.CUT, "broke off"),
        (Mood.HTML, "makes no sense"),
        (Mood.NO_IMAGE, "finished without a picture"),
        (Mood.HUGE, "is no picture"),
        (Mood.UNAUTHORIZED, "did not let the bot in"),
    ],
)
async def test_a_space_in_a_bad_mood_becomes_one_sentence_for_the_member_alone(
    bot: Bot, mood: Mood, sentence: str
) -> None:
    bot.space.mood = mood
    reply = await bot.alice.command("imagine", prompt="a fox", steps=4)
    told = await reply.until_followup(words, timeout=30)  # without a GPU, it is tried again after a while

    assert sentence in words(told)
    assert "Reference" in words(told)
    assert all(sentence not in words(message) for message in bot.discord.person("bob").sees())


@pytest.mark.parametrize("mood", [Mood.REDIRECT, Mood.FOREIGN_URL])
async def test_the_token_goes_to_the_space_and_to_nobody_else(bot: Bot, mood: Mood) -> None:
    bot.space.mood = mood
    reply = await bot.alice.command("imagine", prompt="a fox", steps=2)
    await bot.discord.core.bell.until(lambda: reply.followups or is_finished(reply.message or {}) or None)

    assert any(TOKEN in visit.headers.get("Authorization", "") for visit in bot.space.ledger.visits)
    assert bot.space.ledger.strangers == []


async def test_a_stop_lets_a_running_picture_finish(discord: LoopbackDiscord, space: LoopbackSpace) -> None:
    async with started(**environment(discord, space)) as process:
        await process.ready(discord)
        reply = await discord.person("alice").command("imagine", prompt="a fox", steps=20)
        await space.ledger.until(lambda: bool(space.ledger.with_outcome(Outcome.RUNNING)))
        process.send(signal.SIGTERM)
        ended = await process.ended()

    assert is_finished(reply.message or {})
    assert ended.status == 0, ended.log


async def test_a_stop_ends_what_takes_too_long_honestly_and_frees_the_space(
    discord: LoopbackDiscord, space: LoopbackSpace
) -> None:
    space.seconds_per_step = 0.1
    async with started(**environment(discord, space), DRAIN_SECONDS="0") as process:
        await process.ready(discord)
        reply = await discord.person("alice").command("imagine", prompt="a fox")
        await space.ledger.until(lambda: bool(space.ledger.with_outcome(Outcome.RUNNING)))
        process.send(signal.SIGTERM)
        told = await reply.until_followup(words)
        ended = await process.ended()

    assert "restarting" in words(told)
    assert ended.status == 0, ended.log
    async with asyncio.timeout(10):
        await space.ledger.until(lambda: bool(space.ledger.with_outcome(Outcome.CANCELLED)))


async def test_the_bot_comes_back_after_the_gateway_was_lost(bot: Bot) -> None:
    await bot.discord.drop_gateways(4000)
    await bot.discord.wait_for_gateways()
    reply = await bot.alice.command("imagine", prompt="a fox", steps=2)

    assert await reply.until(is_finished)


async def test_a_429_delays_and_loses_nothing(bot: Bot) -> None:
    bot.discord.faults.add(
        Fault(
            method="PATCH",
            path="/webhooks/*",
            status=429,
            headers={"Via": "1.1 loopback", "Retry-After": "0.3"},
            body={"message": "You are being rate limited.", "retry_after": 0.3, "global": False, "code": 0},
        )
    )
    reply = await bot.alice.command("imagine", prompt="a fox", steps=2)

    assert await reply.until(is_finished)


async def test_fifty_members_at_once_get_fifty_pictures(bot: Bot) -> None:
    bot.discord.rules = replace(bot.discord.rules, ack_deadline=30.0)  # how soon is a benchmark's matter
    bot.space.seconds_per_step = 0.0
    bot.space.previews = 0
    people = [bot.discord.person(f"member{number}") for number in range(50)]
    replies = await asyncio.gather(
        *(person.command("imagine", prompt=f"fox {number}", steps=1) for number, person in enumerate(people))
    )
    await asyncio.gather(*(reply.until(is_finished, timeout=60) for reply in replies))

    names = {(await reply.files())[0].filename.split("-")[1] for reply in replies}
    assert names == {str(number) for number in range(50)}
    assert len(bot.space.ledger.with_outcome(Outcome.COMPLETED)) == 50
