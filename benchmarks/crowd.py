"""Discord with its servers and people, in a process of its own; to be started by `scale.py`.

It prints a line of JSON with what the bot's environment needs, and one more when the bot serves `/imagine`.
Each line that it reads is a load, as JSON: so many people ask, spread over some seconds. When the last of
them has got a picture, or patience has ended, it prints what they saw.
"""

import asyncio
import json
import os
import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.sandbox.discord import LoopbackDiscord, Rules
from bot.sandbox.discord.model import Guild
from bot.sandbox.discord.people.person import Person
from bot.sandbox.discord.people.reply import Reply

STEPS = 4
HOMES = 12  # guilds with people in them, in turns on each of up to 4 shards
LOOK = 0.1  # seconds between two looks at who has got a picture
PATIENCE = 1200.0  # seconds


@dataclass(slots=True)
class Crowd:
    """People who ask at about the same time, each for one picture.

    Attributes:
        discord: Where.
        people: How many.
        ramp: Seconds over which they begin.
        in_flight: The most who waited for a picture at the same time.
        full_at: Unix time in seconds at which that was.
    """

    discord: LoopbackDiscord
    people: list[Person]
    ramp: float
    in_flight: int = 0
    full_at: float = 0.0
    _waiting: list[Reply] = field(default_factory=list)
    _delivered: list[float] = field(default_factory=list)
    _asked: int = 0
    _lost: int = 0

    async def ask(self) -> dict[str, Any]:
        """Let them ask, and return what they saw when the last has got a picture."""
        self.discord.log.rows.clear()
        began = time.time()
        asking = [asyncio.create_task(self._ask(number)) for number in range(len(self.people))]
        while len(self._delivered) + self._lost < len(self.people) and time.time() < began + PATIENCE:
            await asyncio.sleep(LOOK)
            self._look()
        await asyncio.gather(*asking)
        return self._seen(began)

    async def _ask(self, number: int) -> None:
        await asyncio.sleep(self.ramp * number / len(self.people))
        reply = await self.people[number].command("imagine", prompt="fox", seed=7, steps=STEPS)
        if reply.failed:
            self._lost += 1
        else:
            self._waiting.append(reply)

    def _look(self) -> None:
        """See who has got a picture; its file is forgotten, for nobody downloads it."""
        waiting = []
        for reply in self._waiting:
            at = _picture_at(reply)
            if at is None:
                waiting.append(reply)
            else:
                self._delivered.append(at)
        self._waiting = waiting
        if len(waiting) > self.in_flight:
            self.in_flight, self.full_at = len(waiting), time.time()
        for attachment in self.discord.world.attachments.values():
            attachment.data = b""
        self.discord.world.attachments.clear()

    def _seen(self, began: float) -> dict[str, Any]:
        rows = self.discord.log.rows
        acknowledged = [
            row["at"] + row["seconds"] - asked
            for row in rows
            if row["path"].endswith("/callback")
            for asked in [self.discord.world.interactions[row["path"].split("/")[3]].created_at]
        ]
        delivered = sorted(self._delivered)
        edits = sum(row["method"] == "PATCH" for row in rows)
        ended = delivered[-1] if delivered else time.time()
        tenth = len(delivered) // 10
        middle = delivered[tenth : len(delivered) - tenth]
        return {
            "asked": len(self.people),
            "delivered": len(delivered),
            "began": began,
            "ended": ended,
            "in_flight": self.in_flight,
            "full_at": self.full_at,
            "a_second": (len(middle) - 1) / (middle[-1] - middle[0]) if len(middle) > 1 else 0.0,
            "ack_p50": statistics.median(acknowledged) * 1e3,
            "ack_p99": _p99(acknowledged) * 1e3,
            "requests": len(rows) / len(self.people),
            "edits": edits / len(self.people),
            "refused": sum(row["status"] == 429 for row in rows),
        }


def _picture_at(reply: Reply) -> float | None:
    """Return when somebody got the picture, in Unix seconds; None if they still wait."""
    if not reply.history:
        return None
    last = reply.history[-1]
    files = last.payload["attachments"] if last.payload else []
    return last.at if any(file["filename"].startswith("fox-") for file in files) else None


def _p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[98] if len(values) > 1 else values[0]


def _home(discord: LoopbackDiscord, now: float) -> Guild:
    """Found a guild at a millisecond of its own: that decides its shard."""
    guild = discord.world.add_guild("home", now)
    discord.world.add_channel(guild, "general", now)
    return guild


async def _line() -> str:
    return await asyncio.to_thread(sys.stdin.readline)


def _print(what: dict[str, Any]) -> None:
    print(json.dumps(what), flush=True)


async def _serve(guilds: int, shards: int) -> None:
    async with LoopbackDiscord(rules=Rules(shards=shards)) as discord:
        founded = time.time()
        homes = [_home(discord, founded + number / 1e3) for number in range(HOMES)]
        for number in range(HOMES, guilds):
            discord.world.add_guild("guild", founded + number / 1e3)
        _print(
            {
                "DISCORD_TOKEN": discord.token,
                "DISCORD_API_BASE": discord.api_base,
                "DISCORD_GATEWAY_URL": discord.gateway_url,
            }
        )
        await discord.wait_for_gateways(shards, timeout=600)
        await discord.wait_for_command("imagine", timeout=600)
        _print({"ready": time.time()})
        number = 0
        while line := await _line():
            load = json.loads(line)
            people = []
            for _ in range(load["people"]):
                number += 1
                people.append(discord.person(f"member{number}", guild=homes[number % len(homes)]))
            _print(await Crowd(discord, people, load["ramp"]).ask())


def main() -> None:
    """Serve a Discord with `argv[1]` guilds, and at least those in which people are, in `argv[2]` shards."""
    os.nice(10)  # it is another machine; here it must not take the bot's processor
    asyncio.run(_serve(int(sys.argv[1]), int(sys.argv[2])))


if __name__ == "__main__":
    main()
