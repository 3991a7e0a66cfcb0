"""The executable is killed, without a warning, while requests wait for quota and while they are drawn."""

import asyncio
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.domain.allowance import Charge, Scope
from bot.domain.job import JobState
from bot.domain.quota_clock import QuotaClock
from bot.sandbox.discord import LoopbackDiscord
from bot.sandbox.space import Budget, LoopbackSpace, Outcome
from bot.storage.engine import Stores, open_store
from bot.ui.wording import queue
from tests.e2e.conftest import environment, words
from tests.e2e.process import Process, started

USERS = 8
QUOTA = 3
PERIOD = 15.0  # seconds; enough for the bot to be killed and to start again


@dataclass(frozen=True)
class Kept:
    """What a database holds of limits.

    Attributes:
        parked: The jobs that are, each with the Unix time at which it is given up.
        clocks: The clocks that run.
        charges: Each user's.
    """

    parked: dict[str, float | None]
    clocks: list[QuotaClock]
    charges: list[list[Charge]]


class House:
    """A Discord, a Space and a database, between which one bot lives after another."""

    def __init__(self, discord: LoopbackDiscord, space: LoopbackSpace, file: Path) -> None:
        self.discord = discord
        self.space = space
        self.url = f"sqlite:///{file}"
        self.people = [discord.person(f"user{number}") for number in range(USERS)]

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[Process]:
        """Start a bot, and wait until it is there."""
        async with started(**environment(self.discord, self.space) | {"DATABASE_URL": self.url}) as process:
            await process.ready(self.discord)
            yield process

    async def killed(self, process: Process) -> None:
        process.send(signal.SIGKILL)
        assert (await process.ended()).status == -signal.SIGKILL
        await self.discord.core.bell.until(lambda: not self.discord.gateways or None, 10)

    async def ask(self, number: int) -> None:
        """Ask for a picture, and park it if there is no quota."""
        person = self.people[number]
        wanted = {"prompt": f"fox {number}", "width": 512, "height": 512, "steps": 4}
        reply = await person.command("imagine", options=wanted)
        shown = await reply.until(
            lambda message: message["attachments"] or queue.PARK in str(message["components"]), timeout=30
        )
        if not shown["attachments"]:
            pressed = await person.click(reply, queue.PARK)
            assert "waits for GPU quota" in words(await pressed.until(words))

    async def kept(self) -> Kept:
        async with open_store(self.url) as stores:
            return Kept(
                {job.id: job.parked_until for job in await stores.jobs.parked()},
                await stores.quotas.clocks(time.time()),
                await self.charges(stores),
            )

    async def charges(self, stores: Stores) -> list[list[Charge]]:
        since = time.time() - 3600
        return [await stores.limits.charges(Scope.USER, person.user.id, since) for person in self.people]

    def delivered(self) -> Counter[str]:
        """Return the prompts of the pictures that people see, in all channels."""
        seen = [one for one in self.discord.world.messages.values() if one.attachments and not one.deleted]
        lines = [line for one in seen for line in words(self.discord.core.render(one)).splitlines()]
        return Counter(
            line.removeprefix("> ") for line in lines if line.removeprefix("> ").startswith("fox ")
        )

    async def until_delivered(self, number: int) -> None:
        await self.discord.core.bell.until(lambda: self.delivered().total() >= number or None, 90)

    async def until_ended(self, *, parked: bool = False) -> None:
        """Wait until the bot has written down the end of each job that it began, and of those parked."""
        async with asyncio.timeout(30), open_store(self.url) as stores:
            while await stores.jobs.unfinished() or (parked and await stores.jobs.parked()):
                await asyncio.sleep(0.1)

    async def states(self) -> list[JobState]:
        async with open_store(self.url) as stores:
            kept = [await stores.jobs.last(person.user.id, 5) for person in self.people]
        return [picture.job.state for each in kept for picture in each]


@pytest.fixture
async def house(tmp_path: Path, discord: LoopbackDiscord) -> AsyncIterator[House]:
    budget = Budget.returning(QUOTA, PERIOD)
    async with LoopbackSpace(seconds_per_step=0.0, previews=0, concurrency=4, budget=budget) as space:
        yield House(discord, space, tmp_path / "imagine.db")


async def test_a_bot_that_is_killed_goes_on_where_it_was(house: House) -> None:
    async with house.bot() as first:
        await asyncio.gather(*map(house.ask, range(USERS)))
        await house.until_ended()
        await house.killed(first)
    before = await house.kept()
    assert len(before.parked) == USERS - QUOTA
    assert [clock.stated for clock in before.clocks] == [True]
    assert sum(charge.pictures for each in before.charges for charge in each) == QUOTA

    house.space.budget, house.space.seconds_per_step = None, 0.5  # when it is asked again, it has no end
    asked = len(house.space.requests)
    async with house.bot() as second:
        assert await house.kept() == before
        assert len(house.space.requests) == asked
        await house.space.ledger.until(lambda: bool(house.space.ledger.with_outcome(Outcome.RUNNING)))
        await house.killed(second)
    assert min(posted.at for posted in house.space.requests[asked:]) >= before.clocks[0].until
    assert set((await house.kept()).parked) < set(before.parked)

    house.space.seconds_per_step = 0.0
    async with house.bot() as third:
        await house.until_delivered(USERS)
        await house.until_ended(parked=True)
        third.send(signal.SIGTERM)
        assert (await third.ended()).status == 0
    after = await house.kept()

    assert house.delivered() == Counter(f"fox {number}" for number in range(USERS))
    assert after.parked == {}
    assert [[(one.pictures, one.is_live) for one in each] for each in after.charges] == [[(1, False)]] * USERS
    assert await house.states() == [JobState.DELIVERED] * USERS
