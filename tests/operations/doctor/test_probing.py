"""What the doctor sees of a real Discord, a real Space and a real database, each broken in its turn."""

import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord as discordpy
import pytest
from discord.http import Route

from bot.config import Config
from bot.operations.doctor.judging import Finding, Mark, judge
from bot.operations.doctor.probing import probe
from bot.sandbox.discord import Fault, LoopbackDiscord
from bot.sandbox.space import LoopbackSpace
from bot.sandbox.space.budget import Budget
from bot.storage.engine import open_store

HF_TOKEN = "hf_of_the_operator_0123456789"
COMMANDS: list[dict[str, Any]] = [
    {"name": "imagine", "type": 1, "description": "Draw", "options": [], "integration_types": [0]}
]
Examine = Callable[..., Awaitable[list[Finding]]]


@pytest.fixture
async def space() -> AsyncIterator[LoopbackSpace]:
    async with LoopbackSpace(accounts={HF_TOKEN: None}) as server:
        yield server


@pytest.fixture
async def examine(
    discord: LoopbackDiscord, space: LoopbackSpace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Examine:
    """Examine a set-up that lacks nothing but what is changed."""
    monkeypatch.setattr(Route, "BASE", discord.api_base)
    async with discordpy.Client(intents=discordpy.Intents.none()) as client:
        await client.login(discord.token)
        await client.http.bulk_upsert_global_commands(client.application_id or 0, payload=COMMANDS)

    async def run(
        *, clock: Callable[[], float] = time.time, commands: list[dict[str, Any]] = COMMANDS, **changes: Any
    ) -> list[Finding]:
        settings: dict[str, Any] = {
            "discord_token": discord.token,
            "discord_api_base": discord.api_base,
            "space_url": space.url,
            "hf_endpoint": space.url,
            "hf_tokens": (HF_TOKEN,),
            "database_url": f"sqlite:///{tmp_path}/imagine.db",
        }
        findings = judge(await probe(Config(**settings | changes), commands, None, clock))
        said = "\n".join(f"{finding.said.what}\n{finding.said.remedy}" for finding in findings)
        assert discord.token not in said
        assert HF_TOKEN not in said
        return findings

    return run


async def bad(findings: Awaitable[list[Finding]]) -> tuple[Mark, str]:
    """Return the one finding that is not ok."""
    [finding] = [finding for finding in await findings if finding.mark is not Mark.OK]
    return finding.mark, finding.said.what


async def test_all_is_well_and_nothing_is_changed(examine: Examine, tmp_path: Path) -> None:
    findings = await examine()
    said = "\n".join(finding.said.what for finding in findings)

    assert {finding.mark for finding in findings} == {Mark.OK}, said
    assert "512 to 1024 pixels wide" in said
    assert "has 2400 GPU seconds left" in said
    assert list(tmp_path.iterdir()) == []


async def test_a_token_that_discord_refuses(examine: Examine) -> None:
    assert await bad(examine(discord_token="wrong.token.here")) == (
        Mark.FAILED,
        "Discord refuses DISCORD_TOKEN.",
    )


@pytest.mark.parametrize("fault", [Fault(drop=True, times=None), Fault(status=503, times=None)])
async def test_a_discord_that_does_not_answer(
    examine: Examine, discord: LoopbackDiscord, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.operations.doctor.probing.PATIENCE", 1.0)
    discord.faults.add(fault)

    assert await bad(examine()) == (Mark.FAILED, "Discord cannot be reached.")


async def test_a_public_key_of_another_application(examine: Examine) -> None:
    mark, said = await bad(examine(discord_public_key="cd" * 32))

    assert (mark, said) == (Mark.FAILED, "DISCORD_PUBLIC_KEY is not the application's.")


async def test_commands_of_another_version(examine: Examine) -> None:
    newer = [COMMANDS[0] | {"description": "Paint"}]

    assert await bad(examine(commands=newer)) == (
        Mark.WARNING,
        "Discord's commands are of another version: imagine.",
    )


async def test_a_server_that_took_permissions_away(examine: Examine, discord: LoopbackDiscord) -> None:
    for role in tuple(discord.guild.roles.values()):
        discord.guild.roles[role.id] = replace(role, permissions=0)

    assert await bad(examine()) == (Mark.WARNING, "The bot lacks permissions in 1 of 1 servers.")


@pytest.mark.parametrize(("off", "mark"), [(20.0, Mark.WARNING), (-600.0, Mark.FAILED)])
async def test_a_clock_that_is_wrong(examine: Examine, off: float, mark: Mark) -> None:
    found, said = await bad(examine(clock=lambda: time.time() + off))

    assert found is mark
    assert "ahead of" in said if off > 0 else "behind" in said


async def test_a_space_that_is_gone(examine: Examine) -> None:
    mark, said = await bad(examine(space_url="http://127.0.0.1:9"))

    assert (mark, said) == (Mark.FAILED, "The Space cannot be used (ProviderUnreachable).")


async def test_an_address_at_which_there_is_no_such_space(examine: Examine, discord: LoopbackDiscord) -> None:
    mark, said = await bad(examine(space_url=discord.api_base))

    assert mark is Mark.FAILED
    assert said.startswith("The Space cannot be used (")


async def test_an_hf_token_that_is_used_up(examine: Examine, space: LoopbackSpace) -> None:
    space.accounts[HF_TOKEN] = Budget(0)
    mark, said = await bad(examine())

    assert mark is Mark.WARNING
    assert said.endswith("is used up.")


async def test_an_hf_token_that_is_no_accounts(examine: Examine) -> None:
    mark, said = await bad(examine(hf_tokens=("hf_of_a_stranger_0123456789",)))

    assert mark is Mark.FAILED
    assert said.startswith("Hugging Face refuses token-")


async def test_no_hf_token(examine: Examine) -> None:
    mark, said = await bad(examine(hf_tokens=()))

    assert mark is Mark.WARNING
    assert said.startswith("There is no Hugging Face token")


async def test_a_database_of_this_version_is_read_and_left_as_it_is(examine: Examine, tmp_path: Path) -> None:
    async with open_store(f"sqlite:///{tmp_path}/imagine.db"):
        findings = await examine()  # while a bot uses it

    assert {finding.mark for finding in findings} == {Mark.OK}
    assert any("the newest" in finding.said.what for finding in findings)


@pytest.mark.parametrize(
    ("revision", "mark", "words"),
    [("0002", Mark.WARNING, "the next start brings it to"), ("9999", Mark.FAILED, "does not know")],
)
async def test_a_database_of_another_version(
    examine: Examine, tmp_path: Path, revision: str, mark: Mark, words: str
) -> None:
    with sqlite3.connect(tmp_path / "imagine.db") as database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("INSERT INTO alembic_version VALUES (?)", [revision])
    database.close()
    found, said = await bad(examine())

    assert found is mark
    assert f"revision {revision}" in said
    assert words in said


async def test_a_file_that_is_no_database(examine: Examine, tmp_path: Path) -> None:
    (tmp_path / "imagine.db").write_text("a fox in the snow, and it is long enough for a header" * 40)
    mark, said = await bad(examine())

    assert (mark, said) == (Mark.FAILED, "The database cannot be used (DatabaseError).")


async def test_a_postgresql_that_is_not_there(examine: Examine) -> None:
    mark, said = await bad(examine(database_url="postgresql://imagine:pa55w0rd@127.0.0.1:9/imagine"))

    assert mark is Mark.FAILED
    assert said.startswith("The database cannot be used (")
    assert "pa55w0rd" not in said
