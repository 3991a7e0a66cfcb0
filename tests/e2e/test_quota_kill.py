"""The executable is killed, without a warning, while requests wait for quota and while they are drawn."""

import asyncio
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.domain.allowance import Charge
from bot.domain.quota_clock import QuotaClock
from bot.sandbox.discord import LoopbackDiscord, Person
from bot.sandbox.discord.model import Message
from bot.sandbox.space import Budget, LoopbackSpace, Outcome
from bot.storage.engine import open_store
from bot.ui.wording import queue
from tests.e2e.conftest import words
from tests.e2e.house import INTERRUPTED, House

USERS = 8
QUOTA = 3
PERIOD = 15.0  # seconds; enough for the bot to be killed and to start again


@dataclass(frozen=True)
class Kept:
    """What a database holds of limits, and what was delivered.

    Attributes:
        parked: The jobs that are, each with the Unix time at which it is given up.
        clocks: The clocks that run.
        charges: Each user's.
        delivered: The prompts of the pictures that people see.
    """

    parked: dict[str, float | None]
    clocks: list[QuotaClock]
    charges: list[list[Charge]]
    delivered: Counter[str]


class Crowd(House):
    """A house whose bots are asked by several users, each for one picture."""

    @property
    def people(self) -> list[Person]:
        return [self.discord.person(f"user{number}") for number in range(USERS)]

    async def ask_and_park(self, number: int) -> None:
        """Ask for a picture, and park it if there is no quota."""
        asked = await self.ask(f"user{number}")
        shown = await asked.reply.until(
            lambda message: message["attachments"] or queue.PARK in str(message["components"]), timeout=30
        )
        if not shown["attachments"]:
            pressed = await asked.person.click(asked.reply, queue.PARK)
            assert "waits for GPU quota" in words(await pressed.until(words))

    async def kept(self) -> Kept:
        async with open_store(self.url) as stores:
            return Kept(
                {job.id: job.parked_until for job in await stores.jobs.parked()},
                await stores.quotas.clocks(time.time()),
                [await self.charges(person) for person in self.people],
                self.delivered,
            )

    def shown(self, what: Callable[[Message], bool]) -> Counter[str]:
        """Return the prompts of the messages that people see of which something holds, in all channels."""
        seen = [one for one in self.discord.world.messages.values() if not one.deleted and what(one)]
        lines = [line for one in seen for line in words(self.discord.core.render(one)).splitlines()]
        return Counter(line for line in lines if line.startswith("fox of "))

    @property
    def delivered(self) -> Counter[str]:
        return self.shown(lambda message: bool(message.attachments))

    @property
    def interrupted(self) -> Counter[str]:
        return self.shown(lambda message: INTERRUPTED in words(self.discord.core.render(message)))


@pytest.fixture
async def crowd(tmp_path: Path, discord: LoopbackDiscord) -> AsyncIterator[Crowd]:
    budget = Budget.returning(QUOTA, PERIOD)
    async with LoopbackSpace(seconds_per_step=0.0, previews=0, concurrency=4, budget=budget) as space:
        yield Crowd(discord, space, f"sqlite:///{tmp_path / 'imagine.db'}")


async def test_a_bot_that_is_killed_goes_on_where_it_was(crowd: Crowd) -> None:
    async with crowd.ready_bot() as first:
        await asyncio.gather(*map(crowd.ask_and_park, range(USERS)))
        await crowd.until_ended()
        await crowd.kill(first)
    before = await crowd.kept()
    assert len(before.parked) == USERS - QUOTA
    assert [clock.stated for clock in before.clocks] == [True]
    assert sum(charge.pictures for each in before.charges for charge in each) == QUOTA

    space = crowd.space
    space.budget, space.seconds_per_step = None, 30.0  # when it is asked again, it has no end
    asked = len(space.requests)
    async with crowd.ready_bot(DRAW_AT_ONCE="2") as second:
        assert await crowd.kept() == before
        assert len(space.requests) == asked
        await space.ledger.until(lambda: len(space.ledger.with_outcome(Outcome.RUNNING)) == 2)
        await crowd.kill(second)
    reached = Counter(posted.data[0] for posted in space.requests[asked:])
    assert min(posted.at for posted in space.requests[asked:]) >= before.clocks[0].until
    assert len((await crowd.kept()).parked) == USERS - QUOTA - 2

    space.seconds_per_step = 0.0
    async with crowd.ready_bot() as third:
        await crowd.until_ended(parked=True)
        third.send(signal.SIGTERM)
        assert (await third.ended()).status == 0
    after = await crowd.kept()

    everybody = Counter(f"fox of user{number}" for number in range(USERS))
    assert crowd.interrupted == reached
    assert crowd.delivered == everybody - reached
    assert Counter(posted.data[0] for posted in space.requests[asked:]) == everybody - before.delivered
    assert after.parked == {}
    charged = [sum(one.pictures for one in each if not one.is_live) for each in after.charges]
    assert sum(charged) == sum(map(len, after.charges)) == USERS - len(reached)
