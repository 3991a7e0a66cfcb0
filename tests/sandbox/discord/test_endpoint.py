"""The interactions endpoint: what Discord demands of it when it is saved, and how it posts to it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from bot.sandbox.discord import LoopbackDiscord
from bot.sandbox.discord.endpoint import EndpointRefused
from tests.ports import HOST, free_port
from tests.sandbox.discord.application import Application

ADDRESS = f"http://{HOST}"


@dataclass
class Peer:
    """An application's server.

    Attributes:
        key: What it verifies with; None takes everything.
        pong: What it says to a PING.
        status: What it says to anything else.
        heard: The interactions that it was sent.
    """

    key: VerifyKey | None
    pong: web.Response | None = None
    status: int = 202
    heard: list[Any] = field(default_factory=list)
    url: str = ""

    async def handle(self, request: web.Request) -> web.Response:
        if not self.believes(request, await request.read()):
            return web.Response(status=401)
        payload = await request.json()
        if payload["type"] == 1:
            return self.pong or web.json_response({"type": 1})
        self.heard.append(payload)
        return web.Response(status=self.status)

    def believes(self, request: web.Request, body: bytes) -> bool:
        signature = bytes.fromhex(request.headers["X-Signature-Ed25519"])
        try:
            if self.key is not None:
                self.key.verify(request.headers["X-Signature-Timestamp"].encode() + body, signature)
        except BadSignatureError:
            return False
        return True


@pytest.fixture
async def peer(discord: LoopbackDiscord) -> AsyncIterator[Peer]:
    peer, port = Peer(VerifyKey(bytes.fromhex(discord.public_key))), free_port()
    app = web.Application()
    app.router.add_post("/in", peer.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, HOST, port).start()
    peer.url = f"{ADDRESS}:{port}/in"
    yield peer
    await runner.cleanup()


async def refused(discord: LoopbackDiscord, url: str) -> bool:
    with pytest.raises(EndpointRefused):
        await discord.set_interactions_endpoint(url)
    return discord.core.endpoint.url is None


async def test_an_application_that_verifies_and_answers_is_saved(
    discord: LoopbackDiscord, peer: Peer
) -> None:
    await discord.set_interactions_endpoint(peer.url)
    async with Application(discord) as application:
        told = (await application.call("GET", "/applications/@me")).body

    assert (told["interactions_endpoint_url"], told["verify_key"]) == (peer.url, discord.public_key)


async def test_an_application_that_believes_everybody_is_refused(
    discord: LoopbackDiscord, peer: Peer
) -> None:
    peer.key = None

    assert await refused(discord, peer.url)


@pytest.mark.parametrize(
    "pong",
    [
        web.Response(status=202),
        web.json_response({"type": 4}),
        web.json_response({"type": 1}, status=201),
        web.Response(text="{", content_type="application/json"),
    ],
)
async def test_an_application_that_answers_no_ping_is_refused(
    discord: LoopbackDiscord, peer: Peer, pong: web.Response
) -> None:
    peer.pong = pong

    assert await refused(discord, peer.url)


async def test_an_address_where_nobody_is_is_refused(discord: LoopbackDiscord) -> None:
    assert await refused(discord, f"{ADDRESS}:{free_port()}/in")


@pytest.mark.parametrize("url", ["http://10.0.0.1/in", "http://127.0.0.1@example.org/in", "in"])
async def test_an_address_elsewhere_is_not_even_asked(discord: LoopbackDiscord, url: str) -> None:
    with pytest.raises(EndpointRefused, match="only addresses of this machine"):
        await discord.set_interactions_endpoint(url)


async def test_what_people_do_is_posted_and_not_sent_to_the_gateway(
    discord: LoopbackDiscord, peer: Peer
) -> None:
    await discord.set_interactions_endpoint(peer.url)
    async with Application(discord) as application:
        await application.register()
        discord.rules = type(discord.rules)(ack_deadline=0.2)
        reply = await discord.person("alice").command("imagine", prompt="a fox")

    assert [one["id"] for one in peer.heard] == [str(reply.interaction.id)]
    assert reply.failed


async def test_an_application_that_does_not_accept_has_not_responded(
    discord: LoopbackDiscord, peer: Peer
) -> None:
    await discord.set_interactions_endpoint(peer.url)
    peer.status = 500
    async with Application(discord) as application:
        await application.register()
        reply = await discord.person("alice").command("imagine", prompt="a fox")
        late = await application.answer(reply.interaction, 5)

    assert reply.failed
    assert (late.status, late.code) == (404, 10062)


async def test_an_endpoint_that_is_taken_away_gives_the_gateway_back(
    discord: LoopbackDiscord, peer: Peer
) -> None:
    await discord.set_interactions_endpoint(peer.url)
    await discord.set_interactions_endpoint(None)
    async with Application(discord) as application:
        await application.register()
        discord.rules = type(discord.rules)(ack_deadline=0.2)
        await discord.person("alice").command("imagine", prompt="a fox")

    assert peer.heard == []
