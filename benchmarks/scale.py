"""How far one process goes, how far several go, and what a bot costs that does nothing.

    python benchmarks/scale.py --quick
    python benchmarks/scale.py
    python benchmarks/scale.py --only load --at-once 50

Discord with its people, the Space and each of the bot's processes are processes of their own. The Space shows
four previews and then a picture of 1024 × 1024 pixels, and draws as many at once as are asked for.
"""

import argparse
import asyncio
import json
import math
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).parents[1]))

import psycopg
from processes import Process, cpu, family_cpu, load, memory

from tests import postgresql

HERE = Path(__file__).parent
A_SECOND = 10  # people who begin to ask each second
SHORTEST = 4.0  # seconds that a picture takes at least
A_SHARD = 2500  # guilds
PORT = 19090  # of the figures
PATIENCE = 1500.0  # seconds until the last picture


# --- the load -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scene:
    """The bot's processes between their neighbours.

    Attributes:
        discord: With the people.
        space: Where the pictures come from.
        bots: The gateway first.
        server: The id of PostgreSQL's first process; None where there is none.
        url: The address of the database.
    """

    discord: Process
    space: Process
    bots: list[Process]
    server: int | None
    url: str

    def cpu(self) -> dict[str, float]:
        """Return the seconds of processor that each has used."""
        return {
            **{f"bot {number}": cpu(bot.pid) for number, bot in enumerate(self.bots, start=1)},
            **({"PostgreSQL": family_cpu(self.server)} if self.server else {}),
            "Discord": cpu(self.discord.pid),
            "Space": cpu(self.space.pid),
        }


@dataclass(slots=True)
class Seen:
    """What a load did.

    Attributes:
        crowd: What the people saw, as `crowd.py` says it.
        probes: What the bots' probes saw, as `probed.py` says it.
        cpu: Seconds of processor by process.
        idle: MiB of each bot before.
        memory: MiB of each bot at times.
        commits: Transactions of the database server, of all its clients.
    """

    crowd: dict[str, Any]
    probes: list[dict[str, Any]]
    cpu: dict[str, float]
    idle: list[float]
    memory: list[tuple[float, list[float]]] = field(default_factory=list)
    commits: int = 0

    @property
    def bots_cpu(self) -> float:
        """The seconds of processor that the bot's processes used."""
        return sum(seconds for name, seconds in self.cpu.items() if name.startswith("bot"))

    @property
    def peak(self) -> float:
        """The most MiB that all of the bot's processes had at a time."""
        return max(sum(each) for _, each in self.memory)

    @property
    def growth(self) -> float:
        """The KiB by which each generation in flight made the processes larger, when the most were."""
        idle, until = sum(self.idle), float(self.crowd["full_at"])
        full = max((sum(each) for at, each in self.memory if at <= until), default=idle)
        return (full - idle) * 1024 / max(int(self.crowd["in_flight"]), 1)


@asynccontextmanager
async def _scene(
    seconds: float, processes: int, url: str, server: int | None, draw: int, **env: str
) -> AsyncGenerator[Scene, None]:
    """Start everything: one process on the gateway that draws too, the others are workers."""
    async with AsyncExitStack() as stack:
        discord = await Process.start(str(HERE / "crowd.py"), "0", "1")
        stack.push_async_callback(discord.stop)
        space = await Process.start(str(HERE / "pretend_space.py"), str(seconds))
        stack.push_async_callback(space.stop)
        env |= json.loads(await discord.line())
        env |= {
            "SPACE_URL": (await space.line()).strip(),
            "DATABASE_URL": url,
            "DRAW_AT_ONCE": str(math.ceil(draw / processes)),
            "LOG_LEVEL": "ERROR",
        }
        bots: list[Process] = []
        for number in range(processes):
            kind = ["worker"] if number else []
            bot = await Process.start(str(HERE / "probed.py"), *kind, env=env, is_quiet=True)
            stack.push_async_callback(bot.stop)
            bots.append(bot)
            if not number:
                await discord.line()
        yield Scene(discord, space, bots, server, url)


async def _measure(scene: Scene, people: int) -> Seen:
    """Let so many people ask, and say what came of it; the bots end."""
    warm_up = {"people": 2 * len(scene.bots), "ramp": 0.0}
    await scene.discord.say(json.dumps(warm_up))
    await scene.discord.line()
    await asyncio.sleep(1)  # what follows a delivery is over, and the workers have begun to beat
    for process in (scene.space, *scene.bots):
        process.send(signal.SIGUSR1)
    idle, began, commits = [memory(bot.pid) for bot in scene.bots], scene.cpu(), await _commits(scene.url)
    await scene.discord.say(json.dumps({"people": people, "ramp": people / A_SECOND}))
    ending = asyncio.create_task(scene.discord.line(PATIENCE))
    seen = Seen({}, [], {}, idle)
    while not ending.done():
        seen.memory.append((time.time(), [memory(bot.pid) for bot in scene.bots]))
        await asyncio.wait({ending}, timeout=0.2)
    seen.cpu = {name: used - began[name] for name, used in scene.cpu().items()}
    seen.crowd = json.loads(ending.result())
    seen.commits = await _commits(scene.url) - commits
    for bot in reversed(scene.bots):
        bot.send(signal.SIGTERM)
        seen.probes.append(json.loads(await bot.line()))
    return seen


async def _commits(url: str) -> int:
    """Return the transactions of a PostgreSQL database so far; 0 for another one."""
    if not url.startswith("postgresql"):
        return 0
    await asyncio.sleep(1.5)  # its sessions tell their figures once a second
    query = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        row = await (await connection.execute(query)).fetchone()
    return int(row[0]) if row else 0


def _seconds(people: int) -> float:
    """Return how long a picture must take for all to be in flight at the same time."""
    return max(SHORTEST, 1.2 * people / A_SECOND)


async def _on_sqlite(people: int, **env: str) -> Seen:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/imagine.db"
        async with _scene(_seconds(people), 1, url, None, people, **env) as scene:
            return await _measure(scene, people)


async def _one_process(at_once: Iterable[int], runs: int) -> None:
    _head(
        "at once,delivered,in flight,a second,ack p50 ms,p99,CPU ms each,stall p99 ms,max,idle MiB,peak MiB"
        ",KiB each in flight,edits each,load"
    )
    for people in at_once:
        for _ in range(runs):
            before = load()
            seen = await _on_sqlite(people)
            crowd, probe = seen.crowd, seen.probes[0]
            _row(
                people,
                crowd["delivered"],
                crowd["in_flight"],
                f"{crowd['a_second']:.1f}",
                f"{crowd['ack_p50']:.0f}",
                f"{crowd['ack_p99']:.0f}",
                f"{seen.bots_cpu / people * 1e3:.0f}",
                f"{probe['stall_p99']:.1f}",
                f"{probe['stall_max']:.0f}",
                f"{seen.idle[0]:.0f}",
                f"{seen.peak:.0f}",
                f"{seen.growth:.0f}",
                f"{crowd['edits']:.1f}",
                before,
            )


async def _several(counts: Iterable[int], people: int, runs: int) -> None:
    _head(
        "processes,delivered,a second,ack p50 ms,p99,CPU ms each: bot processes,PostgreSQL,Discord,Space"
        ",stall p99 ms,max,peak MiB,commits each,load"
    )
    postgresql.OPTIONS = postgresql.OPTIONS[2:]  # here a power cut may lose nothing
    with postgresql.serve_own() as server:
        pid = server._process.pid  # noqa: SLF001 # nobody else has to know it
        for processes in counts:
            for _ in range(runs):
                before = load()
                with server.database() as url:
                    async with _scene(_seconds(people), processes, url, pid, people) as scene:
                        seen = await _measure(scene, people)
                crowd = seen.crowd
                each = {name: seconds / people * 1e3 for name, seconds in seen.cpu.items()}
                bots = [f"{used:.0f}" for name, used in each.items() if name.startswith("bot")]
                _row(
                    processes,
                    crowd["delivered"],
                    f"{crowd['a_second']:.1f}",
                    f"{crowd['ack_p50']:.0f}",
                    f"{crowd['ack_p99']:.0f}",
                    " + ".join(bots),
                    *(f"{each[name]:.0f}" for name in ("PostgreSQL", "Discord", "Space")),
                    f"{max(probe['stall_p99'] for probe in seen.probes):.1f}",
                    f"{max(probe['stall_max'] for probe in seen.probes):.0f}",
                    f"{seen.peak:.0f}",
                    f"{seen.commits / people:.1f}",
                    before,
                )


async def _transactions(people: int) -> None:
    _head("transaction,writes a generation,reads")
    seen = await _on_sqlite(people, COUNT_TRANSACTIONS="1")
    probe = seen.probes[0]
    for name in sorted({*probe["written"], *probe["read"]}):
        _row(name, *(f"{probe[kind].get(name, 0) / people:.2f}" for kind in ("written", "read")))
    _row("all", *(f"{sum(probe[kind].values()) / people:.2f}" for kind in ("written", "read")))


# --- the bot that does nothing --------------------------------------------------------------------------


async def _idle(python: str, guilds: Sequence[int], runs: int, rest: float) -> None:
    _head("guilds,shards,RSS MiB,bytes a guild,idle CPU %,load")
    bare: list[float] = []
    for number in guilds:
        for _ in range(runs):
            shards, before = math.ceil(max(number, 1) / A_SHARD), load()
            async with _alone(python, number, shards) as (bot, discord):
                await discord.line()
                await asyncio.sleep(rest)
                used, began = cpu(bot.pid), time.monotonic()
                await asyncio.sleep(rest)
                share = (cpu(bot.pid) - used) / (time.monotonic() - began)
                size = memory(bot.pid)
            if number == guilds[0]:
                bare.append(size)
            more = (size - statistics.mean(bare)) * 2**20 / max(number, 1)
            _row(
                number,
                shards,
                f"{size:.1f}",
                f"{more:.0f}" if bare and number else "",
                f"{share:.1%}",
                before,
            )


async def _start(python: str, runs: int) -> None:
    _head("run,commands served after s,ready after s,load")
    for number in range(1, runs + 1):
        before, began = load(), time.time()
        async with _alone(python, 0, 1, METRICS_PORT=str(PORT)) as (_, discord):
            serving = asyncio.create_task(discord.line())
            ready = await asyncio.to_thread(_ready_at)
            served = json.loads(await serving)["ready"]
            _row(number, f"{served - began:.2f}", f"{ready - began:.2f}", before)


def _ready_at() -> float:
    """Return the Unix time in seconds at which the bot says that it is ready."""
    while True:
        try:
            urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=1).close()
        except OSError:  # nobody listens yet, or the answer is 503
            time.sleep(0.02)
        else:
            return time.time()


@asynccontextmanager
async def _alone(
    python: str, guilds: int, shards: int, **env: str
) -> AsyncGenerator[tuple[Process, Process], None]:
    """Start `python -m bot` on SQLite, and a Discord with so many guilds."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        discord = await Process.start(str(HERE / "crowd.py"), str(guilds), str(shards))
        stack.push_async_callback(discord.stop)
        env |= json.loads(await discord.line())
        env |= {"DATABASE_URL": f"sqlite:///{folder}/imagine.db", "LOG_LEVEL": "ERROR"}
        bot = await Process.start("-m", "bot", env=env, is_quiet=True, python=python)
        stack.push_async_callback(bot.stop)
        yield bot, discord


# --- tables ---------------------------------------------------------------------------------------------


def _head(columns: str) -> None:
    names = columns.split(",")
    print("\n|", " | ".join(names), "|")
    print("|" + "---:|" * len(names), flush=True)


def _row(*cells: object) -> None:
    print("|", " | ".join(map(str, cells)), "|", flush=True)


async def _all(given: argparse.Namespace) -> None:
    quick, runs = given.quick, 1 if given.quick else given.runs
    if "start" in given.only:
        await _start(given.python, 3 if quick else 5)
    if "idle" in given.only:
        guilds = (0, 1_000) if quick else (0, 1_000, 10_000)
        await _idle(given.python, guilds, runs, 3 if quick else 10)
    if "transactions" in given.only:
        await _transactions(5 if quick else 20)
    if "load" in given.only:
        await _one_process(given.at_once or ((20,) if quick else (1, 50, 500, 2_000)), runs)
    if "processes" in given.only:
        await _several((1, 2) if quick else (1, 2, 3, 4), given.people or (20 if quick else 300), runs)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parts = ("start", "idle", "transactions", "load", "processes")
    parser.add_argument("--quick", action="store_true", help="small numbers, once: under two minutes")
    parser.add_argument("--only", nargs="+", choices=parts, default=parts)
    parser.add_argument("--at-once", type=int, nargs="+", help="people of `load`")
    parser.add_argument("--people", type=int, help="people of `processes`")
    parser.add_argument("--python", default=sys.executable, help="that of `start` and `idle`")
    parser.add_argument("--runs", type=int, default=2, help="of each measurement")
    asyncio.run(_all(parser.parse_args()))


if __name__ == "__main__":
    main()
