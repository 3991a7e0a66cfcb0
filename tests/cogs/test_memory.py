"""What discord.py keeps of messages with buttons: nothing."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.domain.board import Board
from bot.sandbox.discord import LoopbackDiscord, Rules
from bot.ui import cards
from tests.cogs.conftest import Scene, is_finished
from tests.ui.boards import drawn, job

CARDS = 500


@pytest.fixture
async def discord() -> AsyncIterator[LoopbackDiscord]:
    """A Discord in no hurry, without the referee, who sees all of these requests in other tests."""
    async with LoopbackDiscord(rules=Rules(route_size=10 * CARDS)) as server:
        yield server


def kept(scene: Scene) -> tuple[Any, ...]:
    store = scene.bot._connection._view_store
    return store._views, store._synced_message_views, store._modals


async def test_five_hundred_cards_leave_no_view_behind(scene: Scene) -> None:
    channel = scene.bot.get_partial_messageable(scene.discord.channel("general").id)
    board = Board(job=job(), slots=(drawn(job().requests[0]),))
    await asyncio.gather(*(channel.send(view=cards.card(board, {})) for _ in range(CARDS)))

    assert len(scene.alice.sees()) == CARDS
    assert kept(scene) == ({}, {}, {})


async def test_neither_do_pictures_pages_and_forms(scene: Scene) -> None:
    people = [scene.discord.person(f"member{number}") for number in range(20)]
    replies = await asyncio.gather(*(one.command("imagine", prompt="a fox") for one in people))
    await asyncio.gather(*(reply.until(is_finished) for reply in replies))
    for label in ("Edit", "Same seed", "Favourite", "Details"):
        await asyncio.gather(*(scene.bob.click(reply, label) for reply in replies))
    await (await scene.bob.command("imagine-favourites")).until(is_finished)

    assert kept(scene) == ({}, {}, {})
