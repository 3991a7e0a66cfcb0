"""One websocket: frames out in order, compressed if asked for; frames in, whatever their type."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from aiohttp import ClientConnectionResetError, WSMsgType, web

from bot.sandbox.discord.compression import ZlibStream
from bot.sandbox.discord.gateway.session import Close, Op, Session
from bot.sandbox.discord.wire import Json, encode

MOST = 4096  # bytes a client's frame may have. Source: events/gateway, "Sending Events"
CLOSING = 1.0  # seconds a client may take to answer a close frame


class Connection:
    """A client's websocket.

    Attributes:
        session: Set once the client has identified or resumed.
        version: The `v` of the URL.
        close_code: The code that ended it, whoever sent it; None while open or when the line was cut.
        resumed: Whether it took up an older session.
        heartbeats: How many came.
    """

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.session: Session | None = None
        self.version = request.query.get("v", "")
        self.close_code: int | None = None
        self.resumed = False
        self.heartbeats = 0
        self._socket = socket
        self._transport = request.transport
        self._stream = ZlibStream() if request.query.get("compress") == "zlib-stream" else None
        self._outbox: asyncio.Queue[bytes] = asyncio.Queue()

    @property
    def open(self) -> bool:
        """Whether frames still get through."""
        return not self._socket.closed

    def send(self, op: Op, data: object = None) -> None:
        """Queue a frame that is not an event."""
        self.forward(encode({"op": op, "d": data, "s": None, "t": None}))

    def forward(self, frame: bytes) -> None:
        """Queue a finished frame."""
        self._outbox.put_nowait(frame)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        """Send what is queued, in order, while the block runs."""
        writer = asyncio.create_task(self._write())
        try:
            yield
        finally:
            writer.cancel()
            with suppress(asyncio.CancelledError):
                await writer

    async def _write(self) -> None:
        while True:
            frame = await self._outbox.get()
            try:
                if self._stream:
                    await self._socket.send_bytes(self._stream.feed(frame))
                else:
                    await self._socket.send_str(frame.decode())
            except ClientConnectionResetError:
                return

    async def receive(self, silence: float) -> Json | None:
        """Return the next message, or None when the connection is over.

        Args:
            silence: Seconds without a frame after which the client counts as gone.
        """
        try:
            message = await self._socket.receive(timeout=silence)
        except TimeoutError:
            await self.close(Close.TIMED_OUT)
            return None
        if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
            self.close_code = self.close_code or self._socket.close_code
            return None
        try:
            payload = json.loads(message.data) if len(message.data) <= MOST else None
        except ValueError:
            payload = None
        if not isinstance(payload, dict):
            await self.close(Close.DECODE_ERROR)
            return None
        return payload

    async def close(self, code: int) -> None:
        """Close with a code, after what is queued has gone out."""
        self.close_code = code
        await self._socket.close(code=code)

    def cut(self) -> None:
        """End it without a word, as a lost line does."""
        if self._transport:
            self._transport.abort()
