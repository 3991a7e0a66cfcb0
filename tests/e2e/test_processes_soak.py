"""Three gateways and two workers on PostgreSQL, killed at random and started again while people ask.

The database is restarted once. Each request that was answered ends in one picture or one sentence, and those
that were not leave nothing behind. `SOAK_REQUESTS` says how many there are; the log at INFO, how they ended.
"""

import asyncio
import logging
import os
import random
from collections.abc import Iterator
from signal import SIGTERM

import pytest

from bot.sandbox.discord import LoopbackDiscord, Rules
from bot.sandbox.discord.model import Guild
from bot.sandbox.discord.snowflake import shard
from bot.sandbox.space import LoopbackSpace
from tests.e2e.house import House, endings, faults
from tests.postgresql import OwnServer

REQUESTS = int(os.environ.get("SOAK_REQUESTS", "150"))
SHARDS, WORKERS = 3, 2
SEED = 20261126
SHORTEST, LONGEST = 2.0, 30.0  # seconds that a process lives, from its start
PRIVATE = 0.2  # how many of the requests are
PAUSE = 0.5  # seconds between two requests, at most
RULES = Rules(shards=SHARDS, max_concurrency=SHARDS)
INHERITED = 60.0  # seconds in which what dead processes left is ended, on a busy machine

_log = logging.getLogger(__name__)


class Fleet:
    """The processes, and those who ask."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._die = random.Random(SEED)
        self._guilds = [guild_of(house.discord, number) for number in range(SHARDS)]
        self._is_over = asyncio.Event()
        self.kills = 0

    async def live(self, server: OwnServer) -> None:
        """Have people ask while processes die, and stop the rest when each request has ended."""
        async with asyncio.TaskGroup() as tasks:
            for number in range(SHARDS):
                shards = {"SHARD_IDS": str(number), "SHARD_COUNT": str(SHARDS), "DRAW_AT_ONCE": "1"}
                tasks.create_task(self._again_and_again("run", shards))
            for _ in range(WORKERS):
                tasks.create_task(self._again_and_again("worker", {"DRAW_AT_ONCE": "3"}))
            half = REQUESTS // 2
            await self._ask(tasks, range(half))
            await asyncio.to_thread(server.restart)
            await self._ask(tasks, range(half, REQUESTS))
            self._is_over.set()

    async def _again_and_again(self, command: str, settings: dict[str, str]) -> None:
        while not self._is_over.is_set():
            async with self._house.bot(command, **settings) as process:
                try:
                    async with asyncio.timeout(self._die.uniform(SHORTEST, LONGEST)):
                        await process.meanwhile(self._is_over.wait())
                except TimeoutError:
                    self.kills += 1
                    continue
                await self._house.until_ended(INHERITED)
                process.send(SIGTERM)
                ended = await process.ended()
                assert ended.status == 0, ended.log

    async def _ask(self, tasks: asyncio.TaskGroup, numbers: range) -> None:
        """Have users ask, each once, where somebody listens; shard 0 may register the commands last."""
        await self._house.discord.wait_for_command("imagine", timeout=60)
        for number in numbers:
            guild = await self._house.discord.core.bell.until(self._listening, 60)
            tasks.create_task(self._house.ask(f"user{number}", guild, private=self._die.random() < PRIVATE))
            await asyncio.sleep(self._die.uniform(0.0, PAUSE))

    def _listening(self) -> Guild | None:
        """Return one of the servers of whose shards one is connected; None while none is."""
        shards = {one.session.shard for one in self._house.discord.gateways if one.session}
        return self._die.choice([self._guilds[number] for number in sorted(shards)]) if shards else None


def guild_of(discord: LoopbackDiscord, number: int) -> Guild:
    """Return a server of a shard."""
    while True:
        guild = discord.add_guild(f"Server {len(discord.world.guilds)}")
        if shard(guild.id, SHARDS) == number:
            return guild


@pytest.fixture
def url(own_postgresql: OwnServer) -> Iterator[str]:
    with own_postgresql.database() as url:
        yield url


async def test_each_request_ends_once_whichever_process_dies(own_postgresql: OwnServer, url: str) -> None:
    async with (
        LoopbackDiscord(rules=RULES) as discord,
        LoopbackSpace(seconds_per_step=0.7, previews=0, concurrency=8) as space,
    ):
        house = House(discord, space, url)
        fleet = Fleet(house)
        await fleet.live(own_postgresql)
        found = await faults(house)

    seen = endings(house)
    _log.info("%d kills: %s", fleet.kills, seen)
    assert found == []
    assert seen.total() == REQUESTS
    assert seen["picture"] > REQUESTS / 2
