"""The demo in a terminal: several people ask for a picture at once, and what the last one sees is printed."""

import asyncio
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from bot.sandbox.demo.stage import RunBot, acting, studio
from bot.sandbox.discord import LoopbackDiscord
from bot.sandbox.discord.model import EPHEMERAL, LOADING
from bot.sandbox.discord.wire import Json
from bot.sandbox.terminal import Terminal
from bot.ui import wording
from bot.ui.custom_id import Action


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
    async with (
        LoopbackDiscord() as discord,
        studio(demo.space, demo.mood) as place,
        acting(discord, place, run_bot),
    ):
        await discord.wait_for_command("imagine")
        return await _ask(demo, discord, screen)


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
