"""Believing a picture: what came is an image, of a size that nothing chokes on.

The bytes come from a stranger, so the header is judged before anything is made of the rest.
"""

import io
import struct
import zlib

from PIL import Image

from bot.domain.errors import UntrustedImage
from bot.domain.picture import image_format

MAX_BYTES = 32 * 1024 * 1024  # an uncompressed picture of 1024x1024 has 4 MiB
MAX_PIXELS = 4096 * 4096  # sixteen times the Space's largest, 64 MiB once decoded

# What Pillow's plugins were seen to raise on bytes that are no image.
_PILLOW_ERRORS = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


def check_image(data: bytes) -> None:
    """Return if the bytes are an image that may be shown. Takes a few milliseconds: call it in a thread.

    Args:
        data: A whole file.

    Raises:
        UntrustedImage: `not an image`: no PNG, JPEG or WebP, or a broken one; `too large`: more than
            `MAX_BYTES`; `too many pixels`: more than `MAX_PIXELS`.
    """
    if len(data) > MAX_BYTES:
        raise UntrustedImage("too large")
    kind = image_format(data)
    if kind is None:
        raise UntrustedImage("not an image")
    if kind == "webp":
        _check_pixels(*_webp_size(data))  # Pillow makes room for two whole frames when it opens one
    try:
        with Image.open(io.BytesIO(data), formats=[kind.upper()]) as image:
            _check_pixels(*image.size)
            image.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UntrustedImage("too many pixels") from None
    except _PILLOW_ERRORS as error:
        raise UntrustedImage("not an image") from error


def _check_pixels(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise UntrustedImage("too many pixels")


def _webp_size(data: bytes) -> tuple[int, int]:
    """Return width and height in pixels, as the first chunk says.

    Raises:
        UntrustedImage: There is no such chunk.
    """
    # Source: RFC 9649, sections 2.5 to 2.7 and 3.
    chunk, head = data[12:16], data[20:30]
    if len(head) < 10:
        raise UntrustedImage("not an image")
    if chunk == b"VP8X":
        return int.from_bytes(head[4:7], "little") + 1, int.from_bytes(head[7:10], "little") + 1
    if chunk == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 ":
        width, height = struct.unpack("<HH", head[6:10])
        return width & 0x3FFF, height & 0x3FFF
    raise UntrustedImage("not an image")
