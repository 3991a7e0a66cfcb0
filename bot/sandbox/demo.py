"""The demo in a terminal: the real bot, between a Discord and a Space on this machine.

Several people ask for a picture at once, so that there is a queue; what the last one sees is printed.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from bot.config import Config
from bot.sandbox.discord import LoopbackDiscord
from bot.sandbox.discord.model import EPHEMERAL, LOADING
from bot.sandbox.discord.wire import Json
from bot.sandbox.space import LoopbackSpace, Mood
from bot.sandbox.terminal import Terminal
from bot.ui import wording
from bot.ui.custom_id import Action

RunBot = Callable[[Config, asyncio.Event], Coroutine[object, object, int]]

MOODS = tuple(mood.value for mood in Mood)
SECONDS_PER_STEP = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """What the demo is asked to do.

    Attributes:
        prompt: What the picture shows.
        out: Where the final picture is written.
        space: The address of a real Space; None for the built-in one.
        mood: How the built-in Space behaves; a value of `Mood`.
    """

    prompt: str
    out: Path
    space: str | None = None
    mood: str = "calm"


async def show(demo: Demo, run_bot: RunBot, screen: TextIO = sys.stdout) -> int:
    """Run the demo.

    Args:
        demo: What to do.
        run_bot: Runs the bot until the event is set, and returns its exit status.
        screen: Where to print; pictures are drawn on terminals only.

    Returns:
        The exit status: 0 when the picture was written.
    """
    async with AsyncExitStack() as stack:
        discord = await stack.enter_async_context(LoopbackDiscord())
        space_url = demo.space
        if space_url is None:
            space = LoopbackSpace(seconds_per_step=SECONDS_PER_STEP, mood=Mood(demo.mood))
            space_url = (await stack.enter_async_context(space)).url
        config = Config(
            discord_token=discord.token,
            discord_api_base=discord.api_base,
            discord_gateway_url=discord.gateway_url,
            space_url=space_url,
            database_url="sqlite://",
        )
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(run_bot(config, stop))
            try:
                await discord.wait_for_command("imagine")
                return await _ask(demo, discord, screen)
            finally:
                stop.set()


async def _ask(demo: Demo, discord: LoopbackDiscord, screen: TextIO) -> int:
    """Let several people ask, and show what the last one sees."""
    if demo.space is None:
        for name, prompt in wording.DEMO_NEIGHBOURS.items():
            await discord.person(name).command("imagine", prompt=prompt, steps=15, channel="art")
    user = discord.person("alice")
    terminal = Terminal(screen, discord.download)
    terminal.print(wording.demo_asks(demo.prompt))
    reply = await user.command("imagine", prompt=demo.prompt, channel="art", unchecked=True)
    async for message in reply.changes():
        await terminal.show(message, time.time())
        if not _is_running(message):
            break
    if files := await reply.files():
        await asyncio.to_thread(demo.out.write_bytes, files[0].data)
        terminal.print(wording.demo_wrote(demo.out, len(files[0].data)))
        return 0
    if reply.message and not reply.message["flags"] & EPHEMERAL:
        await terminal.show(await reply.until_followup(lambda _: True), time.time())
    return 1


def _is_running(message: Json) -> bool:
    """Whether the card may still change: as long as it can be cancelled, or there is none yet."""
    return bool(message["flags"] & LOADING) or f":{Action.CANCEL.value}:" in json.dumps(message["components"])
