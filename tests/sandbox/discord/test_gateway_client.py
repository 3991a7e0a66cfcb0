"""An unmodified discord.py client when the gateway is having a bad day."""

import asyncio

import discord
import pytest

from bot.sandbox.discord import LoopbackDiscord, Person, Rules
from tests.sandbox.discord.conftest import Running
from tests.sandbox.discord.sample import SampleBot


async def test_a_client_logs_in_and_learns_of_its_guilds(running: Running, loopback: LoopbackDiscord) -> None:
    async with running() as client:
        await loopback.wait_for_gateways()
        await client.wait_until_ready()

        assert client.user.id == loopback.world.bot.id
        assert [channel.name for channel in client.get_guild(loopback.guild.id).text_channels] == [
            "general",
            "art",
            "mature",
        ]


async def test_a_wrong_token_is_refused(running: Running, loopback: LoopbackDiscord) -> None:
    client = discord.Client(intents=discord.Intents.none())
    async with client:
        with pytest.raises(discord.LoginFailure):
            await client.login("bm90LmE.bot.token")


@pytest.mark.parametrize("code", [4000, None])
async def test_a_lost_connection_is_resumed(
    bot: SampleBot, loopback: LoopbackDiscord, alice: Person, code: int | None
) -> None:
    await loopback.drop_gateways(code)
    await loopback.wait_for_gateways()
    reply = await alice.command("where")

    assert loopback.gateways[0].resumed
    assert reply.failed is False


async def test_a_request_to_reconnect_is_obeyed(
    bot: SampleBot, loopback: LoopbackDiscord, alice: Person
) -> None:
    first = loopback.gateways[0]
    loopback.ask_to_reconnect()
    await loopback.core.bell.until(lambda: first in loopback.closed_gateways or None, 5)
    await loopback.wait_for_gateways()

    assert loopback.gateways[0].resumed
    assert (await alice.command("where")).failed is False


async def test_an_invalid_session_makes_the_client_identify_anew(
    bot: SampleBot, loopback: LoopbackDiscord, alice: Person
) -> None:
    first = loopback.gateways[0]
    loopback.invalidate_sessions(resumable=False)
    await loopback.core.bell.until(lambda: first in loopback.closed_gateways or None, 5)
    await loopback.wait_for_gateways()

    assert not loopback.gateways[0].resumed
    assert (await alice.command("where")).failed is False


async def test_what_happened_while_the_line_was_down_is_replayed(
    bot: SampleBot, loopback: LoopbackDiscord, alice: Person
) -> None:
    await loopback.drop_gateways(4000)
    reply = await alice.command("where")

    assert reply.failed is False


async def test_missing_intents_are_refused(running: Running, loopback: LoopbackDiscord) -> None:
    client = discord.Client(intents=discord.Intents.all())
    with pytest.raises(discord.PrivilegedIntentsRequired):
        await client.start(loopback.token)
    await client.close()


async def test_each_shard_hears_of_its_own_guilds(running: Running, loopback: LoopbackDiscord) -> None:
    guilds = [loopback.guild, *(loopback.add_guild(name) for name in ("second", "third"))]
    total = 3
    bots = [SampleBot(shard_id=number, shard_count=total) for number in range(total)]
    async with running(bots[0]), running(bots[1]), running(bots[2]):
        await loopback.wait_for_gateways(total)
        await loopback.wait_for_command("where")
        for guild in guilds:
            reply = await loopback.person("alice", guild=guild).command("where")
            assert reply.failed is False

    assert {session.shard for session in loopback.core.gateway.sessions.values()} <= set(range(total))


async def test_direct_conversations_belong_to_shard_0(running: Running, loopback: LoopbackDiscord) -> None:
    async with running(SampleBot(shard_id=1, shard_count=2)):
        await loopback.wait_for_command("where")
        reply = await loopback.person("alice").direct("where")

    assert reply.failed


async def test_members_are_sent_on_request(
    running: Running, loopback: LoopbackDiscord, alice: Person
) -> None:
    async with running() as client:
        await loopback.wait_for_gateways()
        await client.wait_until_ready()
        found = await client.get_guild(loopback.guild.id).query_members("ali")

    assert [member.id for member in found] == [alice.user.id]


class TestIdentifyPacing:
    @pytest.fixture
    def rules(self) -> Rules:
        return Rules(identify_window=0.3)

    async def test_a_second_identify_in_the_window_is_put_off(
        self, running: Running, loopback: LoopbackDiscord
    ) -> None:
        async with (
            running(SampleBot(shard_id=0, shard_count=2)),
            running(SampleBot(shard_id=1, shard_count=2)),
        ):
            await asyncio.wait_for(loopback.wait_for_gateways(2), 10)

        assert len(loopback.closed_gateways) > 2
