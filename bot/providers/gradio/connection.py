"""HTTP with one Space: the connections, the cookies, the token, the proxy; and aiohttp's errors made ours.

The token goes to the Space's own origin and nowhere else: no redirect is ever followed, and each address is
put on that origin before it is asked. Several tokens share the sockets, and neither headers nor cookies. No
error that leaves this module holds one of aiohttp's, for these keep the request's headers and the proxy's
password.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from types import TracebackType
from typing import Any, Self, TypeVar, cast

import aiohttp
from yarl import URL

from bot.domain.errors import (
    DeadlineExceeded,
    ProviderError,
    ProviderUnreachable,
    ResponseError,
    StreamCut,
    UntrustedImage,
)
from bot.providers.gradio.answers import Answer
from bot.providers.gradio.urls import own_url
from bot.providers.gradio.words import redacted
from bot.providers.options import ServiceOptions

MAX_ANSWER = 4 * 1024 * 1024  # bytes; the largest real one, the /config of a big app, has some 300 kB
CONNECT_SECONDS = 10.0

_T = TypeVar("_T")

# aiohttp lets some errors through as they are: of its HTTP parser, and of a host name that is none.
TRANSPORT_ERRORS = (aiohttp.ClientError, aiohttp.http.HttpProcessingError, OSError, UnicodeError)


class Connection:
    """What is shared by all requests to one Space under one token, or under none.

    The token travels as `Authorization: Bearer`: so it opens private Spaces, and the GPU seconds count for
    its owner. A Space's code can read that header. Gradio's own client therefore sends `X-HF-Authorization`
    in its place, of which nobody says that it does all the same.

    Cookies tell the replicas of a Space apart, and may name the account as the token does: one that came for
    a token is never sent with another.
    """

    def __init__(self, session: aiohttp.ClientSession, base: str, options: ServiceOptions) -> None:
        self.base = base
        self._session = session
        self._options = options
        self._cookies = aiohttp.CookieJar(unsafe=True)  # for Spaces addressed by number; it meets one only
        self._headers = {"Authorization": f"Bearer {options.token}"} if options.token else {}

    @classmethod
    @asynccontextmanager
    async def open(cls, base: str, options: ServiceOptions) -> AsyncGenerator[Self, None]:
        """Open what is needed to speak with a Space; it connects when something is asked.

        Args:
            base: The Space's address, without a slash at its end.
            options: Token, proxy and deadlines.
        """
        session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),  # a full pool would keep a cancellation waiting
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
            headers={"User-Agent": "imagine-discord", "Accept-Encoding": "identity"},
        )
        async with session:
            yield cls(session, base, options)

    def with_token(self, token: str) -> Self:
        """Return a connection to the same Space under another token, open for as long as this one.

        Raises:
            ValueError: The token holds characters that no HTTP header may hold.
        """
        return type(self)(self._session, self.base, replace(self._options, token=token))

    async def ask(self, method: str, path: str, body: object = None) -> Answer:
        """Send one request, and return the whole answer, whatever its status.

        Args:
            method: `GET` or `POST`.
            path: From the Space's address on, with its slash.
            body: Sent as JSON; None for none.

        Raises:
            ProviderUnreachable: No connection, or it broke.
            DeadlineExceeded: No whole answer within the deadline `idle`.
        """
        return await self._in_time(self._ask(method, path, body))

    async def stream(self, path: str) -> aiohttp.ClientResponse:
        """Send one request, and return the answer when its head is here. The caller releases it.

        Args:
            path: From the Space's address on, with its slash.

        Raises:
            ProviderUnreachable: No connection, or it broke.
            DeadlineExceeded: No head within the deadline `idle`.
        """
        return await self._in_time(self._send("GET", self.base + path, accept="text/event-stream"))

    async def refusal(self, response: aiohttp.ClientResponse) -> ResponseError:
        """Return what an answer means that came in place of a stream.

        Raises:
            ProviderUnreachable: The connection broke.
            DeadlineExceeded: It does not end within the deadline `idle`.
        """
        return (await self._in_time(self._answer(response))).refusal()

    async def download(self, url: str, maximum: int) -> bytes:
        """Return a file.

        Args:
            url: Where it lies.
            maximum: Bytes.

        Raises:
            UntrustedImage: It lies elsewhere, is larger than `maximum`, or is a redirect.
            ResponseError: The Space does not give it.
            ProviderUnreachable: No connection.
            StreamCut: The connection broke on the way.
            DeadlineExceeded: It is not here within the deadline `idle`.
        """
        return await self._in_time(self._download(own_url(url, self.base), maximum))

    async def _in_time(self, request: Coroutine[Any, Any, _T]) -> _T:
        try:
            async with asyncio.timeout(idle := self._options.deadlines.idle):
                return await request
        except TimeoutError:
            raise DeadlineExceeded("idle", idle) from None

    async def _ask(self, method: str, path: str, body: object) -> Answer:
        return await self._answer(await self._send(method, self.base + path, body))

    async def _send(
        self, method: str, url: str, body: object = None, accept: str = "application/json"
    ) -> aiohttp.ClientResponse:
        """Send one request on its way; every request of ours passes here."""
        headers = {"Accept": accept, **self._headers}
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body, allow_nan=False).encode()
        target = URL(url, encoded=True)
        with _Translated(ProviderUnreachable):
            response = await self._session.request(
                method,
                target,
                data=data,
                headers=headers,
                cookies=self._cookies.filter_cookies(target) or None,
                proxy=self._options.proxy,
                allow_redirects=False,
            )
        self._cookies.update_cookies(response.cookies, target)
        return response

    async def _answer(self, response: aiohttp.ClientResponse) -> Answer:
        body = bytearray()
        with _Translated(ProviderUnreachable):
            async with response:
                while len(body) < MAX_ANSWER and (chunk := await response.content.readany()):
                    body += chunk
        return Answer(response.status, response.content_type, redacted(bytes(body), self._options.token))

    async def _download(self, url: str, maximum: int) -> bytes:
        response = await self._send("GET", url, accept="image/*")
        if 300 <= response.status < 400:
            response.close()
            raise UntrustedImage("redirect")
        if response.status != 200:
            raise (await self._answer(response)).refusal()
        with _Translated(StreamCut):
            async with response:
                return await _file(response, maximum)


async def _file(response: aiohttp.ClientResponse, maximum: int) -> bytes:
    if (response.content_length or 0) > maximum:
        raise UntrustedImage("too large")
    body = bytearray()
    while chunk := await response.content.readany():
        body += chunk
        if len(body) > maximum:
            raise UntrustedImage("too large")
    return bytes(body)


async def next_chunk(response: aiohttp.ClientResponse) -> bytes:
    """Return the next bytes of a stream; none at its end.

    What arrived before a connection broke comes first: the last message of a server that goes away often has
    no end of stream behind it.

    Raises:
        StreamCut: The connection broke.
    """
    content = response.content
    with _Translated(StreamCut):
        try:
            return await content.readany()
        except TRANSPORT_ERRORS as broken:
            # aiohttp keeps the bytes, and gives none while there is an exception; so it goes, and returns.
            content.set_exception(cast("BaseException", None))
            kept = content.read_nowait()
            content.set_exception(broken)
            if kept:
                return kept
            raise


class _Translated:
    """Turns a transport's error into one of ours, and lets go of the transport's.

    A class instead of a generator, because only here can the new error be freed of the old one, which Python
    would keep as its context.
    """

    def __init__(self, meaning: type[ProviderUnreachable | StreamCut]) -> None:
        self._meaning = meaning

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, TRANSPORT_ERRORS):
            return
        failure = self._failure(type(error).__name__)
        try:
            raise failure from None
        finally:
            failure.__context__ = None

    def _failure(self, reason: str) -> ProviderError:
        return ProviderUnreachable(reason) if self._meaning is ProviderUnreachable else StreamCut()
