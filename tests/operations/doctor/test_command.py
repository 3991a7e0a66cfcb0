"""`python -m bot doctor`, as an operator uses it: beside a bot that runs, and before there is one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.discord import LoopbackDiscord
from bot.sandbox.space import LoopbackSpace
from tests.e2e.conftest import TOKEN, environment
from tests.e2e.process import Ended, started


@pytest.fixture
async def space() -> AsyncIterator[LoopbackSpace]:
    async with LoopbackSpace() as server:
        yield server


async def doctor(**env: str) -> Ended:
    async with started("doctor", **env) as process:
        return await process.ended()


async def test_a_bot_that_runs_is_well(
    discord: LoopbackDiscord, space: LoopbackSpace, tmp_path: Path
) -> None:
    env = environment(discord, space) | {"DATABASE_URL": f"sqlite:///{tmp_path}/imagine.db"}
    async with started(**env) as bot:
        await bot.ready(discord)
        ended = await doctor(**env)

    assert ended.status == 0, ended.said
    assert {line.split()[0] for line in ended.said.splitlines()[:-1]} == {"ok"}, ended.said
    assert "commands of this version" in ended.said
    assert ended.said.splitlines()[-1] == "Nothing is broken."
    assert ended.log == ""
    assert TOKEN not in ended.said
    assert discord.token not in ended.said


async def test_before_the_first_start_only_the_commands_are_missing(
    discord: LoopbackDiscord, space: LoopbackSpace
) -> None:
    ended = await doctor(**environment(discord, space))
    [warning] = [line for line in ended.said.splitlines() if line.startswith("warning")]

    assert ended.status == 0
    assert warning == "warning  Discord knows no command of the bot yet."
    assert "         → Start the bot: it registers them." in ended.said.splitlines()


async def test_a_token_that_is_refused_is_status_1(discord: LoopbackDiscord, space: LoopbackSpace) -> None:
    ended = await doctor(**environment(discord, space) | {"DISCORD_TOKEN": "wrong.token.here"})

    assert ended.status == 1
    assert "failed   Discord refuses DISCORD_TOKEN." in ended.said
    assert ended.said.splitlines()[-1] == "Something is broken; see the lines that say so."
    assert "wrong.token.here" not in ended.said + ended.log


@pytest.mark.parametrize(
    ("change", "variable"),
    [
        ({"DISCORD_TOKEN": ""}, "DISCORD_TOKEN"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
        ({"BLOCKED_WORDS_FILE": "/nowhere"}, "BLOCKED_WORDS_FILE"),
    ],
)
async def test_a_wrong_setting_is_status_1_and_named(
    discord: LoopbackDiscord, space: LoopbackSpace, change: dict[str, str], variable: str
) -> None:
    ended = await doctor(**environment(discord, space) | change)

    assert ended.status == 1
    assert variable in ended.said + ended.log
