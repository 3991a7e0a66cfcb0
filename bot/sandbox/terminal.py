"""A Discord message as a terminal shows it: its texts as lines, its pictures as coloured blocks."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from io import BytesIO
from typing import Any, TextIO

from PIL import Image

PICTURE_COLUMNS = 48  # characters
_CONTAINERS = frozenset({1, 9, 17})  # action row, section, container
_TEXT, _GALLERY = 10, 12
_TIMESTAMP = re.compile(r"<t:(\d+):R>")
_MARKUP = re.compile(r"^(?:> |-# )|\\(?=[^\w\s])|`|\*\*", re.MULTILINE)


class Terminal:
    """Shows one message as it changes: what is new in it, and its picture where the screen can show one.

    Args:
        screen: Where to print.
        download: Fetches an attachment.
    """

    def __init__(self, screen: TextIO, download: Callable[[str], Awaitable[bytes]]) -> None:
        self._screen = screen
        self._download = download
        self._lines: list[str] = []
        self._pictures: list[str] = []

    def print(self, line: str) -> None:
        """Print a line of the program's own."""
        print(line, file=self._screen, flush=True)

    async def show(self, message: Mapping[str, Any], now: float) -> None:
        """Print what a message says and shows that it did not before.

        Args:
            message: A message as Discord's API returns it.
            now: Unix time in seconds, to tell countdowns.
        """
        shown, self._pictures = self._pictures, pictures(message)
        for url in self._pictures:
            if url not in shown and self._screen.isatty():
                self.print(blocks(await self._download(url), PICTURE_COLUMNS))
        said, self._lines = self._lines, texts(message, now)
        for line in self._lines:
            if line not in said:
                self.print(f"  {line}")


def texts(message: Mapping[str, Any], now: float) -> list[str]:
    """Return what a message says, line by line, without markup.

    Args:
        message: A message as Discord's API returns it.
        now: Unix time in seconds, to tell countdowns.
    """
    found = [message.get("content") or "", *_texts(message.get("components") or [])]
    return [line for text in found if text for line in _plain(text, now).splitlines()]


def pictures(message: Mapping[str, Any]) -> list[str]:
    """Return the addresses of a message's attachments."""
    return [attachment["url"] for attachment in message.get("attachments") or []]


def blocks(image: bytes, columns: int) -> str:
    """Return a picture as lines of half blocks, two pixels a character, in 24-bit colour.

    Args:
        image: An image file.
        columns: Characters a line.
    """
    with Image.open(BytesIO(image)) as opened:
        rows = max(2, round(columns * opened.height / opened.width) // 2 * 2)
        small = opened.convert("RGB").resize((columns, rows))
    lines = ["".join(_block(small, column, row) for column in range(columns)) for row in range(0, rows, 2)]
    return "\n".join(f"{line}\x1b[0m" for line in lines)


def _block(image: Image.Image, column: int, row: int) -> str:
    upper, lower = (image.getpixel((column, row + offset)) for offset in (0, 1))
    return f"\x1b[38;2;{_rgb(upper)}m\x1b[48;2;{_rgb(lower)}m▀"


def _rgb(pixel: float | tuple[int, ...] | None) -> str:
    return ";".join(map(str, pixel)) if isinstance(pixel, tuple) else "0;0;0"


def _texts(components: list[dict[str, Any]]) -> Iterator[str]:
    for component in components:
        if component["type"] == _TEXT:
            yield component["content"]
        elif component["type"] in _CONTAINERS:
            yield from _texts(component["components"])


def _plain(text: str, now: float) -> str:
    def countdown(found: re.Match[str]) -> str:
        seconds = int(found[1]) - now
        return f"in {seconds:.0f} seconds" if seconds > 0 else f"{-seconds:.0f} seconds ago"

    return _MARKUP.sub("", _TIMESTAMP.sub(countdown, text))
