"""A thousand generations with faults at every step: each ends in one picture or one sentence.

The real provider draws at the loopback Space, the real client delivers to the loopback Discord, and a seeded
die says what goes wrong with each.
"""

import asyncio
import itertools
import random
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.client import ImagineBot
from bot.delivery.encoding import Encoder
from bot.delivery.reply import Delivery
from bot.delivery.times import Times
from bot.domain.credential import operators
from bot.domain.quota_clock import QuotaClock
from bot.jobs.accounts import Accounts
from bot.jobs.allowances import Allowances
from bot.jobs.line import FairLine
from bot.jobs.local import LocalEngine
from bot.jobs.runner import JobRunner
from bot.providers.base import ServiceOptions
from bot.providers.registry import discover, open_registry
from bot.sandbox.discord import Fault, LoopbackDiscord, Reply, Rules
from bot.sandbox.space import LoopbackSpace, Mood
from bot.sandbox.terminal import texts
from bot.storage.engine import open_store
from bot.ui import cards
from tests.fakes import ScriptedHub, all_houses, all_services

GENERATIONS = 1000
AT_ONCE = 25
SEED = 20261123
SLOW_MOODS = {Mood.SLOW, Mood.SILENT, Mood.HUGE}
BAD_MOODS = tuple(mood for mood in Mood if mood is not Mood.CALM and mood not in SLOW_MOODS)
TIMES = Times(interval=0.05, settle=0.2, retries=(0.02, 0.05, 0.1))


def refused(status: int, code: int, **more: Any) -> Callable[[str], Fault]:
    body = {"code": code, "message": "refused"}
    return lambda path: Fault(method="PATCH", path=path, status=status, body=body, **more)


# What goes wrong with the edits of one reply.
FAULTS: dict[str, Callable[[str], Fault]] = {
    "dropped": lambda path: Fault(method="PATCH", path=path, drop=True),
    "answer lost": lambda path: Fault(method="PATCH", path=path, drop=True, applied=True),
    "deleted": refused(404, 10008, times=None),
    "token ended": refused(404, 10015, times=None),
    "forbidden": refused(403, 50013, times=None),
    "too large": refused(413, 40005, after=1),
    "rate limited": lambda path: Fault.rate_limited(0.1, method="PATCH", path=path),
    "slow": lambda path: Fault(method="PATCH", path=path, delay=0.2, times=None),
}


class NoClocks:
    """Forgets that quota is used up, so that what comes after is drawn."""

    async def clocks(self, now: float) -> list[QuotaClock]:
        return []

    async def start(self, clock: QuotaClock) -> None:
        return


@dataclass
class Generation:
    """One `/imagine` and what was done to it."""

    number: int
    reply: Reply
    fault: str | None
    before: int  # messages there were


@dataclass
class Soak:
    """A bot between a Discord and a Space that both misbehave."""

    discord: LoopbackDiscord
    space: LoopbackSpace
    jobs: JobRunner
    die: random.Random = field(default_factory=lambda: random.Random(SEED))

    async def generate(self, number: int) -> Generation:
        before = len(self.discord.world.messages)
        self.space.script.append(self.die.choice(BAD_MOODS) if self.die.random() < 0.3 else Mood.CALM)
        fault = self.die.choice([*FAULTS]) if self.die.random() < 0.5 else None
        person = self.discord.person(f"member{number}")
        reply = await person.command("imagine", prompt=f"fox {number}", width=512, height=512, steps=2)
        if fault:
            self.discord.faults.add(FAULTS[fault](f"/webhooks/*/{reply.interaction.token}/messages/*"))
        return Generation(number, reply, fault, before)

    async def idle(self) -> None:
        while self.jobs.running:
            await asyncio.sleep(0.02)

    def messages(self, generation: Generation) -> list[dict[str, Any]]:
        """Return all that the bot posted for a generation and that is still there, anywhere."""
        prompt = f"fox {generation.number}"
        posted = [*self.discord.world.messages.values()][generation.before :]
        shown = [self.discord.core.render(one) for one in posted if one.author.bot and not one.deleted]
        cards = [message for message in shown if prompt in texts(message, now=time.time())]
        return cards + [one for one in generation.reply.followups if one not in cards]

    def ending(self, generation: Generation) -> str:
        """Return what the member is left with."""
        messages = self.messages(generation)
        said = "\n".join(line for message in messages for line in texts(message, now=time.time()))
        pictures = [file for message in messages for file in message["attachments"]]
        told = re.findall(r"(?:image service|GPU|picture)[^.]*\. .*", said)
        assert not re.search("⏳|🎨", said), (generation, said)
        assert len(pictures) <= 1, (generation, said)
        assert len(told) <= 1, (generation, said)
        assert not (pictures and told), (generation, said)
        return "picture" if pictures else "sentence" if told else "nothing"


@pytest.fixture
async def soak(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Soak]:
    rules = Rules(bucket_size=100)
    ids = map(str, itertools.count(1))
    async with (
        LoopbackDiscord(rules=rules) as discord,
        LoopbackSpace(seconds_per_step=0.02, previews=2, concurrency=AT_ONCE) as space,
        open_registry(discover(), ServiceOptions(url=space.url)) as providers,
        open_store("sqlite://") as stores,
    ):
        monkeypatch.setattr(Route, "BASE", discord.api_base)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(discord.gateway_url))
        houses = all_houses(stores, time.time)
        line = FairLine(AT_ONCE)
        jobs = JobRunner(
            providers,
            stores.jobs,
            houses=houses,
            allowances=Allowances(stores.limits, houses, time.time),
            accounts=Accounts(operators([]), stores.tokens, NoClocks(), ScriptedHub(), time.time),
            line=line,
            engine=LocalEngine(stores.jobs, line),
            clock=time.time,
            new_seed=lambda: 7,
            new_id=lambda: f"job{next(ids)}",
            new_reference=lambda: "3f9a2c",
            chance=lambda: -0.5,  # what is tried again is tried at once
        )
        with Encoder() as encoder:
            delivery = Delivery(look=cards, encoder=encoder, program="Imagine 1.0", times=TIMES)
            async with ImagineBot(all_services(stores, jobs, delivery, time.time, houses=houses)) as bot:
                running = asyncio.create_task(bot.start(discord.token))
                await discord.wait_for_command("imagine")
                yield Soak(discord, space, jobs)
                await bot.close()
                await running


async def test_each_of_a_thousand_generations_ends_in_one_picture_or_one_sentence(soak: Soak) -> None:
    endings: Counter[tuple[str | None, str]] = Counter()
    for first in range(0, GENERATIONS, AT_ONCE):
        batch = [await soak.generate(number) for number in range(first, first + AT_ONCE)]
        await soak.idle()
        soak.discord.faults.clear()
        endings.update((generation.fault, soak.ending(generation)) for generation in batch)

    assert await soak.jobs.store.unfinished() == []
    assert {fault for fault, ending in endings if ending == "nothing"} <= {"deleted"}
    assert sum(count for (_, ending), count in endings.items() if ending == "picture") > GENERATIONS / 2
