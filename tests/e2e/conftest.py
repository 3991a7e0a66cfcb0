"""The executable between a Discord and a Space on loopback, as an operator starts it."""

import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.sandbox.discord import LoopbackDiscord, Person
from bot.sandbox.space import LoopbackSpace
from bot.sandbox.terminal import texts
from tests.e2e.process import Process, started

TOKEN = "hf_secret_of_the_operator"


@dataclass
class Bot:
    """A running bot and both of its neighbours."""

    process: Process
    discord: LoopbackDiscord
    space: LoopbackSpace

    @property
    def alice(self) -> Person:
        return self.discord.person("alice")


def environment(discord: LoopbackDiscord, space: LoopbackSpace) -> dict[str, str]:
    return {
        "DISCORD_TOKEN": discord.token,
        "DISCORD_API_BASE": discord.api_base,
        "DISCORD_GATEWAY_URL": discord.gateway_url,
        "SPACE_URL": space.url,
        "HF_TOKEN": TOKEN,
        "HF_ENDPOINT": space.url,
        "DATABASE_URL": "sqlite://",
        "LOG_LEVEL": "DEBUG",
    }


@pytest.fixture
async def space() -> AsyncIterator[LoopbackSpace]:
    async with LoopbackSpace(seconds_per_step=0.02, previews=4) as server:
        yield server


@pytest.fixture
async def bot(discord: LoopbackDiscord, space: LoopbackSpace) -> AsyncIterator[Bot]:
    async with started(**environment(discord, space)) as process:
        await process.ready(discord)
        yield Bot(process, discord, space)
        process.send(signal.SIGTERM)
        ended = await process.ended()
    assert ended.status == 0, ended.log
    assert TOKEN not in ended.log
    assert discord.token not in ended.log


def words(message: dict[str, Any] | None) -> str:
    return "\n".join(texts(message or {}, now=0.0))


def is_finished(message: dict[str, Any]) -> bool:
    return "seed" in words(message)
