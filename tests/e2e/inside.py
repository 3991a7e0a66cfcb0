"""The whole bot in the test's own process, between a Discord and a Space on loopback."""

import asyncio
import itertools
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.client import ImagineBot
from bot.delivery.encoding import Encoder
from bot.delivery.reply import Delivery
from bot.delivery.times import Times
from bot.domain.allowance import Policy
from bot.domain.credential import operators
from bot.jobs.accounts import Accounts
from bot.jobs.allowances import Allowances
from bot.jobs.line import FairLine
from bot.jobs.local import LocalEngine
from bot.jobs.runner import JobRunner
from bot.providers.base import ServiceOptions
from bot.providers.hub import open_hub
from bot.providers.registry import discover, open_registry
from bot.sandbox.discord import LoopbackDiscord
from bot.sandbox.space import LoopbackSpace
from bot.storage.engine import Stores, open_store
from bot.ui import cards
from tests.fakes import all_houses, all_services

TIMES = Times(interval=0.05, settle=0.2, retries=(0.02, 0.05, 0.1))


@dataclass(frozen=True, slots=True)
class Inside:
    """What runs.

    Attributes:
        jobs: The bot's jobs.
        stores: Where it keeps everything.
    """

    jobs: JobRunner
    stores: Stores


@asynccontextmanager
async def running(
    discord: LoopbackDiscord,
    space: LoopbackSpace,
    monkeypatch: pytest.MonkeyPatch,
    *,
    policy: Policy | None = None,
    at_once: int,
    times: Times = TIMES,
) -> AsyncIterator[Inside]:
    """Run the bot, with the composition root's own parts, for as long as the context lasts."""
    monkeypatch.setattr(Route, "BASE", discord.api_base)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(discord.gateway_url))
    ids = map(str, itertools.count(1))
    async with (
        open_registry(discover(), ServiceOptions(url=space.url)) as providers,
        open_hub(space.url) as hub,
        open_store("sqlite://") as stores,
    ):
        houses = all_houses(stores, time.time, policy)
        line = FairLine(at_once)
        jobs = JobRunner(
            providers,
            stores.jobs,
            houses=houses,
            allowances=Allowances(stores.limits, houses, time.time),
            accounts=Accounts(operators(()), stores.tokens, stores.quotas, hub, time.time),
            line=line,
            engine=LocalEngine(stores.jobs, line),
            clock=time.time,
            new_seed=lambda: 7,
            new_id=lambda: f"job{next(ids)}",
            new_reference=lambda: "3f9a2c",
            chance=random.random,
        )
        with Encoder() as encoder:
            delivery = Delivery(look=cards, encoder=encoder, program="Imagine 1.0", times=times)
            async with ImagineBot(all_services(stores, jobs, delivery, time.time, houses=houses)) as bot:
                serving = asyncio.create_task(bot.start(discord.token))
                await discord.wait_for_command("imagine")
                yield Inside(jobs, stores)
                await jobs.drain(0)
                await bot.close()
                await serving
