"""A Discord whose rules a test may change, and a client on it."""

from collections.abc import AsyncIterator, Iterator

import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.delivery.encoding import Encoder
from bot.sandbox.discord import LoopbackDiscord, Rules
from tests.delivery.bed import Bed, open_bed
from tests.referee import Referee


@pytest.fixture
def rules() -> Rules:
    """Discord's rules, without its haste; a test that wants others parametrizes this."""
    return Rules(bucket_size=50)


@pytest.fixture
async def discord(referee: Referee, rules: Rules) -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord(rules=rules) as server:
        yield server
    assert [found for row in server.log.rows for found in referee.violations(row)] == []


@pytest.fixture
def encoder() -> Iterator[Encoder]:
    with Encoder() as opened:
        yield opened


@pytest.fixture
async def bed(
    discord: LoopbackDiscord, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Bed]:
    """A client that hands each `/imagine` to the test."""
    monkeypatch.setattr(Route, "BASE", discord.api_base)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(discord.gateway_url))
    async with open_bed(discord, encoder) as opened:
        yield opened
