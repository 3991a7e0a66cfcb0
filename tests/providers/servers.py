"""Real servers on loopback: a Space that plays back bytes, and a proxy that notes what passes."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web

CAPTURES = Path(__file__).parents[1] / "fixtures" / "gradio"
EVENT_ID = "0123456789abcdef0123456789abcdef"


def captured(name: str, version: str = "6.31") -> bytes:
    """Return the bytes of a real server, as `queue-infer.sse`."""
    return (CAPTURES / version / name).read_bytes()


def said(*messages: Mapping[str, Any]) -> bytes:
    """Return the bytes of a rich stream."""
    return b"".join(b"data: " + json.dumps(message).encode() + b"\n\n" for message in messages)


@dataclass(frozen=True)
class Asked:
    """A request that arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any


@dataclass
class LoopbackSpace:
    """A Space that plays back bytes, and keeps what it was asked.

    Attributes:
        queue: The rich stream; None if there is none.
        call: The simple stream.
        piece: Bytes a write.
        pause: Seconds after each write.
        hold: Whether a stream stays open after its bytes.
        abort: Whether the connection is cut after the bytes, without the end that HTTP promises.
        post: The answer to a submission: status, content type, body.
        gate: What a submission waits for before it is answered.
        heartbeat: Seconds between the heartbeats of a stream that is held.
    """

    prefix: str = "/gradio_api"
    queue: bytes | None = b""
    call: bytes = b""
    stream_answer: tuple[int, str, bytes] | None = None
    piece: int = 4096
    pause: float = 0.0
    hold: bool = False
    abort: bool = False
    post: tuple[int, str, bytes] = (200, "application/json", json.dumps({"event_id": EVENT_ID}).encode())
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    heartbeat: float | None = None
    info: tuple[int, bytes] = (200, b"{}")
    config: Any = None
    files: dict[str, web.StreamResponse] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    submitted: asyncio.Event = field(default_factory=asyncio.Event)
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    def paths(self) -> list[str]:
        return [f"{asked.method} {asked.path}" for asked in self.asked]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.json() if request.can_read_body else None
        self.asked.append(Asked(request.method, request.path_qs, dict(request.headers), body))
        if request.path == "/config":
            return web.json_response(self.config)
        if request.path in self.files:
            return self.files[request.path]
        if request.path.startswith(self.prefix):
            stream = self._stream_of(request.method, request.path.removeprefix(self.prefix))
            if stream is not None:
                return await self._stream(request, stream)
            return await self._answer(request.method, request.path.removeprefix(self.prefix))
        return web.json_response({"detail": "Not Found"}, status=404)

    def _stream_of(self, method: str, route: str) -> bytes | None:
        if method == "GET" and route == "/queue/data":
            return self.queue
        return self.call if method == "GET" and route.startswith("/call/infer/") else None

    async def _answer(self, method: str, route: str) -> web.StreamResponse:
        match method, route:
            case "POST", "/call/infer":
                self.submitted.set()
                await self.gate.wait()
                return self._plain(*self.post)
            case "POST", "/cancel":
                return web.json_response({"success": True})
            case "GET", "/info":
                return self._plain(self.info[0], "application/json", self.info[1])
            case _:
                return web.json_response({"detail": "Not Found"}, status=404)

    def _plain(self, status: int, content_type: str, body: bytes) -> web.Response:
        response = web.Response(status=status, content_type=content_type, body=body)
        response.set_cookie("replica", "7")
        return response

    async def _stream(self, request: web.Request, data: bytes) -> web.StreamResponse:
        if self.stream_answer is not None:
            return self._plain(*self.stream_answer)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
        await response.prepare(request)
        try:
            for start in range(0, len(data), self.piece):
                await response.write(data[start : start + self.piece])
                await asyncio.sleep(self.pause)
            if self.abort and request.transport is not None:
                request.transport.close()
            while self.hold:
                await asyncio.sleep(self.heartbeat or 60.0)
                await response.write(b'data: {"msg":"heartbeat","event_id":null}\n\n')
        except (asyncio.CancelledError, ConnectionResetError):
            self.closed.set()
            raise
        return response


@dataclass
class LoopbackProxy:
    """An HTTP proxy that keeps the addresses it was asked for, and the credentials it was given."""

    passed: list[str] = field(default_factory=list)
    credentials: list[str | None] = field(default_factory=list)
    url: str = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.passed.append(str(request.url))
        self.credentials.append(request.headers.get("Proxy-Authorization"))
        kept = {
            name: value for name, value in request.headers.items() if name.startswith(("Auth", "Content-T"))
        }
        async with (
            ClientSession() as session,
            session.request(request.method, request.url, data=await request.read(), headers=kept) as answer,
        ):
            headers = {"Content-Type": answer.headers["Content-Type"]}
            return web.Response(status=answer.status, headers=headers, body=await answer.read())


@asynccontextmanager
async def served(server: LoopbackSpace | LoopbackProxy) -> AsyncGenerator[str, None]:
    """Serve on a free port of loopback, and note the address."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.handle)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server.url
    finally:
        with suppress(asyncio.TimeoutError):
            await runner.cleanup()
