"""A loopback Discord for each test, whose whole traffic a referee judges afterwards."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import discord
import pytest
import yarl

from bot.sandbox.discord import LoopbackDiscord, Person, Rules
from tests.referee import Referee
from tests.sandbox.discord.application import Application
from tests.sandbox.discord.sample import SampleBot

Running = Callable[..., AbstractAsyncContextManager[Any]]


class Clock:
    """Real time, plus whatever a test lets pass."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


@pytest.fixture(scope="session")
def referee() -> Referee:
    return Referee()


@pytest.fixture
def rules() -> Rules:
    return Rules(bucket_window=0.2, ack_deadline=1.0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def loopback(
    referee: Referee, rules: Rules, clock: Clock, tmp_path: Path
) -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord(rules=rules, clock=clock, log=tmp_path / "requests.jsonl") as discord_:
        yield discord_
    assert [found for row in discord_.log.rows for found in referee.violations(row)] == []


@pytest.fixture
def alice(loopback: LoopbackDiscord) -> Person:
    return loopback.person("alice")


@pytest.fixture
def bob(loopback: LoopbackDiscord) -> Person:
    return loopback.person("bob")


@pytest.fixture
async def application(loopback: LoopbackDiscord) -> AsyncIterator[Application]:
    async with Application(loopback) as hand_made:
        yield hand_made


@pytest.fixture
def pointed(loopback: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch) -> None:
    """The unmodified client, pointed at loopback: the one place that knows discord.py's private names."""
    monkeypatch.setattr(discord.http.Route, "BASE", loopback.api_base)
    gateway = yarl.URL(loopback.gateway_url)
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)


@pytest.fixture
def running(loopback: LoopbackDiscord, pointed: None) -> Running:
    @asynccontextmanager
    async def run(client: discord.Client | None = None, token: str | None = None) -> AsyncIterator[Any]:
        client = client or SampleBot()
        task = asyncio.create_task(client.start(token or loopback.token))
        try:
            yield client
        finally:
            await client.close()
            await asyncio.wait([task])

    return run


@pytest.fixture
async def bot(running: Running, loopback: LoopbackDiscord) -> AsyncIterator[SampleBot]:
    async with running() as client:
        await loopback.wait_for_command("imagine")
        yield client
