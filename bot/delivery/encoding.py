"""The file that a user gets: the best one that Discord takes, with its parameters inside.

Encoding is bound to the processor, so it has threads of its own: on the event loop it would stall everybody,
and among asyncio's threads it would keep name look-ups waiting.
"""

import asyncio
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from types import TracebackType
from typing import Any, Self

from PIL import Image
from PIL.ExifTags import IFD, Base

from bot.delivery.png import SIGNATURE, with_text
from bot.domain.infotext import PNG_KEYWORD

PNG_LEVEL = 1  # zlib's; 6 takes a half longer and saves a tenth
QUALITIES = (92, 80, 65)  # tried in turn, in WebP and then in JPEG
SHRINK = 0.75  # of each side, from one step of the last rungs to the next
SMALLEST = 64  # pixels; whoever takes less than such a JPEG takes nothing

_PNG_MODES = frozenset({"L", "LA", "P", "RGB", "RGBA"})


@dataclass(frozen=True, slots=True)
class Encoded:
    """A file, ready for Discord.

    Attributes:
        data: Its bytes.
        extension: The end of its name, without the dot.
        shrunk_to: What it became because Discord takes no larger file, as `JPEG`; None if nothing was lost.
    """

    data: bytes = field(repr=False)
    extension: str
    shrunk_to: str | None = None


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

    async def encode(self, image: bytes, parameters: str, limit: int) -> Encoded:
        """Return `encode`'s result without keeping the event loop from its work."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, encode, image, parameters, limit)


def encode(image: bytes, parameters: str, limit: int) -> Encoded:
    """Return the best file of a picture that Discord takes, or the smallest there is.

    Args:
        image: An image file that Pillow reads, already known to be one.
        parameters: What it was drawn with, as `bot.domain.infotext` writes it.
        limit: Bytes that the file may have.
    """
    for file in _ladder(image, parameters):
        if len(file.data) <= limit:
            break
    return file


def _ladder(image: bytes, parameters: str) -> Iterator[Encoded]:
    """Yield ever smaller files, each made only when it is asked for."""
    yield Encoded(_png(image, parameters), "png")
    with Image.open(BytesIO(image)) as opened:
        picture = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    exif = _exif(parameters)
    yield Encoded(_save(picture, "WEBP", exif, lossless=True, method=2, quality=0), "webp", "lossless WebP")
    for quality in QUALITIES:
        yield Encoded(_save(picture, "WEBP", exif, quality=quality), "webp", "WebP")
    picture = picture.convert("RGB")
    for quality in QUALITIES:
        yield Encoded(_save(picture, "JPEG", exif, quality=quality), "jpg", "JPEG")
    while min(picture.size) > SMALLEST:
        picture = picture.resize((round(picture.width * SHRINK), round(picture.height * SHRINK)))
        shrunk_to = f"JPEG, {picture.width} × {picture.height}"
        yield Encoded(_save(picture, "JPEG", exif, quality=QUALITIES[-1]), "jpg", shrunk_to)


def _png(image: bytes, parameters: str) -> bytes:
    if image.startswith(SIGNATURE):
        return with_text(image, PNG_KEYWORD, parameters)
    with Image.open(BytesIO(image)) as opened, BytesIO() as file:
        picture = opened if opened.mode in _PNG_MODES else opened.convert("RGB")
        picture.save(file, format="PNG", compress_level=PNG_LEVEL)
        return with_text(file.getvalue(), PNG_KEYWORD, parameters)


def _save(picture: Image.Image, file_format: str, exif: bytes, **how: Any) -> bytes:
    with BytesIO() as file:
        picture.save(file, format=file_format, exif=exif, **how)
        return file.getvalue()


def _exif(parameters: str) -> bytes:
    """Return the parameters as an EXIF comment, where the web UI looks for them in WebP and JPEG.

    Source: AUTOMATIC1111/stable-diffusion-webui, modules/images.py, `save_image_with_geninfo`, and piexif's
    `UserComment.dump`: eight bytes that name the encoding, then UTF-16, big end first.
    """
    exif = Image.Exif()
    exif.get_ifd(IFD.Exif)[Base.UserComment] = b"UNICODE\0" + parameters.encode("utf-16-be")
    return exif.tobytes()
