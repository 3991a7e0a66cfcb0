"""The token and the proxy's password: where they go, and where they never go."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing

import pytest
from aiohttp import web

from bot.domain.errors import (
    ProviderError,
    ProviderUnreachable,
    ResponseError,
    UnreadableAnswer,
    UntrustedImage,
)
from bot.domain.events import ImageResponse
from bot.providers.options import ServiceOptions
from bot.providers.stability_sd35 import StabilityAI_SD35Large
from tests.providers.drawing import FOX, PATH, drawn, file, opened, result
from tests.providers.servers import LoopbackProxy, LoopbackSpace, captured, said, served

TOKEN = "hf_SECRETtoken"
OTHER = "hf_SECRETother"
PASSWORD = "SECRETpassword"


@pytest.fixture
async def elsewhere() -> AsyncGenerator[LoopbackSpace, None]:
    """Another server."""
    server = LoopbackSpace()
    async with served(server):
        yield server


@pytest.fixture
async def proxy() -> AsyncGenerator[LoopbackProxy, None]:
    """A proxy on loopback."""
    server = LoopbackProxy()
    async with served(server):
        yield server


def chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        yield from chain(error.__cause__)
        error = error.__context__


def texts(error: BaseException) -> str:
    return " ".join(f"{each} {each!r} {each.args} {vars(each)}" for each in chain(error))


# --- the token


async def test_every_request_to_the_space_has_the_token(space: LoopbackSpace) -> None:
    space.queue = said(result(file("x"), 7))
    space.files[f"/gradio_api/file={PATH}"] = web.Response(body=b"no picture")
    async with opened(space.url, token=TOKEN) as provider:
        await provider.limits()
        with pytest.raises(UntrustedImage):
            await provider.download(ImageResponse(f"{space.url}/gradio_api/file={PATH}", ""))
    await drawn(space.url, token=TOKEN)

    assert {asked.headers.get("Authorization") for asked in space.asked} == {f"Bearer {TOKEN}"}
    assert len(space.asked) == 4


async def test_without_a_token_nothing_is_claimed(space: LoopbackSpace) -> None:
    space.queue = said(result(file("x"), 7))
    await drawn(space.url)

    assert all("Authorization" not in asked.headers for asked in space.asked)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_never_followed(
    space: LoopbackSpace, elsewhere: LoopbackSpace, status: int
) -> None:
    space.files["/moved"] = web.Response(status=status, headers={"Location": f"{elsewhere.url}/moved"})
    async with opened(space.url, token=TOKEN) as provider:
        with pytest.raises(UntrustedImage, match="redirect"):
            await provider.download(ImageResponse(f"{space.url}/moved", ""))

    assert elsewhere.asked == []


async def test_a_redirected_submission_is_not_followed(
    space: LoopbackSpace, elsewhere: LoopbackSpace
) -> None:
    space.files["/gradio_api/call/infer"] = web.Response(status=307, headers={"Location": elsewhere.url})

    with pytest.raises(ResponseError):
        await drawn(space.url, token=TOKEN)

    assert elsewhere.asked == []


async def test_a_picture_elsewhere_is_not_fetched(space: LoopbackSpace, elsewhere: LoopbackSpace) -> None:
    async with opened(space.url, token=TOKEN) as provider:
        with pytest.raises(UntrustedImage, match="foreign origin"):
            await provider.download(ImageResponse(f"{elsewhere.url}/gradio_api/file={PATH}", ""))

    assert elsewhere.asked == []


async def test_a_service_that_repeats_the_token_is_not_repeated(space: LoopbackSpace) -> None:
    output = {"error": f"bad token {TOKEN}", "title": TOKEN}
    space.queue = said({"msg": "process_completed", "output": output, "success": False})

    with pytest.raises(ResponseError) as caught:
        await drawn(space.url, token=TOKEN)

    assert caught.value.message == "bad token [token]"
    assert TOKEN not in texts(caught.value)


async def test_nor_in_a_refusal(space: LoopbackSpace) -> None:
    space.post = (401, "application/json", f'{{"detail":"bad token {TOKEN}"}}'.encode())

    with pytest.raises(ResponseError) as caught:
        await drawn(space.url, token=TOKEN)

    assert caught.value.message == "bad token [token]"


async def test_an_answer_that_is_no_http_does_not_tell_the_token() -> None:
    async def garble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 OK garbage\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(garble, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ProviderUnreachable) as caught:
            await drawn(f"http://127.0.0.1:{port}", token=TOKEN)

    assert TOKEN not in texts(caught.value)


async def test_nothing_secret_is_logged(space: LoopbackSpace, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    space.queue = captured("queue-infer.sse")
    await drawn(space.url, token=TOKEN)

    assert TOKEN not in caplog.text


# --- several tokens


async def draw_with(provider: StabilityAI_SD35Large) -> None:
    """Submit, listen, and ask for a file that is not there."""
    async with aclosing(provider.stream(FOX)) as events:
        async for event in events:
            if isinstance(event, ImageResponse):
                with pytest.raises(UnreadableAnswer):
                    await provider.download(event)


async def test_each_token_travels_with_its_own_requests_only(space: LoopbackSpace) -> None:
    space.queue = said(result(file("x"), 7))
    async with opened(space.url) as provider:
        views = [provider.with_token(TOKEN), provider, provider.with_token(OTHER)]
        for view in views:
            await draw_with(view)

    sent = [asked.headers.get("Authorization") for asked in space.asked]
    assert sent == [f"Bearer {TOKEN}"] * 3 + [None] * 3 + [f"Bearer {OTHER}"] * 3


async def test_a_cookie_that_came_for_one_token_is_not_sent_with_another(space: LoopbackSpace) -> None:
    space.queue = said(result(file("x"), 7))
    async with opened(space.url) as provider:
        for view in (provider.with_token(TOKEN), provider.with_token(OTHER), provider):
            await draw_with(view)

    assert [asked.headers.get("Cookie") for asked in space.asked] == [None, "replica=7", "replica=7"] * 3


async def test_work_that_is_left_is_cancelled_under_its_own_token(space: LoopbackSpace) -> None:
    space.queue, space.hold = captured("queue-infer.sse")[:600], True
    space.config = {"dependencies": [{"id": 0, "api_name": "infer"}]}
    async with opened(space.url) as provider:
        async with aclosing(provider.with_token(TOKEN).stream(FOX)) as events:
            async for _ in events:
                break
        async with aclosing(provider.with_token(OTHER).stream(FOX)) as events:
            async for _ in events:
                break

    sent = [asked.headers["Authorization"] for asked in space.asked]
    assert sent == [f"Bearer {TOKEN}"] * (len(sent) // 2) + [f"Bearer {OTHER}"] * (len(sent) // 2)
    assert "POST /gradio_api/cancel" in space.paths()


async def test_the_limits_are_asked_once_for_all_tokens(space: LoopbackSpace) -> None:
    async with opened(space.url) as provider:
        for view in (provider.with_token(TOKEN), provider, provider.with_token(OTHER)):
            await view.limits()

    assert [asked.headers.get("Authorization") for asked in space.asked] == [None]


async def test_a_token_that_is_repeated_is_taken_out_of_the_words_of_its_own_answer(
    space: LoopbackSpace,
) -> None:
    output = {"error": f"bad token {TOKEN}", "title": TOKEN}
    space.queue = said({"msg": "process_completed", "output": output, "success": False})
    async with opened(space.url, token=OTHER) as provider:
        with pytest.raises(ResponseError) as caught:
            await draw_with(provider.with_token(TOKEN))

    assert caught.value.message == "bad token [token]"
    assert "SECRET" not in texts(caught.value)


async def test_nothing_of_several_tokens_is_logged(
    space: LoopbackSpace, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    space.post = (401, "application/json", f'{{"detail":"bad tokens {TOKEN} {OTHER}"}}'.encode())
    async with opened(space.url) as provider:
        for token in (TOKEN, OTHER):
            with pytest.raises(ResponseError):
                await draw_with(provider.with_token(token))

    assert "SECRET" not in caplog.text


@pytest.mark.parametrize("token", ["hf_SECRET\r\nX-Evil: 1", "hf SECRET", "hf_SECRET\u00e9"])
async def test_a_token_that_no_header_may_hold_is_refused_without_being_repeated(
    space: LoopbackSpace, token: str
) -> None:
    async with opened(space.url) as provider:
        with pytest.raises(ValueError, match="token") as caught:
            provider.with_token(token)

    assert "SECRET" not in texts(caught.value)


# --- the proxy


async def test_every_request_passes_the_proxy(space: LoopbackSpace, proxy: LoopbackProxy) -> None:
    space.queue = said(result(file("x"), 7))
    space.files[f"/gradio_api/file={PATH}"] = web.Response(body=b"no picture")
    async with opened(space.url, proxy=proxy.url) as provider:
        await provider.limits()
        with pytest.raises(UntrustedImage):
            await provider.download(ImageResponse(f"{space.url}/gradio_api/file={PATH}", ""))
    await drawn(space.url, proxy=proxy.url)

    assert [url.removeprefix(space.url) for url in proxy.passed] == [asked.path for asked in space.asked]
    assert len(proxy.passed) == 4


async def test_the_proxy_gets_its_password_and_the_space_does_not(
    space: LoopbackSpace, proxy: LoopbackProxy
) -> None:
    space.queue = said(result(file("x"), 7))
    await drawn(space.url, proxy=proxy.url.replace("//", f"//me:{PASSWORD}@"))

    assert all(credentials and credentials.startswith("Basic ") for credentials in proxy.credentials)
    assert all("Proxy-Authorization" not in asked.headers for asked in space.asked)


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_proxy_that_is_not_there_does_not_tell_its_password(scheme: str) -> None:
    with pytest.raises(ProviderError) as caught:
        await drawn(f"{scheme}://space.example", proxy=f"http://me:{PASSWORD}@127.0.0.1:9", token=TOKEN)

    assert type(caught.value) is ProviderUnreachable
    assert PASSWORD not in texts(caught.value)
    assert TOKEN not in texts(caught.value)


async def test_a_proxy_that_refuses_does_not_tell_its_password(space: LoopbackSpace) -> None:
    with pytest.raises(ProviderUnreachable) as caught:
        await drawn("https://space.example", proxy=space.url.replace("//", f"//me:{PASSWORD}@"), token=TOKEN)

    assert PASSWORD not in texts(caught.value)
    assert TOKEN not in texts(caught.value)


# --- the options


def test_options_do_not_show_their_secrets() -> None:
    shown = repr(ServiceOptions(token=TOKEN, proxy=f"http://me:{PASSWORD}@proxy:1"))

    assert TOKEN not in shown
    assert PASSWORD not in shown


@pytest.mark.parametrize(
    "options",
    [
        {"token": "hf_SECRET\r\nX-Evil: 1"},
        {"token": "hf SECRET"},
        {"token": "hf_SECRETé"},
        {"proxy": "socks5://me:SECRET@proxy:1"},
        {"proxy": "http://me:SECRET@proxy:port"},
        {"proxy": "SECRET"},
        {"url": "https://me:SECRET@space"},
        {"url": "https://space?SECRET"},
        {"url": "ftp://SECRET"},
        {"url": "https://[SECRET"},
        {"url": "https://SECRETé.example"},
    ],
)
def test_options_that_cannot_be_used_are_refused_without_being_repeated(options: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        ServiceOptions(**options)  # type: ignore[arg-type] # the keys vary

    assert "SECRET" not in texts(caught.value)
