"""The demo in a browser: a page that looks and works like a Discord channel, with the real bot behind it."""

import asyncio
import sys
import webbrowser
from dataclasses import dataclass
from threading import Thread
from typing import TextIO

from bot.sandbox.demo.stage import RunBot, acting, studio
from bot.sandbox.discord import LoopbackDiscord
from bot.sandbox.page import Page, furnish
from bot.ui import wording

READY = 30.0  # seconds that the bot may take to log in before the neighbours give up


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """What the demo is asked to do.

    Attributes:
        port: Where the page is; 0 lets the system choose.
        browser: Whether to open it.
        space: The address of a real Space; None for the built-in one.
        mood: How the built-in Space behaves; a value of `Mood`.
    """

    port: int = 0
    browser: bool = True
    space: str | None = None
    mood: str = "calm"


async def serve(demo: Demo, run_bot: RunBot, stop: asyncio.Event, screen: TextIO = sys.stdout) -> int:
    """Keep the page up until it is told to stop.

    Args:
        demo: What to do.
        run_bot: Runs the bot until the event is set, and returns its exit status.
        stop: Ends the demo when it is set.
        screen: Where to print the page's address.

    Returns:
        The exit status: 0, or the bot's own if it ended by itself.

    Raises:
        OSError: The port is taken.
    """
    discord = LoopbackDiscord(port=demo.port)
    furnish(discord)
    async with studio(demo.space, demo.mood) as place:
        discord.serve(Page(discord, place.space).routes)
        async with discord, acting(discord, place, run_bot) as bot:
            print(wording.demo_page(discord.world.origin), file=screen, flush=True)
            if demo.browser:
                _open(discord.world.origin)
            tasks: list[asyncio.Task[object]] = [asyncio.create_task(stop.wait())]
            if place.space is not None:  # a real Space's GPU is not the neighbours' to use
                tasks.append(asyncio.create_task(_ask(discord)))
            await asyncio.wait({bot, tasks[0]}, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    return bot.result()


async def _ask(discord: LoopbackDiscord) -> None:
    """Let the neighbours ask for a picture, so that there is something to see."""
    await discord.wait_for_command("imagine", timeout=READY)
    for name, prompt in wording.DEMO_NEIGHBOURS.items():
        await discord.person(name).command("imagine", prompt=prompt, steps=15, channel="art")


def _open(url: str) -> None:
    """Open a browser without waiting for it; where there is none, the printed address has to do."""
    Thread(target=webbrowser.open, args=(url,), daemon=True).start()
