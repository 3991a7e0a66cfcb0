"""A server that does no work: it replays the recorded bytes of one generation to whoever asks.

It runs in a process of its own, so that what a benchmark measures is the client. One generation is eleven
yields and a completion: twelve events on `/call`, and three more on `/queue/data`, which tells the queue too.
"""

import asyncio
import itertools
import json
import re
import signal
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from bot.sandbox.space.description import config, info
from bot.sandbox.space.dialect import DIALECTS

YIELDS = 11
_CAPTURES = Path(__file__).parents[1] / "tests" / "fixtures" / "gradio" / "6.31"
_NOBODY = b"0" * 32  # stands for the event's id
_JSON = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\ncontent-type: application/json\r\n\r\n%s"
_STREAM = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
)
_LAST_CHUNK = b"0\r\n\r\n"


def _chunk(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(body), body)


def _events(name: str, port: int) -> list[bytes]:
    """Return a recorded stream's events, as if it had been recorded here."""
    raw = (_CAPTURES / name).read_bytes()
    raw = re.sub(rb"127\.0\.0\.1:\d+", b"127.0.0.1:%d" % port, raw)
    raw = re.sub(rb'"event_id":"[0-9a-f]{32}"', b'"event_id":"%s"' % _NOBODY, raw)
    return [event + b"\n\n" for event in raw.split(b"\n\n") if event]


def _lengthened(events: list[bytes], is_yield: bytes) -> list[bytes]:
    """Repeat the recorded yields until there are `YIELDS`, each with another file."""
    first = next(index for index, event in enumerate(events) if is_yield in event)
    last = max(index for index, event in enumerate(events) if is_yield in event)
    hashes = (rb"gradio/%064x" % number for number in itertools.count())
    yields = [re.sub(rb"gradio/[0-9a-f]{64}", next(hashes), events[first]) for _ in range(YIELDS - 1)]
    return [*events[:first], *yields, *events[last:]]


def _in_diffs(events: list[bytes]) -> list[bytes]:
    """Return what `/queue/join` gets: after the first yield, only what has changed."""
    out: list[bytes] = []
    seen = False
    for event in events:
        message = json.loads(event.removeprefix(b"data: "))
        if message["msg"] == "process_generating" and seen:
            file = message["output"]["data"][0]
            changes = [["replace", ["path"], file["path"]], ["replace", ["url"], file["url"]]]
            message["output"]["data"] = [changes, []]
        seen = seen or message["msg"] == "process_generating"
        out.append(b"data: %s\n\n" % json.dumps(message, separators=(",", ":")).encode())
    return out


@dataclass
class Recording:
    """One generation, ready to be sent: chunks in which only the event's id is missing."""

    port: int
    call: list[bytes] = field(init=False)
    queue: list[bytes] = field(init=False)
    diffs: list[bytes] = field(init=False)
    close: bytes = field(init=False)
    bodies: dict[str, bytes] = field(init=False)

    def __post_init__(self) -> None:
        queue = _lengthened(_events("queue-infer.sse", self.port), b'"process_generating"')
        self.call = [
            _chunk(event) for event in _lengthened(_events("call-infer.sse", self.port), b"generating")
        ]
        self.queue = [_chunk(event) for event in queue]
        self.diffs = [_chunk(event) for event in _in_diffs(queue[:-1])]
        self.close = _chunk(queue[-1])
        root = f"http://127.0.0.1:{self.port}"
        self.bodies = {
            "/config": json.dumps(config(DIALECTS["6.31"], root, 0)).encode(),
            "/gradio_api/info": json.dumps(info()).encode(),
        }


class Replay(asyncio.Protocol):
    """One connection, kept alive; it understands as much HTTP as the contestants speak."""

    recording: ClassVar[Recording]
    joined: ClassVar[dict[str, deque[bytes]]] = {}
    numbers: ClassVar[Iterator[int]] = itertools.count(1)

    def __init__(self) -> None:
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head = self._received[:end]
            found = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
            total = end + 4 + (int(found[1]) if found else 0)
            if len(self._received) < total:
                return
            body, self._received = self._received[end + 4 : total], self._received[total:]
            method, path = head.split(b" ", 2)[:2]
            self._answer(method, path.decode(), body)

    def _answer(self, method: bytes, path: str, body: bytes) -> None:
        if method == b"POST":
            event_id = b"%032x" % next(self.numbers)
            if path.endswith("/queue/join"):
                waiting = self.joined.setdefault(json.loads(body)["session_hash"], deque())
                waiting.append(event_id)
            self._json(b'{"event_id":"%s"}' % event_id)
        elif described := self.recording.bodies.get(urlsplit(path).path):
            self._json(described)
        elif "/queue/data" in path:
            self._queue_data(parse_qs(urlsplit(path).query)["session_hash"][0])
        else:
            self._write([_STREAM, *self.recording.call, _LAST_CHUNK])

    def _queue_data(self, session_hash: str) -> None:
        waiting = self.joined.get(session_hash)
        if waiting is None:
            event_id = session_hash.encode()
            chunks = [chunk.replace(_NOBODY, event_id) for chunk in self.recording.queue]
            self._write([_STREAM, *chunks, _LAST_CHUNK])
            return
        self._write([_STREAM])
        while waiting:
            event_id = waiting.popleft()
            self._write([chunk.replace(_NOBODY, event_id) for chunk in self.recording.diffs])
        self._write([self.recording.close, _LAST_CHUNK])

    def _json(self, body: bytes) -> None:
        self._write([_JSON % (len(body), body)])

    def _write(self, chunks: list[bytes]) -> None:
        assert self._transport is not None  # noqa: S101 - nothing is received before the connection is made
        for chunk in chunks:  # one at a time, as a real server sends them
            self._transport.write(chunk)


async def main() -> None:
    """Listen on a free port, and print its URL."""
    loop = asyncio.get_running_loop()
    # Not `sock=`: asyncio turns Nagle's algorithm off only for sockets that it has made itself.
    server = await loop.create_server(Replay, "127.0.0.1", 0, backlog=1024)
    recording = Replay.recording = Recording(server.sockets[0].getsockname()[1])
    print(f"http://127.0.0.1:{recording.port}", flush=True)
    stopped = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    await stopped.wait()


if __name__ == "__main__":
    asyncio.run(main())
