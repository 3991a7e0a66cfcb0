"""What the bot does not keep in memory."""

import asyncio
import gc

import discord

from tests.conftest import Stage


async def test_no_server_is_remembered(stage: Stage) -> None:
    await stage.discord.person("alice").command("queue")  # what it answers, it has heard after the servers
    async with asyncio.timeout(5):
        while _servers():
            await asyncio.sleep(0.01)

    assert stage.discord.gateways


def _servers() -> list[discord.Guild]:
    gc.collect()
    return [one for one in gc.get_objects() if isinstance(one, discord.Guild)]
