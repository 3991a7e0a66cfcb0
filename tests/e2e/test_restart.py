"""What people see when the bot is stopped or killed: each request ends once, and honestly."""

import asyncio
import itertools
import signal
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.sandbox.discord import Fault, LoopbackDiscord
from bot.sandbox.space import Budget, LoopbackSpace, Outcome
from bot.storage.engine import open_store
from bot.ui.wording import controls, queue
from tests.e2e.conftest import words
from tests.e2e.house import INTERRUPTED, Asked, House
from tests.e2e.process import Process

RESTARTING = "The bot is restarting."
MESSAGES = "/channels/*/messages"
EDITS = "/webhooks/*/messages/*"
SOON = 10.0  # seconds; "within seconds" of a start, on a busy machine


@pytest.fixture
async def house(tmp_path: Path, discord: LoopbackDiscord) -> AsyncIterator[House]:
    async with LoopbackSpace(seconds_per_step=0.0, previews=0, concurrency=4) as space:
        yield House(discord, space, f"sqlite:///{tmp_path / 'imagine.db'}")


async def asked_and_killed(house: House, process: Process) -> Asked:
    """Ask for a picture, and kill the bot while the Space draws it."""
    house.space.seconds_per_step = 30.0
    asked = await house.ask()
    await house.space.ledger.until(lambda: bool(house.space.ledger.with_outcome(Outcome.RUNNING)))
    await house.kill(process)
    house.space.seconds_per_step = 0.0
    return asked


def pinged(house: House) -> list[object]:
    """Return who was pinged by any message."""
    return [user for message in house.discord.world.messages.values() for user in message.mentions]


# --- SIGTERM --------------------------------------------------------------------------------------------


async def test_while_it_stops_new_requests_are_told_and_running_ones_end(house: House) -> None:
    house.space.seconds_per_step = 1.5
    async with house.ready_bot() as bot:
        first = await house.ask()
        await house.space.ledger.until(lambda: bool(house.space.ledger.with_outcome(Outcome.RUNNING)))
        bot.send(signal.SIGTERM)
        second = await refused(house)
        ended = await bot.ended()

    assert ended.status == 0, ended.log
    assert (house.ending(first).pictures, house.ending(first).sentences) == (1, [])
    assert house.posts()[second.prompt] == 0
    assert await house.charged(second.person) == []


async def refused(house: House) -> Asked:
    """Ask until the signal has reached the bot, which says so."""
    for number in itertools.count():
        asked = await house.ask(f"bob{number}")
        if RESTARTING in words(asked.reply.message):
            break
    return asked


async def test_what_takes_too_long_ends_with_a_sentence_and_costs_nothing(house: House) -> None:
    house.space.seconds_per_step, house.space.previews = 30.0, 1  # it can be cancelled
    async with house.ready_bot(DRAIN_SECONDS="0.5", DRAW_AT_ONCE="1") as bot:
        running = await house.ask()
        await house.space.ledger.until(lambda: bool(house.space.ledger.with_outcome(Outcome.RUNNING)))
        waiting = await house.ask("bob")
        bot.send(signal.SIGTERM)
        ended = await bot.ended()

    assert ended.status == 0, ended.log
    for asked in (running, waiting):
        [sentence] = house.ending(asked).sentences
        assert RESTARTING in sentence
        assert await house.charged(asked.person) == []
    assert house.posts() == {running.prompt: 1}
    await house.until_ended(1)


# --- SIGKILL --------------------------------------------------------------------------------------------


async def test_killed_before_the_space_was_asked_it_simply_runs(house: House) -> None:
    house.space.seconds_per_step = 30.0
    async with house.ready_bot(DRAW_AT_ONCE="1") as bot:
        running = await house.ask()
        await house.space.ledger.until(lambda: bool(house.space.ledger.with_outcome(Outcome.RUNNING)))
        waiting = await house.ask("bob")
        await house.kill(bot)
    house.space.seconds_per_step = 0.0
    async with house.ready_bot():
        await house.until_ended(SOON)

    assert house.ending(waiting).pictures == 1
    assert house.ending(waiting).is_one
    assert house.ending(running).is_one
    assert house.posts() == {running.prompt: 1, waiting.prompt: 1}
    assert await house.charged(waiting.person) == [(1, False)]


async def test_killed_before_it_answered_it_is_silent(house: House) -> None:
    callback = house.discord.faults.add(Fault(method="POST", path="/interactions/*", delay=30.0))
    async with house.ready_bot() as bot:
        asking = asyncio.create_task(house.ask())
        await house.discord.core.bell.until(lambda: callback.times == 0 or None, SOON)
        await house.kill(bot)
        asked = await asking
    async with house.ready_bot():
        await house.until_ended(SOON)

    assert asked.reply.failed
    assert house.ending(asked).messages == []
    assert house.posts() == {}
    assert await house.charged(asked.person) == []


async def test_killed_after_the_space_was_asked_it_is_interrupted_and_again_draws_it(house: House) -> None:
    async with house.ready_bot() as bot:
        asked = await asked_and_killed(house, bot)
    async with house.ready_bot():
        interrupted = await asked.reply.until(lambda message: INTERRUPTED in words(message), SOON)
        await house.until_ended(SOON)
        assert house.posts() == {asked.prompt: 1}
        assert await house.charged(asked.person) == []
        assert house.ending(asked).is_one

        again = await asked.person.click(interrupted, controls.AGAIN)
        drawn = await again.until(lambda message: message["attachments"], SOON)

    assert asked.prompt in words(drawn)
    assert house.posts() == {asked.prompt: 2}
    assert pinged(house) == []


async def test_when_its_token_has_ended_a_message_of_the_bots_own_says_so_once(house: House) -> None:
    async with house.ready_bot() as bot:
        asked = await asked_and_killed(house, bot)
    house.discord.rules = replace(house.discord.rules, token_life=0.0)
    post = house.discord.faults.add(Fault(method="POST", path=MESSAGES, applied=True, drop=True))
    async with house.ready_bot() as bot:
        await house.discord.core.bell.until(lambda: post.times == 0 or None, SOON)
        await house.kill(bot)  # it posted the message, and cannot know
    async with house.ready_bot():
        await house.until_ended(SOON)
    [answer, own] = house.ending(asked).messages
    bodies = [row["body"] for row in house.discord.log.find("POST", "/messages")]

    assert INTERRUPTED in words(own)
    assert {body["message_reference"]["message_id"] for body in bodies} == {int(answer["id"])}
    assert pinged(house) == []
    assert house.posts() == {asked.prompt: 1}


async def test_killed_before_the_picture_is_shown_it_is_delivered_and_not_drawn_again(house: House) -> None:
    async with house.ready_bot() as bot:
        edits = house.discord.faults.add(Fault(method="PATCH", path=EDITS, delay=SOON, times=None))
        asked = await house.ask()
        await until_kept(house, asked)
        await house.kill(bot)
        house.discord.faults.remove(edits)
    async with house.ready_bot():
        await house.until_ended(SOON)

    await check_that_it_was_drawn_once(house, asked)


async def test_killed_before_it_is_known_that_the_picture_is_shown_there_is_one(house: House) -> None:
    async with house.ready_bot() as bot:
        asked = await house.ask()
        await asked.reply.until(lambda message: message["attachments"], SOON)
        await house.kill(bot)
    async with house.ready_bot():
        await house.until_ended(SOON)

    await check_that_it_was_drawn_once(house, asked)


async def check_that_it_was_drawn_once(house: House, asked: Asked) -> None:
    assert house.ending(asked).pictures == 1
    assert house.ending(asked).is_one
    assert house.posts() == {asked.prompt: 1}
    assert await house.charged(asked.person) == [(1, False)]


async def until_kept(house: House, asked: Asked) -> None:
    async with asyncio.timeout(SOON), open_store(house.url) as stores:
        while not await stores.jobs.last(asked.person.user.id, 1):
            await asyncio.sleep(0.01)


async def test_parked_jobs_allowances_and_clocks_are_as_they_were(house: House) -> None:
    house.space.budget = Budget.returning(1, 3600.0)
    async with house.ready_bot() as bot:
        drawn = await house.ask()
        await drawn.reply.until(lambda message: message["attachments"], SOON)
        held = await house.ask("bob")
        card = await held.reply.until(lambda message: queue.PARK in str(message["components"]), SOON)
        await (await held.person.click(card, queue.PARK)).until(words)
        await house.kill(bot)
    before = await kept(house, drawn, held)
    async with house.ready_bot() as bot:
        await asyncio.sleep(1.0)  # it would have done something by now
        await house.kill(bot)

    assert await kept(house, drawn, held) == before
    assert [len(part) for part in before] == [1, 1, 1, 0]  # parked, clocks, and charges of both
    assert await house.charged(drawn.person) == [(1, False)]


async def kept(house: House, *asked: Asked) -> list[Sequence[object]]:
    async with open_store(house.url) as stores:
        parked, clocks = await stores.jobs.parked(), await stores.quotas.clocks(time.time())
    return [parked, clocks, *[await house.charges(one.person) for one in asked]]
