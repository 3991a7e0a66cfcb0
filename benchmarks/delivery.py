"""How late is the picture, and does the bot stay awake?

    python benchmarks/delivery.py
    python benchmarks/delivery.py --at-once 100

The first form measures the seconds from the provider's last byte to the final attachment in the channel,
while 40 previews come at 10 a second: delivery beside two plain ways of doing it with the same discord.py.
The second lets many people ask at the same moment, with the bot in a process of its own.
"""

import argparse
import asyncio
import json
import os
import signal
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

sys.path.insert(0, str(Path(__file__).parents[1]))

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from PIL import Image

from bot import app
from bot.config import Config
from bot.delivery import wire
from bot.delivery.encoding import Encoder
from bot.delivery.reply import Delivery, answer_place, open_reply
from bot.domain.board import Board, Drawn
from bot.domain.events import ImagePreview
from bot.domain.job import Job
from bot.domain.picture import Picture
from bot.domain.request import ImageRequest
from bot.domain.stage import Drawing
from bot.sandbox.discord import Fault, LoopbackDiscord, Person, Rules
from bot.sandbox.space import LoopbackSpace
from bot.ui import cards

PREVIEWS = 40
EVERY = 0.1  # seconds between two previews
LATENCIES = (0.05, 0.2, 0.5, 1.0)  # seconds
RETRY_AFTER = 5.0  # seconds
REFUSED_AT = 2.5  # seconds after the start; the next edit meets a 429
LOAD_PREVIEWS = 12
TICK = 0.002  # seconds between two looks at the clock

Steps: TypeAlias = asyncio.Queue[int | None]  # a preview's number; None stands for the final picture
Contestant: TypeAlias = Callable[[discord.Interaction[Any], Any, Steps], Awaitable[None]]


def _file(side: int) -> bytes:
    """Return an image that is about as large as a Space's of this many pixels."""
    image = Image.new("RGB", (side, side))
    for cells in (8, 64, 256):
        noise = Image.frombytes("RGB", (cells, cells), os.urandom(cells * cells * 3))
        image = Image.blend(image, noise.resize(image.size, Image.Resampling.BICUBIC), 0.4)
    with BytesIO() as file:
        image.save(file, "WEBP", quality=80)
        return file.getvalue()


PREVIEW, FINAL = _file(256), _file(1024)


# --- the contestants ------------------------------------------------------------------------------------


async def awaited(interaction: discord.Interaction[Any], _: Any, steps: Steps, *, every: float = 0.0) -> None:
    """The plain way: edit the reply in the loop that reads the provider.

    Args:
        interaction: The acknowledged interaction.
        _: What the acknowledgement returned.
        steps: What the provider sends.
        every: Least seconds between two previews; those in between are left out.
    """
    shown = -every
    while (step := await steps.get()) is not None:
        if time.monotonic() - shown >= every:
            shown = time.monotonic()
            preview = discord.File(BytesIO(PREVIEW), "preview.webp")
            await interaction.edit_original_response(content=f"{step} of {PREVIEWS}", attachments=[preview])
    final = discord.File(BytesIO(FINAL), "final.webp")
    await interaction.edit_original_response(content="Done.", attachments=[final])


async def ours(
    interaction: discord.Interaction[Any], answered: Any, steps: Steps, *, encoder: Encoder
) -> None:
    """Delivery as the bot uses it; the final file is a PNG with its parameters."""
    request = ImageRequest(prompt="final", seed=0)
    delivery = Delivery(look=cards, encoder=encoder, program="Imagine")
    job = Job(
        id="benchmark",
        user_id=interaction.user.id,
        guild_id=interaction.guild_id,
        channel_id=interaction.channel_id or 0,
        locale="en-US",
        requests=(request,),
        created_at=time.time(),
        place=answer_place(interaction, answered, delivery),
    )
    board = Board.empty(job)
    async with open_reply(interaction.client, board, fetch=_fetch, delivery=delivery) as reply:
        while (step := await steps.get()) is not None:
            preview = ImagePreview(f"http://space/{step}.webp", "a fox")
            reply.show(board.with_slot(0, Drawing(step, PREVIEWS, preview)))
        picture = Picture(request=request, image=FINAL, seconds=4.0)
        await reply.finish(board.with_slot(0, Drawn(picture)))


async def _fetch(_: ImagePreview) -> bytes:
    return PREVIEW


# --- how late is the picture? ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Race:
    """One way of delivering under one condition.

    Attributes:
        contestant: It.
        latency: Seconds that Discord takes for each edit.
        is_refused: Whether one edit meets a 429.
    """

    contestant: Contestant
    latency: float
    is_refused: bool = False

    async def run(self) -> tuple[float, float]:
        """Return how late the final attachment was, and how long a 429 still ran then (seconds)."""
        async with LoopbackDiscord(rules=Rules(edit_latency=self.latency)) as server:
            Route.BASE = server.api_base
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway_url)
            client = discord.Client(intents=discord.Intents.none(), http_trace=wire.trace())
            tree = app_commands.CommandTree(client)
            steps: Steps = asyncio.Queue()

            @tree.command(description="Draw.")
            async def imagine(interaction: discord.Interaction) -> None:
                answered = await interaction.response.defer(thinking=True)
                await self.contestant(interaction, answered, steps)

            async with client:
                await client.login(server.token)
                await tree.sync()
                running = asyncio.create_task(client.connect())
                await server.wait_for_command("imagine")
                found = await self._race(server, steps)
                await client.close()
                await running
        return found

    async def _race(self, server: LoopbackDiscord, steps: Steps) -> tuple[float, float]:
        seen = await server.person("alice").command("imagine")
        refusing = asyncio.create_task(self._refuse(server))
        for step in range(PREVIEWS):
            steps.put_nowait(step)
            await asyncio.sleep(EVERY)
        steps.put_nowait(None)
        last = server.core.clock()
        await seen.until(_is_final, timeout=300)
        at = next(state.at for state in seen.history if state.payload and _is_final(state.payload))
        return at - last, max(0.0, await refusing - last)

    async def _refuse(self, server: LoopbackDiscord) -> float:
        """Let an edit meet a 429, and return when it ends."""
        if not self.is_refused:
            return 0.0
        await asyncio.sleep(REFUSED_AT)
        fault = server.faults.add(Fault.rate_limited(RETRY_AFTER, method="PATCH"))
        refused_at = await server.core.bell.until(lambda: None if fault.times else server.core.clock())
        return refused_at + RETRY_AFTER


def _is_final(message: dict[str, Any]) -> bool:
    return any(file["filename"].startswith("final") for file in message["attachments"])


async def _lateness(runs: int) -> None:
    print("| edits take | delivery | a second between edits | each preview an edit |")
    print("|---:|---:|---:|---:|")
    with Encoder() as encoder:
        contestants = (partial(ours, encoder=encoder), partial(awaited, every=1.0), awaited)
        for latency, is_refused in [*((latency, False) for latency in LATENCIES), (0.2, True)]:
            cells = [f"{latency * 1e3:.0f} ms{', one 429' * is_refused}"]
            for contestant in contestants:
                found = [await Race(contestant, latency, is_refused).run() for _ in range(runs)]
                late, left = (statistics.median(column) for column in zip(*found, strict=True))
                cells.append(f"{late:.2f} s" + f" ({left:.2f} s of the 429 left)" * is_refused)
            print("|", " | ".join(cells), "|", flush=True)


# --- does the bot stay awake? ---------------------------------------------------------------------------


async def _bot(config: Config) -> dict[str, float]:
    """Run the bot, and return how late its event loop woke a probe (milliseconds)."""
    stop, lateness = asyncio.Event(), [0.0]

    async def probe() -> None:
        while True:
            due = time.perf_counter() + TICK
            await asyncio.sleep(TICK)
            lateness.append(time.perf_counter() - due)

    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, lateness.clear)
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    probing = asyncio.create_task(probe())
    await app.run(config, stop)
    probing.cancel()
    return {"worst": max(lateness) * 1e3, "p99": statistics.quantiles(lateness, n=100)[98] * 1e3}


async def _picture(person: Person, number: int, after: float = 0.0) -> tuple[float, float]:
    """Ask for a picture; return the seconds until the acknowledgement, and until the final attachment."""
    await asyncio.sleep(after)
    began = time.perf_counter()
    reply = await person.command("imagine", prompt=f"final {number}", steps=LOAD_PREVIEWS)
    acknowledged = time.perf_counter() - began
    await reply.until(_is_final, timeout=300)
    return acknowledged, time.perf_counter() - began


async def _space(at_once: int) -> None:
    """Run the Space, in a process of its own that paints when nobody else wants the processor."""
    os.nice(19)
    async with LoopbackSpace(concurrency=at_once, previews=LOAD_PREVIEWS, seconds_per_step=0.5) as space:
        print(space.url, flush=True)
        await asyncio.Event().wait()


async def _started(*arguments: str) -> asyncio.subprocess.Process:
    """Start this file once more, for one of its parts."""
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(sys.executable, __file__, *arguments, stdout=pipe)


async def _first_line(process: asyncio.subprocess.Process) -> str:
    """Return the first line that a process prints."""
    return (await process.stdout.readline()).decode().strip() if process.stdout else ""


async def _load(at_once: int, within: float) -> None:
    async with LoopbackDiscord() as server:
        space = await _started("--space", "--at-once", str(at_once))
        env = {
            "discord_token": server.token,
            "discord_api_base": server.api_base,
            "discord_gateway_url": server.gateway_url,
            "space_url": await _first_line(space),
            "database_url": "sqlite://",
        }
        process = await _started("--bot", json.dumps(env))
        os.nice(10)  # Discord and its people are other machines; they must not take the bot's processor
        await server.wait_for_command("imagine", timeout=30)
        await _picture(server.person("warm-up"), 0)
        process.send_signal(signal.SIGUSR1)  # what comes before is start-up, not work
        people = [server.person(f"member{number}") for number in range(at_once)]
        apart = within / at_once
        asking = [_picture(person, number, apart * number) for number, person in enumerate(people)]
        times = await asyncio.gather(*asking)
        process.send_signal(signal.SIGTERM)
        written, _ = await process.communicate()
        space.terminate()
        await space.wait()
    acknowledged, done = zip(*times, strict=True)
    stall = json.loads(written)
    print("| at once | within s | delivered | ack p99 ms | median s | slowest s | stall p99 ms | worst ms |")
    print("|" + "---:|" * 8)
    print(
        f"| {at_once} | {within:g} | {len(done)} | {statistics.quantiles(acknowledged, n=100)[98] * 1e3:.0f} "
        f"| {statistics.median(done):.1f} | {max(done):.1f} | {stall['p99']:.1f} | {stall['worst']:.1f} |"
    )


def main() -> None:
    """Run a benchmark, or, as its own subprocess, the bot."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--at-once", type=int)
    parser.add_argument("--within", type=float, default=5.0, help="seconds in which all of them ask")
    parser.add_argument("--bot", help=argparse.SUPPRESS)
    parser.add_argument("--space", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.space:
        asyncio.run(_space(given.at_once))
    elif given.bot:
        print(json.dumps(asyncio.run(_bot(Config(**json.loads(given.bot))))))
    elif given.at_once:
        asyncio.run(_load(given.at_once, given.within))
    else:
        asyncio.run(_lateness(given.runs))


if __name__ == "__main__":
    main()
