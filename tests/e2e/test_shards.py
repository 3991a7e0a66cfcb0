"""Several processes on one PostgreSQL: three with a shard each, which draw nothing, and two workers."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.sandbox.discord import LoopbackDiscord, Permission, Person, Reply, Rules
from bot.sandbox.discord.model import Guild
from bot.sandbox.discord.snowflake import shard
from bot.sandbox.space import Budget, LoopbackSpace, Outcome
from bot.ui.wording import queue
from tests.e2e.conftest import TOKEN, environment, is_finished, words
from tests.e2e.process import Process, started
from tests.operations.conftest import figures
from tests.ports import free_port
from tests.postgresql import Server
from tests.referee import Referee

SHARDS = 3
WORKERS = 2
WINDOW = 5.0  # seconds in which Discord lets one shard identify
LONG = 60.0  # seconds within which anything must have happened, on a busy machine

pytestmark = pytest.mark.asyncio(loop_scope="module")


@dataclass(frozen=True)
class Part:
    """A process, and the port at which it says how it is."""

    process: Process
    port: int

    async def ask(self, path: str) -> tuple[int, str]:
        url = f"http://127.0.0.1:{self.port}{path}"
        async with aiohttp.ClientSession() as http, http.get(url) as response:
            return response.status, await response.text()

    async def ready(self) -> None:
        """Wait until it is; it must not end before."""
        await self.process.meanwhile(self._ready())

    async def _ready(self) -> None:
        async with asyncio.timeout(LONG):
            while True:
                try:
                    if (await self.ask("/readyz"))[0] == 200:
                        return
                except aiohttp.ClientConnectionError:
                    pass
                await asyncio.sleep(0.05)

    async def drawn(self) -> float:
        """Return how many jobs it began to draw."""
        return figures((await self.ask("/metrics"))[1]).get("imagine_jobs_total{state=running}", 0.0)

    async def stopped(self) -> None:
        """Tell it to stop, and wait until it has."""
        self.process.send(signal.SIGTERM)
        ended = await self.process.ended()
        assert ended.status == 0, ended.log
        assert "Traceback" not in ended.log
        assert TOKEN not in ended.log


@dataclass(frozen=True)
class Fleet:
    """All processes, and their neighbours; `guilds` are by shard."""

    discord: LoopbackDiscord
    space: LoopbackSpace
    guilds: list[Guild]
    gateways: list[Part]
    workers: list[Part]

    def person(self, name: str, shard_id: int = 0, permissions: int = 0) -> Person:
        """Return a member of the guild of a shard; the same name is the same user in all of them."""
        return self.discord.person(name, guild=self.guilds[shard_id], permissions=permissions)


@asynccontextmanager
async def part(
    discord: LoopbackDiscord, space: LoopbackSpace, url: str, *arguments: str, **env: str
) -> AsyncIterator[Part]:
    port = free_port()
    own = {"DATABASE_URL": url, "LOG_LEVEL": "INFO", "METRICS_PORT": str(port)}
    async with started(*arguments, **(environment(discord, space) | own | env)) as process:
        yield Part(process, port)


def guild_of(discord: LoopbackDiscord, shard_id: int) -> Guild:
    """Found a guild that falls to a shard."""
    while shard((guild := discord.add_guild(f"Shard {shard_id}")).id, SHARDS) != shard_id:
        time.sleep(0.001)  # whole milliseconds decide
    return guild


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def fleet(referee: Referee, postgresql: Server) -> AsyncIterator[Fleet]:
    """Start all processes at once."""
    async with (
        AsyncExitStack() as stack,
        LoopbackDiscord(rules=Rules(identify_window=WINDOW)) as discord,
        LoopbackSpace(seconds_per_step=0.05, previews=4, concurrency=4) as space,
    ):
        url = stack.enter_context(postgresql.database())
        limits = {"USER_AT_ONCE": "1", "USER_BURST": "100"}
        gateways = [
            part(
                discord,
                space,
                url,
                SHARD_IDS=f"{number}",
                SHARD_COUNT=f"{SHARDS}",
                DRAW_AT_ONCE="0",
                **limits,
            )
            for number in range(SHARDS)
        ]
        workers = [part(discord, space, url, "worker", **limits) for _ in range(WORKERS)]
        parts = await asyncio.gather(*map(stack.enter_async_context, gateways + workers))
        guilds = [guild_of(discord, number) for number in range(SHARDS)]
        await asyncio.gather(*(one.ready() for one in parts))
        yield Fleet(discord, space, guilds, parts[:SHARDS], parts[SHARDS:])
        await asyncio.gather(*(one.stopped() for one in parts))
    assert [found for row in discord.log.rows for found in referee.violations(row)] == []


def previews(reply: Reply) -> set[str]:
    """Return the ids of the previews that a reply showed."""
    shown = [state.payload["attachments"] for state in reply.history if state.payload]
    return {files[0]["id"] for files in shown if files and files[0]["filename"] == "preview-0.webp"}


async def is_drawn(reply: Reply) -> None:
    """Wait until somebody works at a picture."""
    await reply.until(lambda message: "step" in words(message), timeout=LONG)


async def test_shards_that_start_at_once_identify_in_turn_and_none_is_refused(fleet: Fleet) -> None:
    sessions = [connection.session for connection in fleet.discord.gateways if connection.session]

    assert sorted((one.shard, one.shards) for one in sessions) == [(0, SHARDS), (1, SHARDS), (2, SHARDS)]
    assert fleet.discord.closed_gateways == []


async def test_shards_whose_connection_is_lost_resume_without_a_turn(fleet: Fleet) -> None:
    await fleet.discord.drop_gateways(None)
    await fleet.discord.core.bell.until(lambda: len(fleet.discord.closed_gateways) == SHARDS or None, LONG)
    connections = await fleet.discord.wait_for_gateways(SHARDS, timeout=LONG)

    assert all(connection.resumed for connection in connections)


async def test_one_process_registers_the_commands(fleet: Fleet) -> None:
    registered = [
        row for row in fleet.discord.log.rows if row["method"] == "PUT" and row["path"].endswith("/commands")
    ]

    assert [row["status"] for row in registered] == [200]


async def test_members_on_each_shard_get_previews_and_pictures_which_workers_draw(fleet: Fleet) -> None:
    people = [fleet.person(f"member{number}", number) for number in range(SHARDS)]
    replies = await asyncio.gather(*(one.command("imagine", prompt="a fox") for one in people))
    await asyncio.gather(*(reply.until(is_finished, timeout=LONG) for reply in replies))

    assert all(previews(reply) for reply in replies)
    assert [await one.drawn() for one in fleet.gateways] == [0, 0, 0]
    assert sum([await one.drawn() for one in fleet.workers]) == SHARDS


async def test_a_button_on_a_workers_reply_is_answered_by_the_gateways_process(fleet: Fleet) -> None:
    alice = fleet.person("alice", 1)
    reply = await alice.command("imagine", prompt="a fox", steps=2)
    await reply.until(is_finished, timeout=LONG)
    again = await alice.click(reply, "Again")

    assert is_finished(await again.until(is_finished, timeout=LONG))


async def test_cancel_reaches_the_worker_and_the_space(fleet: Fleet, slow: None) -> None:
    alice = fleet.person("alice", 2)
    reply = await alice.command("imagine", prompt="a long fox")
    await is_drawn(reply)
    await alice.click(reply, "Cancel")
    await reply.until(lambda message: "Cancelled." in words(message), timeout=LONG)

    async with asyncio.timeout(LONG):
        await fleet.space.ledger.until(lambda: bool(fleet.space.ledger.with_outcome(Outcome.CANCELLED)))
    assert not is_finished(reply.message or {})


async def test_a_users_limit_holds_over_all_processes(fleet: Fleet, slow: None) -> None:
    here, there = fleet.person("bob", 0), fleet.person("bob", 1)
    reply = await here.command("imagine", prompt="a long fox")
    await is_drawn(reply)
    refused = await there.command("imagine", prompt="an owl")

    assert "1 request at a time" in words(await refused.until(words))
    await here.click(reply, "Cancel")
    await reply.until(lambda message: "Cancelled." in words(message), timeout=LONG)


async def test_what_is_parked_by_one_process_is_drawn_by_another_when_quota_returns(fleet: Fleet) -> None:
    carol = fleet.person("carol", 2)
    fleet.space.budget = Budget(0, until=time.time() + 5.0)
    reply = await carol.command("imagine", prompt="a parked fox", steps=2)
    await reply.until(lambda message: queue.PARK in str(message["components"]), timeout=LONG)
    pressed = await carol.click(reply, queue.PARK)

    assert "waits for GPU quota" in words(await pressed.until(words))
    done = await fleet.discord.core.bell.until(lambda: next(iter(own_pictures(carol)), None), LONG)
    assert "a parked fox" in words(done)
    assert [await one.drawn() for one in fleet.gateways] == [0, 0, 0]


def own_pictures(person: Person) -> list[dict[str, Any]]:
    """Return the pictures that a person sees and that are not the answer to a command."""
    return [one for one in person.sees() if one["attachments"] and "interaction_metadata" not in one]


@pytest.fixture
async def slow(fleet: Fleet) -> AsyncIterator[None]:
    """Let pictures take longer than any test."""
    usual, fleet.space.seconds_per_step = fleet.space.seconds_per_step, 3.0
    yield
    fleet.space.seconds_per_step = usual


async def test_one_process_opens_all_shards_that_discord_recommends(referee: Referee) -> None:
    rules = Rules(identify_window=WINDOW, shards=2)
    async with (
        LoopbackDiscord(rules=rules) as discord,
        LoopbackSpace() as space,
        part(discord, space, "sqlite://") as only,
    ):
        await only.ready()
        sessions = [connection.session for connection in discord.gateways if connection.session]
        await only.stopped()

    assert [(session.shard, session.shards) for session in sessions] == [(0, 2), (1, 2)]
    assert [found for row in discord.log.rows for found in referee.violations(row)] == []


async def test_a_process_is_not_ready_before_its_last_shard_is_and_can_be_stopped_meanwhile() -> None:
    async with (
        LoopbackDiscord(rules=Rules(identify_window=WINDOW)) as discord,
        LoopbackSpace() as space,
        part(discord, space, "sqlite://", SHARD_IDS="0-9", SHARD_COUNT="10") as only,
    ):
        await only.process.ready(discord)
        status, reason = await only.ask("/readyz")
        await only.stopped()

    assert (status, reason) == (503, "The bot is not connected to Discord.")


async def test_a_worker_that_is_stopped_ends_its_picture_and_leaves_the_line_to_the_next(
    referee: Referee, postgresql: Server
) -> None:
    async with (
        AsyncExitStack() as stack,
        LoopbackDiscord() as discord,
        LoopbackSpace(seconds_per_step=0.1, previews=4) as space,
    ):
        url = stack.enter_context(postgresql.database())
        gateway = await stack.enter_async_context(part(discord, space, url, DRAW_AT_ONCE="0"))
        first = await stack.enter_async_context(part(discord, space, url, "worker", DRAW_AT_ONCE="1"))
        await asyncio.gather(gateway.ready(), first.ready())
        drawn = await discord.person("alice").command("imagine", prompt="a fox", steps=30)
        await is_drawn(drawn)
        waiting = await discord.person("bob").command("imagine", prompt="an owl", steps=2)
        await first.stopped()

        assert is_finished(drawn.message or {})
        assert not is_finished(waiting.message or {})
        second = await stack.enter_async_context(part(discord, space, url, "worker"))
        await second.ready()
        await waiting.until(is_finished, timeout=LONG)
        await asyncio.gather(gateway.stopped(), second.stopped())
    assert len(space.requests) == 2
    assert [found for row in discord.log.rows for found in referee.violations(row)] == []


async def test_what_is_set_in_one_process_holds_in_another_within_two_seconds(
    referee: Referee, postgresql: Server
) -> None:
    async with (
        AsyncExitStack() as stack,
        LoopbackDiscord() as discord,
        LoopbackSpace(seconds_per_step=0.0, previews=0) as space,
    ):
        url = stack.enter_context(postgresql.database())
        doors = [free_port(), free_port()]
        key = {"DISCORD_PUBLIC_KEY": discord.public_key}
        parts = await asyncio.gather(
            *(
                stack.enter_async_context(part(discord, space, url, INTERACTIONS_PORT=str(port), **key))
                for port in doors
            )
        )
        await asyncio.gather(*(one.ready() for one in parts))
        one, other = (f"http://127.0.0.1:{port}/interactions" for port in doors)
        alice = discord.person("alice")
        manager = discord.person("manager", permissions=Permission.MANAGE_GUILD)

        await discord.set_interactions_endpoint(other)
        await (await alice.command("imagine", prompt="a fox", steps=1)).until(is_finished, timeout=LONG)
        await discord.set_interactions_endpoint(one)
        await (await manager.command("pause", where="server")).until(words)
        await discord.set_interactions_endpoint(other)
        await asyncio.sleep(2.0)
        refused = await (await alice.command("imagine", prompt="a fox", steps=1)).until(words)

        assert "paused" in words(refused)
        assert len(space.requests) == 1
        await asyncio.gather(*(part.stopped() for part in parts))
    assert [found for row in discord.log.rows for found in referee.violations(row)] == []
