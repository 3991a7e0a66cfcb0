"""A bot that can be restarted while its Discord and its store go on."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.client import ImagineBot, Services
from bot.delivery.encoding import Encoder
from bot.delivery.reply import Delivery
from bot.delivery.times import Times
from bot.jobs.offers import Offers
from bot.jobs.runner import JobRunner
from bot.ports import JobStore
from bot.sandbox.discord import LoopbackDiscord, Permission, Person, Reply
from bot.sandbox.discord.components import walk
from bot.sandbox.terminal import texts
from bot.storage.engine import open_store
from bot.ui import cards
from tests.fakes import RESPONSE, OneProvider, ScriptedProvider

EPHEMERAL = 64


def words(message: dict[str, Any] | None) -> str:
    """Return what a person reads in a message."""
    return "\n".join(texts(message or {}, now=0.0))


def is_finished(message: dict[str, Any]) -> bool:
    return "seed" in words(message)


def control(message: dict[str, Any] | None, action: str) -> str:
    """Return the custom_id of a message's first control for an action."""
    found = [str(part.get("custom_id")) for part in walk((message or {})["components"])]
    return next(custom_id for custom_id in found if f":{action}:" in custom_id)


@dataclass(kw_only=True)
class Scene:
    """A bot on a Discord.

    Attributes:
        discord: The loopback Discord.
        store: Where the bot keeps jobs.
        provider: Who draws; at first, it does so at once.
        now: The clock of the bot, Unix seconds.
        stack: What ends with the bot.
    """

    discord: LoopbackDiscord
    store: JobStore
    provider: ScriptedProvider
    bot: ImagineBot = field(init=False)
    now: float = 1000.0
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def alice(self) -> Person:
        return self.discord.person("alice")

    @property
    def bob(self) -> Person:
        return self.discord.person("bob")

    @property
    def moderator(self) -> Person:
        return self.discord.person("mod", permissions=Permission.MANAGE_MESSAGES)

    async def restart(self) -> None:
        """Stop the bot, and start another one on the same Discord and the same store."""
        await self.stack.aclose()
        self.bot = await self.stack.enter_async_context(self._running())
        await self.discord.wait_for_command("imagine")
        await self.discord.wait_for_gateways()

    async def drawn(self, **options: Any) -> Reply:
        """Return the reply to alice's finished `/imagine`, once the store knows where it is."""
        reply = await self.alice.command("imagine", **({"prompt": "a fox"} | options))
        shown = await reply.until(is_finished)
        async with asyncio.timeout(10):
            while not await self.store.at_message(int(shown["id"])):
                await asyncio.sleep(0.001)
        return reply

    async def settled(self, job_id: str) -> None:
        """Wait until a job has ended."""
        async with asyncio.timeout(10):
            while (job := await self.store.get(job_id)) is None or not job.state.is_final:
                await asyncio.sleep(0.001)

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[ImagineBot]:
        jobs = JobRunner(
            OneProvider(self.provider, ["sd-3.5"]),
            self.store,
            clock=lambda: self.now,
            new_seed=lambda: 7,
            new_id=lambda: f"job{next(self.ids)}",
            new_reference=lambda: "3f9a2c",
        )
        with Encoder() as encoder:
            delivery = Delivery(
                look=cards, encoder=encoder, program="Imagine 1.0", times=Times(interval=0.0, settle=0.01)
            )
            services = Services(jobs=jobs, delivery=delivery, offers=Offers())
            async with ImagineBot(services) as bot:
                running = asyncio.create_task(bot.start(self.discord.token))
                yield bot
                await jobs.drain(5)
                await bot.close()
                await running


@pytest.fixture
async def scene(discord: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    """The real client with all of its cogs, around a provider that draws at once."""
    monkeypatch.setattr(Route, "BASE", discord.api_base)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(discord.gateway_url))
    async with open_store("sqlite://") as store:
        scene = Scene(discord=discord, store=store, provider=ScriptedProvider(RESPONSE))
        await scene.restart()
        yield scene
        await scene.stack.aclose()
