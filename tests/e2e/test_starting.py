"""Starting the bot: what an operator is told when something is missing."""

import pytest

from bot.sandbox.discord import LoopbackDiscord
from tests.e2e.process import started


@pytest.mark.parametrize(
    ("env", "sentence"),
    [
        ({"DISCORD_TOKEN": ""}, "DISCORD_TOKEN is not set."),
        (
            {"DISCORD_TOKEN": "x", "DISCORD_API_BASE": "http://192.0.2.1/api"},
            "only addresses of this machine",
        ),
        ({"DISCORD_TOKEN": "x", "SPACE_URL": "space"}, "SPACE_URL is not accepted: it must be a URL"),
    ],
)
async def test_a_wrong_setting_is_one_sentence_and_status_2(env: dict[str, str], sentence: str) -> None:
    async with started(**env) as process:
        ended = await process.ended()

    assert ended.status == 2
    assert sentence in ended.log
    assert len(ended.log.splitlines()) == 1


async def test_a_worker_without_postgresql_is_one_sentence_and_status_2() -> None:
    async with started("worker", DISCORD_TOKEN="x") as process:
        ended = await process.ended()

    assert ended.status == 2
    assert "DATABASE_URL is not accepted: a worker needs PostgreSQL" in ended.log
    assert len(ended.log.splitlines()) == 1


async def test_a_token_that_discord_refuses_is_one_sentence_and_status_2(discord: LoopbackDiscord) -> None:
    env = {"DISCORD_API_BASE": discord.api_base, "DISCORD_GATEWAY_URL": discord.gateway_url}
    async with started(**env, DISCORD_TOKEN="wrong.token.here", LOG_LEVEL="ERROR") as process:
        ended = await process.ended()

    assert ended.status == 2
    assert len(ended.log.splitlines()) == 1
    assert "Discord refused DISCORD_TOKEN." in ended.log
    assert "wrong.token.here" not in ended.log


async def test_a_discord_that_cannot_be_reached_is_one_sentence_and_status_1() -> None:
    env = {"DISCORD_API_BASE": "http://127.0.0.1:9/api/v10", "DISCORD_GATEWAY_URL": "ws://127.0.0.1:9"}
    async with started(**env, DISCORD_TOKEN="a.made-up.token", LOG_LEVEL="ERROR") as process:
        ended = await process.ended()

    assert ended.status == 1
    assert len(ended.log.splitlines()) == 1
    assert "Discord cannot be reached." in ended.log
