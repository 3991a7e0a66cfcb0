"""The page's server with a small bot behind it, and a browser's tab in front of it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.sandbox.discord import LoopbackDiscord, Person, Rules
from bot.sandbox.page import Page, furnish
from bot.sandbox.space import LoopbackSpace
from tests.referee import Referee
from tests.sandbox.discord.sample import SampleBot

Json = dict[str, Any]
TIMEOUT = 10.0


class Feed:
    """An open event stream."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response

    async def next(self, *names: str) -> tuple[str, str, Json]:
        """Return the next event's id, name and data; others than the named ones are passed over."""
        async with asyncio.timeout(TIMEOUT):
            while True:
                event = await self._event()
                if event is None:
                    pytest.fail("the stream has ended")
                if not names or event[1] in names:
                    return event

    async def until(self, name: str, wanted: Callable[[Json], object]) -> Json:
        """Return the data of the first event of a name that is wanted."""
        while True:
            _, _, data = await self.next(name)
            if wanted(data):
                return data

    async def rest(self) -> list[str]:
        """Read to the proper end of the stream, and return the names of the events that came."""
        names = []
        async with asyncio.timeout(TIMEOUT):
            while event := await self._event():
                names.append(event[1])
        return names

    async def _event(self) -> tuple[str, str, Json] | None:
        fields: dict[str, str] = {}
        while line := (await self._response.content.readline()).decode():
            key, _, value = line.rstrip("\n").partition(": ")
            fields[key] = value
            if line == "\n" and "event" in fields:
                return fields["id"], fields["event"], json.loads(fields["data"])
        return None


@dataclass(frozen=True)
class Tab:
    """What the page's own script can do, in one browser."""

    discord: LoopbackDiscord
    http: aiohttp.ClientSession

    async def get(self, path: str, **query: str) -> Json:
        """Return what a route answers."""
        async with self.http.get(f"/page/{path}", params=query) as response:
            assert response.status == 200, await response.text()
            found: Json = await response.json()
            return found

    async def send(self, method: str, path: str, body: object) -> tuple[int, Json]:
        """Return a route's status and answer."""
        async with self.http.request(method, f"/page/{path}", json=body) as response:
            return response.status, await response.json() if response.status != 204 else {}

    async def act(self, who: Person, do: str, channel: str = "general", **more: Any) -> Json:
        """Act, and return the outcome."""
        place = str(self.discord.channel(channel).id)
        body = {"as": str(who.user.id), "channel": place, "do": do} | more
        status, outcome = await self.send("POST", "act", body)
        assert status == 200, outcome
        return outcome

    async def messages(self, who: Person, channel: str = "general", **query: str) -> list[Json]:
        """Return what somebody finds in a channel."""
        place = str(self.discord.channel(channel).id)
        found = await self.get("messages", **{"as": str(who.user.id), "channel": place}, **query)
        return list(found["messages"])

    async def last(self, who: Person, channel: str = "general") -> Json:
        """Return the latest message that somebody finds in a channel."""
        return (await self.messages(who, channel))[-1]

    @asynccontextmanager
    async def listening(self, who: Person, last: str | None = None) -> AsyncIterator[Feed]:
        """Open an event stream; `last` is the id of the last event that was read before."""
        headers = {} if last is None else {"Last-Event-ID": last}
        async with self.http.get(
            "/page/events", params={"as": str(who.user.id)}, headers=headers
        ) as response:
            assert response.content_type == "text/event-stream"
            yield Feed(response)


@pytest.fixture(scope="session")
def referee() -> Referee:
    return Referee()


@pytest.fixture
def rules() -> Rules:
    return Rules(ack_deadline=1.0, bucket_window=0.2)


@pytest.fixture
async def space() -> AsyncIterator[LoopbackSpace]:
    async with LoopbackSpace(seconds_per_step=0.0) as server:
        yield server


@pytest.fixture
async def discord(referee: Referee, rules: Rules, space: LoopbackSpace) -> AsyncIterator[LoopbackDiscord]:
    server = LoopbackDiscord(rules=rules)
    furnish(server)
    server.serve(Page(server, space).routes)
    async with server:
        yield server
    assert [found for row in server.log.rows for found in referee.violations(row)] == []


@pytest.fixture
async def tab(discord: LoopbackDiscord) -> AsyncIterator[Tab]:
    async with aiohttp.ClientSession(discord.world.origin) as http:
        yield Tab(discord, http)


@pytest.fixture
async def bot(discord: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SampleBot]:
    """The unmodified client with a small bot on it."""
    monkeypatch.setattr(Route, "BASE", discord.api_base)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(discord.gateway_url))
    client = SampleBot()
    running = asyncio.create_task(client.start(discord.token))
    await discord.wait_for_command("imagine")
    yield client
    await client.close()
    await asyncio.wait([running])


@pytest.fixture
def alice(discord: LoopbackDiscord) -> Person:
    return discord.person("alice")


@pytest.fixture
def bob(discord: LoopbackDiscord) -> Person:
    return discord.person("bob")


@pytest.fixture
def mona(discord: LoopbackDiscord) -> Person:
    return discord.person("mona")


@pytest.fixture
def ada(discord: LoopbackDiscord) -> Person:
    return discord.person("ada")


async def register(discord: LoopbackDiscord, name: str, **command: Any) -> None:
    """Register a command that nobody answers."""
    url = f"{discord.api_base}/applications/{discord.world.bot.id}/commands"
    body = {"name": name, "description": "A command", "type": 1} | command
    headers = {"Authorization": f"Bot {discord.token}"}
    async with aiohttp.ClientSession() as http, http.post(url, json=body, headers=headers) as response:
        assert response.status == 201, await response.text()
