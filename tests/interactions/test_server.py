"""The server to which Discord posts interactions, over a real socket."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp
import pytest

from bot.domain.errors import SettingRefused
from bot.interactions.server import MAX_BODY, serving
from bot.interactions.verifying import Json
from tests.interactions.signing import PUBLIC_KEY, SOMEBODY, encoded, signed
from tests.ports import HOST, free_port

COMMAND = {"type": 2, "id": "1", "token": "secret-token", "data": {"name": "imagine"}}


@dataclass
class Door:
    """A server that listens.

    Attributes:
        taken: What came in by it.
    """

    port: int
    http: aiohttp.ClientSession
    taken: list[Json] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/interactions"

    async def post(self, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """Return the status and the body of the answer."""
        async with self.http.post(self.url, data=body, headers=headers) as response:
            return response.status, await response.read()


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    async with aiohttp.ClientSession() as http:
        door = Door(free_port(), http)
        async with serving(HOST, door.port, PUBLIC_KEY, door.taken.append):
            yield door


async def test_a_ping_is_answered_with_a_pong(door: Door) -> None:
    body = encoded({"type": 1, "id": "1"})

    assert await door.post(body, signed(body, at=time.time())) == (200, b'{"type": 1}')
    assert door.taken == []


async def test_an_interaction_is_accepted_without_a_body_and_taken_once(door: Door) -> None:
    body = encoded(COMMAND)
    headers = signed(body, at=time.time())

    assert await door.post(body, headers) == (202, b"")
    assert await door.post(body, headers) == (202, b"")
    assert door.taken == [COMMAND]


async def test_what_is_not_discords_is_refused(door: Door) -> None:
    body = encoded(COMMAND)

    assert await door.post(body, signed(body, at=time.time(), key=SOMEBODY)) == (401, b"")
    assert await door.post(body, signed(body, at=time.time() - 3600)) == (401, b"")
    assert await door.post(body, {}) == (401, b"")
    assert door.taken == []


async def test_what_discord_signs_and_is_no_interaction_is_refused(door: Door) -> None:
    assert await door.post(b"[]", signed(b"[]", at=time.time())) == (400, b"")


async def test_a_body_that_is_too_large_is_not_read(door: Door) -> None:
    body = encoded(COMMAND | {"padding": "x" * MAX_BODY})
    status, _ = await door.post(body, signed(body, at=time.time()))

    assert status == 413
    assert door.taken == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
async def test_other_methods_are_not_answered(door: Door, method: str) -> None:
    async with door.http.request(method, door.url) as response:
        assert response.status == 405


@pytest.mark.parametrize("path", ["/", "/interactions/", "/interactions/1", "/metrics"])
async def test_other_paths_are_not_there(door: Door, path: str) -> None:
    async with door.http.post(f"http://{HOST}:{door.port}{path}") as response:
        assert response.status == 404


async def test_a_body_that_never_ends_is_not_waited_for(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.interactions.server.READ_SECONDS", 0.05)
    reader, writer = await asyncio.open_connection(HOST, door.port)
    writer.write(f"POST /interactions HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 100\r\n\r\n{{".encode())
    async with asyncio.timeout(10):
        status_line = await reader.readline()
    writer.close()

    assert status_line.split()[1] == b"408"


async def test_a_port_in_use_is_named(door: Door) -> None:
    with pytest.raises(SettingRefused) as caught:
        async with serving(HOST, door.port, PUBLIC_KEY, door.taken.append):
            pytest.fail("two servers at one port")

    assert caught.value.variable == "INTERACTIONS_PORT"


async def test_nothing_listens_any_more_afterwards() -> None:
    port = free_port()
    async with serving(HOST, port, PUBLIC_KEY, print):
        pass

    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(HOST, port)


async def test_no_token_gets_into_the_log(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    body = encoded(COMMAND)
    await door.post(body, signed(body, at=time.time()))
    await door.post(body, signed(body, key=SOMEBODY))

    assert "secret-token" not in caplog.text
