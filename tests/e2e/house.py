"""A Discord, a Space and a database, between which one bot lives after another."""

import asyncio
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.domain.allowance import Charge, Scope
from bot.sandbox.discord import LoopbackDiscord, Person, Reply
from bot.sandbox.discord.model import Guild
from bot.sandbox.space import LoopbackSpace
from bot.storage.engine import open_store
from bot.ui.wording import boards
from tests.e2e.conftest import environment, words
from tests.e2e.process import Process, started

INTERRUPTED = "The bot was stopped while this was drawn"
SMALL = {"width": 512, "height": 512, "steps": 2}


@dataclass(frozen=True)
class Asked:
    """One `/imagine`.

    Attributes:
        person: Who asked; nobody asks twice.
        prompt: For what, which nobody else asks for.
        reply: What came back.
    """

    person: Person
    prompt: str
    reply: Reply

    @property
    def was_answered(self) -> bool:
        return self.reply.interaction.callback is not None


@dataclass(frozen=True)
class Ending:
    """What somebody is left with.

    Attributes:
        pictures: How many there are, in all messages.
        sentences: Why there is none.
        messages: The cards, wherever they are.
    """

    pictures: int
    sentences: list[str]
    messages: list[dict[str, Any]]

    @property
    def is_one(self) -> bool:
        """Whether it is one picture, or one sentence, in one card on which nothing goes on any more."""
        is_over = not any(mark in words(card) for card in self.messages for mark in ("⏳", "🎨"))
        return is_over and len(self.messages) == 1 and self.pictures + len(self.sentences) == 1


@dataclass
class House:
    """See above.

    Attributes:
        settings: What the bots' environment has beside the usual.
        asked: Everything that was asked for.
    """

    discord: LoopbackDiscord
    space: LoopbackSpace
    url: str
    settings: dict[str, str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    @asynccontextmanager
    async def bot(self, *arguments: str, **settings: str) -> AsyncIterator[Process]:
        """Start a bot; kill it in the end."""
        usual = environment(self.discord, self.space) | {"DATABASE_URL": self.url, "LOG_LEVEL": "WARNING"}
        async with started(*arguments, **usual | self.settings | settings) as process:
            yield process

    @asynccontextmanager
    async def ready_bot(self, **settings: str) -> AsyncIterator[Process]:
        """Start a bot, and wait until it is there; kill it in the end."""
        async with self.bot(**settings) as process:
            await process.ready(self.discord)
            yield process

    async def kill(self, process: Process) -> None:
        """Kill a bot that nobody expects to be killed."""
        process.send(signal.SIGKILL)
        assert (await process.ended()).status == -signal.SIGKILL
        await self.discord.core.bell.until(lambda: not self.discord.gateways or None, 10)

    async def ask(self, name: str = "alice", guild: Guild | None = None, **options: Any) -> Asked:
        """Ask for a picture, under a prompt of the person's own."""
        person, prompt = self.discord.person(name, guild=guild), f"fox of {name}"
        reply = await person.command("imagine", options={**SMALL, "prompt": prompt, **options})
        self.asked.append(Asked(person, prompt, reply))
        return self.asked[-1]

    def ending(self, asked: Asked) -> Ending:
        """Return what somebody has been left with so far."""
        followups = asked.reply.followups
        posted = self.discord.world.messages.values()
        all_of_it = [self.discord.core.render(one) for one in posted if one.author.bot and not one.deleted]
        ids = {followup["id"] for followup in followups}
        answer = (asked.reply.message or {}).get("id")
        cards = [
            one
            for one in all_of_it
            if one["id"] not in ids and (one["id"] == answer or asked.prompt in words(one).splitlines())
        ]
        said = [line for card in cards for line in words(card).splitlines() if line.startswith("❌")]
        told = [words(followup) for followup in followups]
        sentences = [line for line in said if line != boards.NO_PICTURE] + told
        pictures = sum(len(card["attachments"]) for card in cards)
        return Ending(pictures, sentences, cards)

    def posts(self) -> Counter[str]:
        """Return how often each prompt was sent to the Space."""
        return Counter(posted.data[0] for posted in self.space.requests)

    async def until_ended(self, seconds: float = 30.0, *, parked: bool = False) -> None:
        """Wait until every job has ended and its user has seen the end, as the database has it.

        Args:
            seconds: For how long, at most.
            parked: Whether those are waited for too that wait for quota.
        """
        until = time.monotonic() + seconds
        async with open_store(self.url) as stores:
            while left := [*await stores.jobs.unfinished(), *(await stores.jobs.parked() if parked else [])]:
                assert time.monotonic() < until, left
                await asyncio.sleep(0.1)

    async def charges(self, person: Person) -> list[Charge]:
        """Return what somebody was charged."""
        async with open_store(self.url) as stores:
            return await stores.limits.charges(Scope.USER, person.user.id, time.time() - 3600)

    async def charged(self, person: Person) -> list[tuple[int, bool]]:
        """Return the pictures of each of somebody's charges, and whether it is live."""
        return [(charge.pictures, charge.is_live) for charge in await self.charges(person)]


def endings(*houses: House) -> Counter[str]:
    """Return how many of the requests ended how, and how many were not answered."""
    return Counter(_ending(house, asked) for house in houses for asked in house.asked)


def _ending(house: House, asked: Asked) -> str:
    if not asked.was_answered:
        return "no answer"
    return "picture" if house.ending(asked).pictures else "sentence"


async def faults(house: House) -> list[str]:
    """Return what is wrong in the end: who has not one end, or was charged otherwise than they see."""
    async with open_store(house.url) as stores:
        charges = await stores.limits.charges(Scope.BOT, 0, time.time() - 3600)
        jobs = [await stores.jobs.get(charge.job_id) for charge in charges]
        left = [f"not ended: {job}" for job in await stores.jobs.unfinished()]
        left += [f"still charged: {charge}" for charge in await stores.limits.live()]
    charged = Counter(job.requests[0].prompt for job in jobs if job)
    posts = house.posts()
    pinged = [message for message in house.discord.world.messages.values() if message.mentions]
    wrong = (_wrong(house.ending(one), charged[one.prompt], posts[one.prompt], one) for one in house.asked)
    return [*left, *(f"pinged: {message}" for message in pinged), *filter(None, wrong)]


def _wrong(ending: Ending, charged: int, posts: int, asked: Asked) -> str:
    """Return what is wrong with one request; nothing if all is right."""
    if asked.was_answered:
        is_right = ending.is_one and charged == ending.pictures and posts <= 1
    else:
        is_right = not (ending.messages or charged or posts)
    cards = [words(card) for card in ending.messages]
    states = [words(one.payload) for one in asked.reply.history]
    return "" if is_right else f"{asked.prompt}: {posts=} {charged=} {ending.sentences=} {cards=} {states=}"
