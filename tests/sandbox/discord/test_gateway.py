"""The gateway's protocol, frame by frame."""

import json
import zlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse

from bot.sandbox.discord import LoopbackDiscord, Rules


class Socket:
    """A gateway client that says what it is told to."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket

    async def send(self, op: int, data: object) -> None:
        await self.socket.send_json({"op": op, "d": data})

    async def hear(self) -> Any:
        return json.loads((await self.socket.receive()).data)

    async def closed(self) -> int | None:
        while not self.socket.closed:
            await self.socket.receive()
        return self.socket.close_code


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
async def socket(http: ClientSession, loopback: LoopbackDiscord) -> AsyncIterator[Socket]:
    async with http.ws_connect(f"{loopback.gateway_url}?v=10&encoding=json") as socket:
        greeting = json.loads((await socket.receive()).data)
        assert greeting["op"] == 10
        yield Socket(socket)


@pytest.fixture
def identity(loopback: LoopbackDiscord) -> dict[str, Any]:
    return {"token": loopback.token, "intents": 1, "properties": {}}


async def test_identify_is_answered_with_ready_and_the_guilds(
    socket: Socket, identity: dict[str, Any], loopback: LoopbackDiscord
) -> None:
    await socket.send(2, identity)
    ready, guild = await socket.hear(), await socket.hear()

    assert (ready["t"], ready["s"], guild["t"], guild["s"]) == ("READY", 1, "GUILD_CREATE", 2)
    assert ready["d"]["resume_gateway_url"] == loopback.gateway_url
    assert guild["d"]["id"] == ready["d"]["guilds"][0]["id"]


async def test_a_heartbeat_is_acknowledged_whatever_its_frame(socket: Socket) -> None:
    await socket.send(1, None)
    await socket.socket.send_bytes(b'{"op": 1, "d": null}')

    assert [(await socket.hear())["op"] for _ in range(2)] == [11, 11]


async def test_compressed_frames_share_one_stream(
    http: ClientSession, loopback: LoopbackDiscord, identity: dict[str, Any]
) -> None:
    url = f"{loopback.gateway_url}?v=10&encoding=json&compress=zlib-stream"
    inflate = zlib.decompressobj()
    async with http.ws_connect(url) as socket:
        await Socket(socket).send(2, identity)
        frames = [await socket.receive_bytes() for _ in range(3)]

    assert all(frame.endswith(b"\x00\x00\xff\xff") for frame in frames)
    assert [json.loads(inflate.decompress(frame))["op"] for frame in frames] == [10, 0, 0]


@pytest.mark.parametrize(
    ("op", "change", "code"),
    [
        (99, {}, 4003),
        (3, {}, 4003),
        (2, {"token": "another"}, 4004),
        (2, {"shard": [2, 2]}, 4010),
        (2, {"shard": "first"}, 4010),
        (2, {"intents": -1}, 4013),
        (2, {"intents": None}, 4013),
        (2, {"intents": 1 << 15}, 4014),
        (6, {"token": "another"}, 4004),
    ],
)
async def test_a_wrong_frame_closes_the_connection(
    socket: Socket, identity: dict[str, Any], op: int, change: dict[str, Any], code: int
) -> None:
    await socket.send(op, identity | change)

    assert await socket.closed() == code


@pytest.mark.parametrize("frame", ["no json", "[]", json.dumps({"op": 1, "d": "x" * 5000})])
async def test_what_cannot_be_decoded_closes_the_connection(socket: Socket, frame: str) -> None:
    await socket.socket.send_str(frame)

    assert await socket.closed() == 4002


async def test_identifying_twice_closes_the_connection(socket: Socket, identity: dict[str, Any]) -> None:
    await socket.send(2, identity)
    await socket.send(2, identity)

    assert await socket.closed() == 4005


async def test_an_unknown_opcode_closes_the_connection(socket: Socket, identity: dict[str, Any]) -> None:
    await socket.send(2, identity)
    await socket.send(99, {})

    assert await socket.closed() == 4001


async def test_an_unknown_session_cannot_be_resumed(socket: Socket, identity: dict[str, Any]) -> None:
    await socket.send(6, identity | {"session_id": "never", "seq": 1})

    assert await socket.hear() == {"op": 9, "d": False, "s": None, "t": None}


async def test_a_sequence_from_the_future_is_refused(
    socket: Socket, identity: dict[str, Any], http: ClientSession, loopback: LoopbackDiscord
) -> None:
    await socket.send(2, identity)
    session = (await socket.hear())["d"]["session_id"]
    async with http.ws_connect(f"{loopback.gateway_url}?v=10") as other:
        await Socket(other).send(6, identity | {"session_id": session, "seq": 99})

        assert await Socket(other).closed() == 4007


async def test_a_resumed_session_hears_what_it_missed(
    socket: Socket, identity: dict[str, Any], http: ClientSession, loopback: LoopbackDiscord
) -> None:
    await socket.send(2, identity)
    session = (await socket.hear())["d"]["session_id"]
    async with http.ws_connect(f"{loopback.gateway_url}?v=10") as other:
        await Socket(other).send(6, identity | {"session_id": session, "seq": 1})
        heard = [await Socket(other).hear() for _ in range(3)]

    assert [frame["t"] for frame in heard] == [None, "GUILD_CREATE", "RESUMED"]


@pytest.mark.parametrize(("code", "kept"), [(1000, 0), (4000, 1)])
async def test_a_goodbye_ends_the_session_and_any_other_end_keeps_it(
    socket: Socket, identity: dict[str, Any], loopback: LoopbackDiscord, code: int, kept: int
) -> None:
    await socket.send(2, identity)
    await socket.hear()
    await socket.socket.close(code=code)
    await loopback.core.bell.until(lambda: loopback.closed_gateways or None, 5)

    assert loopback.closed_gateways[0].close_code == code
    assert len(loopback.core.gateway.sessions) == kept


async def test_another_gateway_version_is_refused(http: ClientSession, loopback: LoopbackDiscord) -> None:
    async with http.ws_connect(f"{loopback.gateway_url}?v=9") as socket:
        assert await Socket(socket).closed() == 4012


async def test_without_the_guilds_intent_no_guild_is_told_of(
    socket: Socket, identity: dict[str, Any]
) -> None:
    await socket.send(2, identity | {"intents": 0})
    await socket.send(1, None)

    assert [(await socket.hear())["op"] for _ in range(2)] == [0, 11]


class TestSilence:
    @pytest.fixture
    def rules(self) -> Rules:
        return Rules(heartbeat_interval=0.05)

    async def test_a_client_without_a_heartbeat_is_dropped(self, socket: Socket) -> None:
        assert await socket.closed() == 4009
