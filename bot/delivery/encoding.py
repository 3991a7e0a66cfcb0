"""The file that a user gets: a PNG with its parameters inside.

Encoding is bound to the processor, so it has threads of its own: on the event loop it would stall everybody,
and among asyncio's threads it would keep name look-ups waiting.
"""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from types import TracebackType
from typing import Self

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bot.domain.infotext import PNG_KEYWORD


class Encoder:
    """Encodes pictures off the event loop. Use it as a context manager.

    Args:
        threads: How many at a time; the default leaves one processor to the event loop.
    """

    def __init__(self, threads: int | None = None) -> None:
        count = threads or max(1, (os.cpu_count() or 1) - 1)
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="encoder")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def png(self, image: bytes, parameters: str) -> bytes:
        """Return `encode_png`'s result without keeping the event loop from its work."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, encode_png, image, parameters)


def encode_png(image: bytes, parameters: str) -> bytes:
    """Return an image as a PNG that carries its parameters as text.

    Args:
        image: An image file that Pillow reads, already known to be one.
        parameters: What it was drawn with, as `bot.domain.infotext` writes it.
    """
    info = PngInfo()
    info.add_text(PNG_KEYWORD, parameters)
    with Image.open(BytesIO(image)) as opened, BytesIO() as file:
        opened.save(file, format="PNG", pnginfo=info)
        return file.getvalue()
