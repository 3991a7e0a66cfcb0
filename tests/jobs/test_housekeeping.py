"""Servers that the bot has been taken from, and how long what is kept about them stays."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from bot.domain.errors import StoreFailed
from bot.domain.moderation import Action, Entry
from bot.jobs.housekeeping import DAY, Housekeeping
from bot.storage.engine import Stores, open_store


@dataclass(kw_only=True)
class House:
    """Two servers of which something is kept.

    Attributes:
        stores: Where.
        joined: The servers that the bot is in; None if Discord does not say.
        now: Unix time in seconds.
    """

    stores: Stores
    joined: set[int] | None = field(default_factory=lambda: {7, 8})
    now: float = 1000.0

    @property
    def keeping(self) -> Housekeeping:
        async def members_of() -> set[int] | None:
            return self.joined

        return Housekeeping(self.stores.privacy, members_of, lambda: self.now, 30 * DAY)

    async def kept(self) -> set[int]:
        return set(await self.stores.privacy.servers())


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_store("sqlite://") as stores:
        for guild_id in (7, 8):
            await stores.moderation.note(Entry(guild_id=guild_id, at=1000.0, user_id=1, action=Action.PAUSE))
        yield House(stores=stores)


async def test_a_server_that_was_left_is_forgotten_after_the_grace_period(house: House) -> None:
    house.joined = {8}
    left = await house.keeping.left_servers()
    house.now += 30 * DAY - 1
    await house.keeping.clean()
    before = await house.kept()
    house.now += 2
    await house.keeping.clean()

    assert left == [7]
    assert before == {7, 8}
    assert await house.kept() == {8}


async def test_one_that_takes_the_bot_back_in_time_keeps_everything(house: House) -> None:
    house.joined = {8}
    await house.keeping.clean()
    house.joined, house.now = {7, 8}, house.now + 20 * DAY
    await house.keeping.clean()
    house.joined, house.now = {8}, house.now + 20 * DAY
    await house.keeping.clean()

    assert await house.kept() == {7, 8}


async def test_an_outage_is_no_farewell(house: House) -> None:
    house.joined = None
    for _ in range(3):
        assert await house.keeping.left_servers() == []
        house.now += 40 * DAY
        await house.keeping.clean()

    assert await house.kept() == {7, 8}


async def test_it_goes_on_after_a_failure_of_the_store(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    calls = 0

    async def failing_once() -> set[int] | None:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise StoreFailed("OperationalError")
        return house.joined

    keeping = Housekeeping(house.stores.privacy, failing_once, lambda: house.now, 30 * DAY)
    running = asyncio.create_task(keeping.run(pause=0.0))
    async with asyncio.timeout(10):
        while calls < 3:
            await asyncio.sleep(0)
    running.cancel()
    await asyncio.wait({running})

    assert running.cancelled()
    assert "could not clean up" in caplog.text
