"""What both forms of the demo stand on: the bot between a Discord and a Space, for as long as it lasts."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass

from cryptography.fernet import Fernet

from bot.config import HF_ENDPOINT, Config
from bot.sandbox.discord import LoopbackDiscord
from bot.sandbox.space import LoopbackSpace, Mood

RunBot = Callable[[Config, asyncio.Event], Coroutine[object, object, int]]

SECONDS_PER_STEP = 0.1
DRAIN = 1.0  # seconds; whoever closes the demo does not wait for pictures


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """Where the bot draws.

    Attributes:
        url: The Space's address.
        space: The Space, when it is the built-in one.
    """

    url: str
    space: LoopbackSpace | None = None


@asynccontextmanager
async def studio(url: str | None, mood: str) -> AsyncIterator[Studio]:
    """Open the built-in Space, unless there is the address of a real one.

    Args:
        url: A real Space's address, or None.
        mood: How the built-in Space behaves; a value of `Mood`.
    """
    if url is not None:
        yield Studio(url=url)
        return
    async with LoopbackSpace(seconds_per_step=SECONDS_PER_STEP, mood=Mood(mood)) as space:
        yield Studio(url=space.url, space=space)


@asynccontextmanager
async def acting(
    discord: LoopbackDiscord, studio: Studio, run_bot: RunBot
) -> AsyncIterator[asyncio.Task[int]]:
    """Keep the bot on a Discord while the block runs.

    Args:
        discord: Where it answers.
        studio: Where it draws; the built-in Space also answers for Hugging Face's accounts.
        run_bot: Runs the bot until the event is set, and returns its exit status.
    """
    config = Config(
        discord_token=discord.token,
        discord_api_base=discord.api_base,
        discord_gateway_url=discord.gateway_url,
        space_url=studio.url,
        hf_endpoint=studio.space.url if studio.space else HF_ENDPOINT,
        secret_keys=(Fernet.generate_key().decode(),),
        database_url="sqlite://",
        drain_seconds=DRAIN,
    )
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        bot = tasks.create_task(run_bot(config, stop))
        try:
            yield bot
        finally:
            stop.set()
