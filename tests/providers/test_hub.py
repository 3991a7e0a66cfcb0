"""Hugging Face's hub: whose a token is, and what is left of its quota."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

import pytest

from bot.domain.errors import (
    DeadlineExceeded,
    ProviderError,
    ProviderUnreachable,
    ServiceFailed,
    TokenRefused,
    UnreadableAnswer,
)
from bot.providers import hub as hugging_face
from bot.providers.hub import QUOTA_SECONDS, open_hub
from bot.sandbox.space import Budget, LoopbackSpace
from tests.providers.servers import LoopbackProxy, served

TOKEN = "hf_SECRETtoken"
PAGE = b"<!DOCTYPE html>"


@pytest.fixture
async def hub() -> AsyncGenerator[LoopbackSpace, None]:
    """A hub that knows one account."""
    async with LoopbackSpace(accounts={TOKEN: Budget(3)}) as space:
        yield space


def said(status: str, body: bytes, *headers: str, kind: str = "application/json") -> bytes:
    lines = (f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers)
    return "\r\n".join((*lines, "", "")).encode() + body


@asynccontextmanager
async def peer(answer: bytes, *, hangs: bool = False) -> AsyncGenerator[str, None]:
    """Serve the same bytes to everybody."""

    served_all = asyncio.TaskGroup()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        if hangs:
            await reader.read()
        writer.close()
        with suppress(ConnectionError):  # the client left in the middle
            await writer.wait_closed()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served_all.create_task(serve(reader, writer))

    async with served_all, await asyncio.start_server(begin, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def left(endpoint: str, token: str = TOKEN) -> float | None:
    async with open_hub(endpoint) as opened:
        return await opened.seconds_left(token)


async def check(endpoint: str, token: str = TOKEN) -> None:
    async with open_hub(endpoint) as opened:
        await opened.check(token)


# --- whose it is


async def test_an_accounts_token_is_fine(hub: LoopbackSpace) -> None:
    await check(hub.url)

    (visit,) = hub.ledger.visits
    assert (visit.path, visit.headers["Authorization"]) == ("/api/whoami-v2", f"Bearer {TOKEN}")


async def test_any_other_token_is_refused(hub: LoopbackSpace) -> None:
    with pytest.raises(TokenRefused):
        await check(hub.url, "hf_other")


@pytest.mark.parametrize("token", ["hf_SECRET\r\nX-Evil: 1", "hf SECRET", "hf_SECRETé", "hf_SECRET\x00"])
async def test_what_can_be_no_token_is_refused_without_asking(hub: LoopbackSpace, token: str) -> None:
    with pytest.raises(TokenRefused):
        await check(hub.url, token)

    assert hub.ledger.visits == []


async def test_403_is_a_refusal_too() -> None:
    async with peer(said("403 Forbidden", b'{"error":"Forbidden"}')) as url:
        with pytest.raises(TokenRefused):
            await check(url)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (said("500 Oh", b"{}"), ServiceFailed),
        (said("404 Not Found", b"{}"), UnreadableAnswer),
        (said("200 OK", PAGE, kind="text/html"), UnreadableAnswer),
        (said("302 Found", b"", "Location: http://127.0.0.1:9/"), UnreadableAnswer),
        (b"garbage\r\n\r\n", ProviderUnreachable),
        (b"", ProviderUnreachable),
    ],
)
async def test_a_hub_that_says_neither_is_no_judgement(answer: bytes, error: type[ProviderError]) -> None:
    async with peer(answer) as url:
        with pytest.raises(error) as caught:
            await check(url)

    assert "SECRET" not in repr(vars(caught.value))


async def test_a_hub_that_hangs_is_not_waited_for_any_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hugging_face, "CHECK_SECONDS", 0.1)
    async with peer(b"HTTP/1.1 200 OK\r\n", hangs=True) as url:
        with pytest.raises(DeadlineExceeded):
            await check(url)


# --- what is left


async def test_the_seconds_left_are_the_accounts_own(hub: LoopbackSpace) -> None:
    assert await left(hub.url) == 3 * 65
    (visit,) = hub.ledger.visits
    assert visit.path == "/api/spaces/zero-gpu/quota"
    assert visit.headers["Authorization"] == f"Bearer {TOKEN}"


async def test_a_token_of_no_account_is_refused_here_too(hub: LoopbackSpace) -> None:
    with pytest.raises(TokenRefused):
        await left(hub.url, "hf_other")


async def test_without_that_path_nobody_knows(hub: LoopbackSpace) -> None:
    hub.has_hub = False

    assert await left(hub.url) is None


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        (b'{"base":2400,"current":12.5,"resetsAt":null,"overquotaUsed":0,"runs":{"remaining":1}}', 12.5),
        (b'{"current":0}', 0.0),
        (b'{"current":-30}', 0.0),
        (b'{"base":2400}', None),
        (b'{"current":null}', None),
        (b'{"current":"2400"}', None),
        (b'{"current":true}', None),
        (b'{"current":1e400}', None),
        (b'{"current":NaN}', None),
        (b'{"current":%s}' % (b"9" * 400), None),
        (b"[2400]", None),
        (b"2400", None),
        (b"", None),
        (b"{", None),
        (b"[" * 100_000, None),
    ],
)
async def test_an_odd_answer_says_nothing(body: bytes, seconds: float | None) -> None:
    async with peer(said("200 OK", body)) as url:
        assert await left(url) == seconds


@pytest.mark.parametrize(
    "answer",
    [
        said("403 Forbidden", b'{"error":"not with this kind of token"}'),
        said("404 Not Found", b"{}"),
        said("429 Slow Down", b"{}"),
        said("503 Oh", PAGE, kind="text/html"),
        said("302 Found", b"", "Location: http://127.0.0.1:9/"),
        said("200 OK", b'{"current":7', "Transfer-Encoding: gzip"),
        b"garbage\r\n\r\n",
        b"",
    ],
)
async def test_a_hub_that_does_not_answer_says_nothing(answer: bytes) -> None:
    async with peer(answer) as url:
        assert await left(url) is None


@pytest.mark.parametrize("beginning", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"])
async def test_nobody_waits_longer_than_a_second(beginning: bytes) -> None:
    async with peer(beginning, hangs=True) as url:
        began = time.monotonic()

        assert await left(url) is None
        assert time.monotonic() - began < QUOTA_SECONDS + 0.5


async def test_a_hub_that_is_not_there_says_nothing() -> None:
    assert await left("http://127.0.0.1:9") is None


async def test_an_endless_answer_is_not_read_to_its_end() -> None:
    body = b'{"current":7,"more":"' + b"x" * (5 * 1024 * 1024) + b'"}'
    async with peer(said("200 OK", body)) as url:
        assert await left(url) is None


# --- secrets


async def test_the_hub_is_asked_through_the_proxy(hub: LoopbackSpace) -> None:
    proxy = LoopbackProxy()
    async with served(proxy), open_hub(hub.url, proxy.url) as opened:
        await opened.check(TOKEN)
        await opened.seconds_left(TOKEN)

    assert proxy.passed == [f"{hub.url}/api/whoami-v2", f"{hub.url}/api/spaces/zero-gpu/quota"]


async def test_nothing_secret_is_logged(hub: LoopbackSpace, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await check(hub.url)
    async with peer(said("500 Oh", f'{{"error":"{TOKEN}"}}'.encode())) as url:
        with pytest.raises(ServiceFailed) as caught:
            await check(url)

    assert caught.value.message == "[token]"
    assert "SECRET" not in caplog.text
