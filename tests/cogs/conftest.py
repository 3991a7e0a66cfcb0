"""A bot that can be restarted while its Discord and its store go on."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import yarl
from cryptography.fernet import Fernet
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.client import ImagineBot
from bot.delivery.encoding import Encoder
from bot.delivery.reply import Delivery
from bot.delivery.times import Times
from bot.domain.allowance import Policy
from bot.domain.credential import ANONYMOUS, Credential
from bot.domain.reach import Reach
from bot.ports import JobStore
from bot.sandbox.discord import LoopbackDiscord, Permission, Person, Reply
from bot.sandbox.discord.components import walk
from bot.sandbox.terminal import texts
from bot.storage.engine import Stores, open_store
from bot.ui import cards
from tests.fakes import RESPONSE, ScriptedHub, ScriptedProvider, all_houses, all_services, job_runner

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
        stores: Where the bot keeps everything.
        provider: Who draws; at first, it does so at once.
        hub: Knows tokens; at first, all of them.
        policy: What limits the users of the next bot; at first, nothing.
        operators: Whose quota the next bot has.
        at_once: Turns of the next bot.
        reach: Where the next bot may be used.
        blocked_words: What the operator of the next bot lets nobody draw.
        now: The clock of the bot, Unix seconds; it stands still until `tick`.
        stack: What ends with the bot.
    """

    discord: LoopbackDiscord
    stores: Stores
    provider: ScriptedProvider
    hub: ScriptedHub = field(default_factory=ScriptedHub)
    policy: Policy = field(default_factory=Policy)
    operators: tuple[Credential, ...] = (Credential(id=ANONYMOUS),)
    at_once: int = 4
    reach: Reach = field(default_factory=Reach)
    blocked_words: tuple[str, ...] = ()
    bot: ImagineBot = field(init=False)
    now: float = 1000.0
    ticking_since: float | None = None
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def store(self) -> JobStore:
        """Where the bot keeps jobs."""
        return self.stores.jobs

    @property
    def alice(self) -> Person:
        return self.discord.person("alice")

    @property
    def bob(self) -> Person:
        return self.discord.person("bob")

    @property
    def moderator(self) -> Person:
        return self.discord.person("mod", permissions=Permission.MANAGE_MESSAGES)

    @property
    def manager(self) -> Person:
        return self.discord.person("manager", permissions=Permission.MANAGE_GUILD)

    def clock(self) -> float:
        """Return the bot's time."""
        since = self.ticking_since
        return self.now + (0.0 if since is None else time.monotonic() - since)

    def tick(self) -> None:
        """Let the clock go."""
        self.ticking_since = time.monotonic()

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

    async def comes(self, channel: Any = "general") -> dict[str, Any]:
        """Return the picture that alice finds as a message of the bot's own, once it is there."""

        def look() -> dict[str, Any] | None:
            shown = self.alice.sees(channel)
            return next(
                (one for one in shown if "interaction_metadata" not in one and is_finished(one)), None
            )

        return await self.discord.core.bell.until(look)

    async def settled(self, job_id: str) -> None:
        """Wait until a job has ended."""
        async with asyncio.timeout(10):
            while (job := await self.store.get(job_id)) is None or not job.state.is_final:
                await asyncio.sleep(0.001)

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[ImagineBot]:
        houses = all_houses(self.stores, self.clock, self.policy, self.blocked_words)
        jobs = job_runner(
            self.provider,
            self.stores,
            houses=houses,
            clock=self.clock,
            new_id=lambda: f"job{next(self.ids)}",
            operators=self.operators,
            hub=self.hub,
            at_once=self.at_once,
        )
        with Encoder() as encoder:
            delivery = Delivery(
                look=cards,
                encoder=encoder,
                program="Imagine 1.0",
                times=Times(interval=0.0, settle=0.01),
                clock=self.clock,
            )
            services = all_services(self.stores, jobs, delivery, self.clock, houses=houses, reach=self.reach)
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
    async with open_store("sqlite://", [Fernet.generate_key().decode()]) as stores:
        scene = Scene(discord=discord, stores=stores, provider=ScriptedProvider(RESPONSE))
        await scene.restart()
        yield scene
        await scene.stack.aclose()
