"""Server-sent events out of bytes that were cut anywhere.

No I/O: bytes go in, whole events come out.
"""

# Source: WHATWG HTML, "Server-sent events", 9.2.6. Left out: a lone CR as a line end, which Gradio never
# sends, and `id` and `retry`, because a Gradio stream cannot be resumed.

from typing import NamedTuple

from bot.domain.errors import UnreadableAnswer

MAX_EVENT = 4 * 1024 * 1024  # bytes; the longest real one, a gallery of links, has some 300 kB


class ServerSentEvent(NamedTuple):
    """One event of a stream.

    Attributes:
        name: The `event` field; empty if there was none.
        data: The `data` fields, joined by line feeds; as UTF-8, which nobody has checked.
    """

    name: bytes
    data: bytes


class EventDecoder:
    r"""Turns bytes into events.

    Lines end in LF or CRLF and in nothing else: orjson leaves U+2028 and U+0085 raw inside of a string, and
    `str.splitlines` would break a message there.
    """

    __slots__ = ("_data", "_line", "_name", "_size")

    def __init__(self) -> None:
        self._line: list[bytes] = []  # what has come of the line that is still open
        self._data: list[bytes] = []
        self._name = b""
        self._size = 0  # bytes held for the event that is still open

    def feed(self, chunk: bytes) -> list[ServerSentEvent]:
        """Take the next bytes, and return the events that they completed.

        Raises:
            UnreadableAnswer: One event is longer than `MAX_EVENT`.
        """
        lines = chunk.split(b"\n")
        rest = lines.pop()
        events: list[ServerSentEvent] = []
        if lines:
            self._line.append(lines[0])
            lines[0] = b"".join(self._line)
            self._line.clear()
        for line in lines:
            if not line or line == b"\r":
                if self._data:
                    events.append(ServerSentEvent(self._name, b"\n".join(self._data)))
                self._data, self._name, self._size = [], b"", 0
            else:
                self._take(line)
        self._line.append(rest)
        self._grow(len(rest))
        return events

    def _take(self, line: bytes) -> None:
        self._grow(len(line))
        field, _, value = line.removesuffix(b"\r").partition(b":")
        if field == b"data":
            self._data.append(value.removeprefix(b" "))
        elif field == b"event":
            self._name = value.removeprefix(b" ")

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > MAX_EVENT:
            raise UnreadableAnswer
