"""From `/imagine` typed to the final attachment, many at once: does the bot's event loop stay awake?

    python benchmarks/end_to_end.py --at-once 50

The Discord, the Space and the people run in this process, the bot in one of its own, in which a probe notes
how late the event loop wakes it. The Space sends 12 previews for each picture.
"""

import argparse
import asyncio
import json
import os
import resource
import signal
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot import app
from bot.config import Config
from bot.sandbox.discord import LoopbackDiscord, Person
from bot.sandbox.space import LoopbackSpace

PREVIEWS = 12
TICK = 0.002  # seconds between two looks at the clock


async def _probe(lateness: list[float]) -> None:
    """Note, again and again, by how many seconds the event loop woke this up too late."""
    while True:
        due = time.perf_counter() + TICK
        await asyncio.sleep(TICK)
        lateness.append(time.perf_counter() - due)


async def _bot(config: Config) -> dict[str, float]:
    stop = asyncio.Event()
    lateness: list[float] = []
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, lateness.clear)
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    probe = asyncio.create_task(_probe(lateness))
    await app.run(config, stop)
    probe.cancel()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "worst_ms": max(lateness) * 1e3,
        "p99_ms": statistics.quantiles(lateness, n=100)[98] * 1e3,
        "cpu_s": usage.ru_utime + usage.ru_stime,
        "rss_mib": usage.ru_maxrss / 1024,
    }


async def _picture(person: Person, number: int) -> float:
    """Ask for one picture and return the seconds until its final attachment was there."""
    began = time.perf_counter()
    reply = await person.command("imagine", prompt=f"fox number {number}", steps=PREVIEWS)
    await reply.until(
        lambda message: any(file["filename"].startswith("fox-") for file in message["attachments"]),
        timeout=300,
    )
    return time.perf_counter() - began


async def _measure(at_once: int) -> None:
    async with (
        LoopbackDiscord() as discord,
        LoopbackSpace(concurrency=at_once, previews=PREVIEWS, seconds_per_step=0.5) as space,
    ):
        env = {
            "discord_token": discord.token,
            "discord_api_base": discord.api_base,
            "discord_gateway_url": discord.gateway_url,
            "space_url": space.url,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, __file__, "--bot", json.dumps(env), stdout=asyncio.subprocess.PIPE
        )
        os.nice(10)  # Discord and the Space are other machines; here they must not take the bot's processor
        await discord.wait_for_command("imagine", timeout=30)
        await _picture(discord.person("warm-up"), 0)
        process.send_signal(signal.SIGUSR1)  # what comes before is start-up, not work
        people = [discord.person(f"member{number}") for number in range(at_once)]
        times = await asyncio.gather(*(_picture(person, number) for number, person in enumerate(people)))
        process.send_signal(signal.SIGTERM)
        written, _ = await process.communicate()
    seen = json.loads(written)
    print(
        f"| {at_once} | {len(times)} | {statistics.median(times):.1f} | {max(times):.1f} "
        f"| {seen['p99_ms']:.1f} | {seen['worst_ms']:.1f} | {seen['cpu_s'] / at_once * 1e3:.0f} "
        f"| {seen['rss_mib']:.0f} |"
    )


def main() -> None:
    """Run the benchmark, or, as its own subprocess, the bot."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--at-once", type=int, nargs="+", default=[1, 16, 50])
    parser.add_argument("--bot", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.bot:
        print(json.dumps(asyncio.run(_bot(Config(**json.loads(given.bot))))))
        return
    columns = (
        "at once",
        "delivered",
        "median s",
        "slowest s",
        "stall p99 ms",
        "worst ms",
        "CPU ms",
        "RSS MiB",
    )
    print("|", " | ".join(columns), "|")
    print("|---" * len(columns), end="|\n")
    for at_once in given.at_once:
        asyncio.run(_measure(at_once))


if __name__ == "__main__":
    main()
