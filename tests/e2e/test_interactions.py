"""`python -m bot` to which Discord posts interactions: no gateway, and the same answers."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.sandbox.discord import LoopbackDiscord
from bot.sandbox.discord.endpoint import EndpointRefused
from bot.sandbox.discord.model import EPHEMERAL
from bot.sandbox.discord.payloads.interactions import interaction
from bot.sandbox.space import LoopbackSpace, Outcome
from tests.e2e.conftest import TOKEN, Bot, environment, is_finished, words
from tests.e2e.process import Process, started
from tests.ports import HOST, free_port


@asynccontextmanager
async def posted_to(
    discord: LoopbackDiscord, space: LoopbackSpace, port: int, **more: str
) -> AsyncIterator[Process]:
    """Start the bot with a port for interactions, and tell Discord of it as soon as it answers."""
    env = environment(discord, space) | {
        "INTERACTIONS_PORT": str(port),
        "DISCORD_PUBLIC_KEY": discord.public_key,
    }
    async with started(**env, **more) as process:
        await process.meanwhile(saved(discord, url(port)))
        yield process


def url(port: int) -> str:
    return f"http://{HOST}:{port}/interactions"


async def saved(discord: LoopbackDiscord, address: str) -> None:
    """Save the address on the developer portal once the bot is there."""
    async with asyncio.timeout(30):
        while discord.core.endpoint.url is None:
            try:
                await discord.set_interactions_endpoint(address)
            except EndpointRefused:
                await asyncio.sleep(0.05)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
async def bot(discord: LoopbackDiscord, space: LoopbackSpace, port: int) -> AsyncIterator[Bot]:
    async with posted_to(discord, space, port) as process:
        yield Bot(process, discord, space)
        process.send(signal.SIGTERM)
        ended = await process.ended()
    assert ended.status == 0, ended.log
    for secret in (TOKEN, discord.token, *discord.world.interactions):
        assert secret not in ended.log
    assert "interaction endpoint URL" not in ended.log
    assert [*discord.gateways, *discord.closed_gateways] == []


async def test_previews_replace_each_other_and_the_final_picture_stays(bot: Bot) -> None:
    bot.space.seconds_per_step = 0.1
    reply = await bot.alice.command("imagine", prompt="a fox in the snow", aspect_ratio="16:9")
    await reply.until(is_finished, timeout=30)
    shown = [state.payload["attachments"] for state in reply.history if state.payload]
    previews = {files[0]["id"] for files in shown if files and files[0]["filename"] == "preview-0.webp"}
    [file] = await reply.files()

    assert len(previews) >= 2
    assert file.filename.startswith("a-fox-in-the-snow-")


async def test_a_button_is_pressed(bot: Bot) -> None:
    reply = await bot.alice.command("imagine", prompt="a fox", steps=2)
    await reply.until(is_finished)
    again = await bot.alice.click(reply, "Again")

    assert is_finished(await again.until(is_finished))
    assert len(bot.space.requests) == 2


async def test_cancel_frees_the_space(bot: Bot) -> None:
    bot.space.seconds_per_step, bot.space.previews = 0.2, 40
    reply = await bot.alice.command("imagine", prompt="a fox")
    await reply.until(lambda message: "step" in words(message))
    await bot.alice.click(reply, "Cancel")
    await reply.until(lambda message: "Cancelled." in words(message))

    async with asyncio.timeout(10):
        await bot.space.ledger.until(lambda: bool(bot.space.ledger.with_outcome(Outcome.CANCELLED)))


async def test_a_form_is_filled_in(bot: Bot) -> None:
    reply = await bot.alice.command("imagine", prompt="a fox", steps=2, seed=99)
    await reply.until(is_finished)
    opened = await bot.alice.click(reply, "Edit")
    done = await (await bot.alice.submit(opened.modal, {"prompt": "an owl", "seed": True})).until(is_finished)

    assert words(done).startswith("an owl")


async def test_what_is_typed_is_completed(bot: Bot) -> None:
    choices = await bot.alice.autocomplete("imagine", "style", "ani", prompt="a fox")

    assert "Anime" in [choice["name"] for choice in choices]


async def test_what_is_for_one_member_is_seen_by_that_member_alone(bot: Bot) -> None:
    private = await bot.alice.command("imagine", prompt="a fox", steps=2, private=True)
    await private.until(is_finished)
    quota = await (await bot.alice.command("quota")).until(words)

    assert (private.message or {})["flags"] & EPHEMERAL
    assert quota["flags"] & EPHEMERAL
    assert bot.discord.person("bob").sees() == []


async def test_an_interaction_that_is_posted_twice_is_drawn_once(bot: Bot) -> None:
    reply = await bot.alice.command("imagine", prompt="a fox", steps=2)
    await bot.discord.core.endpoint.deliver(interaction(reply.interaction, bot.discord.world, time.time()))
    await reply.until(is_finished)

    assert len(bot.space.requests) == 1


async def test_fifty_members_at_once_get_fifty_pictures(bot: Bot) -> None:
    bot.space.seconds_per_step, bot.space.previews = 0.0, 0
    people = [bot.discord.person(f"member{number}") for number in range(50)]
    replies = await asyncio.gather(
        *(person.command("imagine", prompt=f"fox {number}", steps=1) for number, person in enumerate(people))
    )
    await asyncio.gather(*(reply.until(is_finished, timeout=60) for reply in replies))

    assert len(bot.space.ledger.with_outcome(Outcome.COMPLETED)) == 50


async def test_a_stop_lets_a_running_picture_finish_and_tells_whoever_comes_meanwhile(
    discord: LoopbackDiscord, space: LoopbackSpace, port: int
) -> None:
    space.seconds_per_step = 0.1
    async with posted_to(discord, space, port) as process:
        reply = await discord.person("alice").command("imagine", prompt="a fox", steps=20)
        await space.ledger.until(lambda: bool(space.ledger.with_outcome(Outcome.RUNNING)))
        process.send(signal.SIGTERM)
        told = await stopping(discord)
        ended = await process.ended()

    assert "restarting" in told
    assert is_finished(reply.message or {})
    assert ended.status == 0, ended.log


async def stopping(discord: LoopbackDiscord) -> str:
    """Ask for pictures until one is refused, and return what is said to it."""
    for number in range(20):
        bob = discord.person(f"bob{number}")
        message = await (await bob.command("imagine", prompt="an owl", steps=1)).until(words)
        if "restarting" in words(message):
            return words(message)
    return ""


async def test_a_stop_ends_what_takes_too_long_honestly_and_frees_the_port(
    discord: LoopbackDiscord, space: LoopbackSpace, port: int
) -> None:
    space.seconds_per_step = 0.1
    async with posted_to(discord, space, port, DRAIN_SECONDS="0") as process:
        reply = await discord.person("alice").command("imagine", prompt="a fox")
        await space.ledger.until(lambda: bool(space.ledger.with_outcome(Outcome.RUNNING)))
        process.send(signal.SIGTERM)
        told = await reply.until_followup(words)
        ended = await process.ended()

    assert "restarting" in words(told)
    assert ended.status == 0, ended.log
    async with aiohttp.ClientSession() as http:
        with pytest.raises(aiohttp.ClientConnectionError):
            await http.post(url(port))


async def test_another_key_than_the_applications_is_not_saved(
    discord: LoopbackDiscord, space: LoopbackSpace, port: int
) -> None:
    env = environment(discord, space) | {"INTERACTIONS_PORT": str(port), "DISCORD_PUBLIC_KEY": "ab" * 32}
    async with started(**env) as process:
        await process.meanwhile(listening(port))
        with pytest.raises(EndpointRefused):
            await discord.set_interactions_endpoint(url(port))
        process.send(signal.SIGTERM)
        ended = await process.ended()

    assert ended.status == 0, ended.log


async def listening(port: int) -> None:
    """Wait until something is at a port."""
    async with asyncio.timeout(30), aiohttp.ClientSession() as http:
        while True:
            try:
                async with http.get(url(port)) as response:
                    assert response.status == 405
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)


async def test_the_bot_is_ready_without_a_gateway(
    discord: LoopbackDiscord, space: LoopbackSpace, port: int
) -> None:
    metrics = free_port()
    async with posted_to(discord, space, port, METRICS_PORT=str(metrics)) as process:
        async with aiohttp.ClientSession() as http, http.get(f"http://{HOST}:{metrics}/readyz") as answer:
            assert (answer.status, discord.gateways) == (200, [])
        process.send(signal.SIGTERM)
        ended = await process.ended()

    assert ended.status == 0, ended.log


async def test_a_port_in_use_ends_the_bot_with_a_sentence(
    discord: LoopbackDiscord, space: LoopbackSpace
) -> None:
    taken = discord.api_base.split(":")[2].split("/")[0]
    env = environment(discord, space) | {"INTERACTIONS_PORT": taken, "DISCORD_PUBLIC_KEY": "ab" * 32}
    async with started(**env) as process:
        ended = await process.ended()

    assert ended.status == 2
    assert "INTERACTIONS_PORT is not accepted" in ended.log
    assert "Traceback" not in ended.log
