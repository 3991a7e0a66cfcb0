"""The two streams: a mailbox read out to one HTTP client."""

# Source: gradio 6.31.0, gradio/routes.py, queue_data_helper.

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from aiohttp import web

from bot.sandbox.space import wire
from bot.sandbox.space.answers import unprocessable
from bot.sandbox.space.conduct import Conduct
from bot.sandbox.space.mailboxes import Letter, Mailbox
from bot.sandbox.space.messages import (
    CloseStream,
    Cut,
    Heartbeat,
    ProcessCompleted,
    ProcessFailed,
    UnexpectedError,
)
from bot.sandbox.space.studio import Studio

_Encode: TypeAlias = Callable[[Letter], bytes]

_NOT_FOUND = Letter("", UnexpectedError("404: Not Found", session_not_found=True))
_CLOSE = Letter("", CloseStream())


class Streams:
    """Reads mailboxes out.

    Args:
        studio: Whose mailboxes.
        conduct: Decides the form and the heartbeats.
    """

    def __init__(self, studio: Studio, conduct: Conduct) -> None:
        self._studio = studio
        self._conduct = conduct

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer `GET /call/{api_name}/{event_id}`; the name is not looked at, as in Gradio."""
        session_hash = self._studio.session_of(request.match_info["event_id"])
        return await self._answer(request, session_hash, partial(_call, self._conduct))

    async def queue_data(self, request: web.Request) -> web.StreamResponse:
        """Answer `GET /queue/data?session_hash=…`."""
        session_hash = request.query.get("session_hash")
        if session_hash is None:
            return unprocessable("missing", ["query", "session_hash"], "Field required", None)
        return await self._answer(request, session_hash, partial(_queue_data, self._conduct))

    async def _answer(self, request: web.Request, session_hash: str, encode: _Encode) -> web.StreamResponse:
        response = web.StreamResponse(headers={"content-type": "text/event-stream; charset=utf-8"})
        response.enable_chunked_encoding()
        await response.prepare(request)
        mailbox = self._studio.mailboxes.find(session_hash)
        if mailbox is None:
            await response.write(encode(_NOT_FOUND))
            _cut(request)
            return response
        heart = asyncio.create_task(self._beat(mailbox))
        try:
            if await _read_out(mailbox, response, encode):
                _cut(request)
        except asyncio.CancelledError:
            self._studio.leave(session_hash)
            raise
        except ConnectionError:  # the reader left while something was being sent
            self._studio.leave(session_hash)
        finally:
            heart.cancel()
        return response

    async def _beat(self, mailbox: Mailbox) -> None:
        while True:
            await asyncio.sleep(self._conduct.heartbeat)
            mailbox.put("", Heartbeat())


async def _read_out(mailbox: Mailbox, response: web.StreamResponse, encode: _Encode) -> bool:
    """Send messages until the session's last event has ended; return whether the stream was cut instead."""
    while True:
        letter = await mailbox.get()
        if isinstance(letter.message, Cut):
            return True
        await _send(response, encode(letter))
        if isinstance(letter.message, (ProcessCompleted, ProcessFailed)):
            mailbox.pending.discard(letter.event_id)
            if not mailbox.pending:
                await _send(response, encode(_CLOSE))
                return False


async def _send(response: web.StreamResponse, body: bytes) -> None:
    if body:  # nothing is what `/call` says of most messages, and an empty chunk would end the stream
        await response.write(body)


def _cut(request: web.Request) -> None:
    """Close the connection: what was written still goes out, the last chunk does not."""
    if request.transport is not None:
        request.transport.close()


def _call(conduct: Conduct, letter: Letter) -> bytes:
    return wire.call(letter.message, conduct.dialect)


def _queue_data(conduct: Conduct, letter: Letter) -> bytes:
    return wire.queue_data(letter.event_id, letter.message, conduct.dialect)
