"""What several tests stand on: a Discord of their own, and the bot in the test's own process."""

import asyncio
import itertools
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import TypeVar

import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from hypothesis import HealthCheck, settings

from bot.client import ImagineBot
from bot.delivery.encoding import Encoder
from bot.delivery.reply import Delivery
from bot.sandbox.discord import LoopbackDiscord, Person
from bot.storage.engine import open_store
from bot.ui import cards
from tests.fakes import ScriptedProvider, all_services, job_runner
from tests.postgresql import OwnServer, Server, ServerMissing, serve, serve_own
from tests.referee import Referee

_S = TypeVar("_S", bound=Server)

# How long an example takes says more of the machine than of the code.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@dataclass(kw_only=True)
class Stage:
    """A bot on a Discord, with a provider that says what it is told to.

    Attributes:
        discord: The loopback Discord.
        provider: Its `script` may be changed at any time.
        now: The clock of the bot's allowances, Unix seconds.
    """

    discord: LoopbackDiscord
    provider: ScriptedProvider
    now: float = 1000.0

    @property
    def alice(self) -> Person:
        return self.discord.person("alice")

    @property
    def bob(self) -> Person:
        return self.discord.person("bob")


@pytest.fixture(scope="session")
def referee() -> Referee:
    """Discord's own description of its API."""
    return Referee()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL; without one the tests are skipped, or fail where they are required."""
    with _or_skipped(serve()) as server:
        yield server


@pytest.fixture
def own_postgresql() -> Iterator[OwnServer]:
    """A PostgreSQL that may be stopped."""
    with _or_skipped(serve_own()) as server:
        yield server


@contextmanager
def _or_skipped(serving: AbstractContextManager[_S]) -> Iterator[_S]:
    with ExitStack() as running:
        try:
            server = running.enter_context(serving)
        except ServerMissing as missing:
            if os.environ.get("POSTGRESQL_TESTS") == "required":
                pytest.fail(str(missing))
            pytest.skip(str(missing))
        yield server


@pytest.fixture
async def discord(referee: Referee) -> AsyncIterator[LoopbackDiscord]:
    """A Discord on loopback; all that is said to it must be as Discord's own description has it."""
    async with LoopbackDiscord() as server:
        yield server
    assert [found for row in server.log.rows for found in referee.violations(row)] == []


@pytest.fixture
async def stage(discord: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """The real client, the real cog and the real reply, around a scripted provider."""
    monkeypatch.setattr(Route, "BASE", discord.api_base)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(discord.gateway_url))
    stage = Stage(discord=discord, provider=ScriptedProvider())
    ids = map(str, itertools.count(1))
    async with open_store("sqlite://") as stores:
        jobs = job_runner(
            stage.provider,
            stores,
            models=["sd-3.5", "sd-3.5-turbo", "flux"],
            clock=lambda: stage.now,
            new_id=lambda: f"job{next(ids)}",
        )
        with Encoder() as encoder:
            delivery = Delivery(look=cards, encoder=encoder, program="Imagine 1.0")
            async with ImagineBot(all_services(stores, jobs, delivery, lambda: stage.now)) as bot:
                running = asyncio.create_task(bot.start(discord.token))
                await discord.wait_for_command("imagine")
                yield stage
                await jobs.drain(5)
                await bot.close()
                await running
