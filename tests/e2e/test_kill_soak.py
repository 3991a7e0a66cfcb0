"""One bot on SQLite, killed again and again while people ask: each request ends in one picture or sentence.

`SOAK_KILLS` says how often. To make use of the time in which a bot starts, two of them live side by side,
each with a Discord, a Space and a database of its own. The log at INFO says how the requests ended.
"""

import asyncio
import itertools
import logging
import os
import random
from contextlib import AsyncExitStack
from pathlib import Path
from signal import SIGTERM

from bot.sandbox.discord import LoopbackDiscord
from bot.sandbox.space import LoopbackSpace
from tests.e2e.house import House, endings, faults

KILLS = int(os.environ.get("SOAK_KILLS", "40"))
LANES = 2
SEED = 20261124
STARTING = 0.3  # how many of the bots are killed while they start
START, LIFE = 2.5, 1.5  # seconds within which a bot is killed: of those, and of those that are there
PAUSE = 0.4  # seconds between two requests, at most

_log = logging.getLogger(__name__)


class Lane:
    """A house, its die, and what goes on in it."""

    def __init__(self, house: House, number: int) -> None:
        self._house = house
        self._number = number
        self._die = random.Random(SEED + number)

    async def live(self, kills: int) -> None:
        """Start a bot and kill it so many times, while people ask; let the last one see to what is left."""
        async with self._house.ready_bot() as first:
            await self._house.kill(first)
        async with asyncio.TaskGroup() as tasks:
            asking = tasks.create_task(self._ask(tasks))
            for _ in range(kills - 1):
                async with self._house.bot() as bot:
                    await self._some_time()
                    await self._house.kill(bot)
            asking.cancel()
        async with self._house.ready_bot() as last:
            await self._house.until_ended()
            last.send(SIGTERM)
            assert (await last.ended()).status == 0

    async def _some_time(self) -> None:
        if self._die.random() < STARTING:
            await asyncio.sleep(self._die.uniform(0.0, START))
        else:
            await self._house.discord.wait_for_gateways(timeout=60)
            await asyncio.sleep(self._die.uniform(0.0, LIFE))

    async def _ask(self, tasks: asyncio.TaskGroup) -> None:
        for number in itertools.count():
            await self._house.discord.wait_for_gateways(timeout=60)
            name = f"user{self._number}-{number}"
            tasks.create_task(self._house.ask(name, private=self._die.random() < 0.2))
            await asyncio.sleep(self._die.uniform(0.0, PAUSE))


async def test_each_request_ends_once_however_often_the_bot_is_killed(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        houses = [
            House(
                await stack.enter_async_context(LoopbackDiscord()),
                await stack.enter_async_context(
                    LoopbackSpace(seconds_per_step=0.1, previews=0, concurrency=4)
                ),
                f"sqlite:///{tmp_path / str(number)}.db",
            )
            for number in range(LANES)
        ]
        async with asyncio.TaskGroup() as lanes:
            for number, house in enumerate(houses):
                lanes.create_task(Lane(house, number).live(KILLS // LANES))
        found = [await faults(house) for house in houses]

    seen = endings(*houses)
    _log.info("%s", seen)
    assert found == [[]] * LANES
    assert seen["picture"] > KILLS / 2
    assert seen["sentence"] > KILLS / 20
