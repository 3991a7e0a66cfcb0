"""A picture is believed when it is one, of a size that nothing chokes on."""

import io
import struct
import zlib
from contextlib import suppress

import pytest
from aiohttp import web
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from bot.domain.errors import EventNotFound, NotAuthenticated, StreamCut, UntrustedImage
from bot.domain.events import ImagePreview, ImageResponse
from bot.providers import picture
from bot.providers.picture import MAX_BYTES, check_image
from tests.providers.drawing import opened
from tests.providers.servers import LoopbackSpace


def encoded(kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 32), "teal").save(file, kind, **options)
    return file.getvalue()


def png(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = b"IDAT"
    chunks = (struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in (header, pixels))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def riff(chunk: bytes, head: bytes) -> bytes:
    body = b"WEBP" + chunk + struct.pack("<I", len(head)) + head
    return b"RIFF" + struct.pack("<I", len(body)) + body


REAL = [
    encoded("PNG"),
    encoded("JPEG"),
    encoded("WEBP"),
    encoded("WEBP", lossless=True),
    encoded("WEBP", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0"),
]


@pytest.mark.parametrize("data", REAL)
def test_pictures_are_believed(data: bytes) -> None:
    check_image(data)


@pytest.mark.parametrize("data", [b"", b"<svg/>", encoded("GIF"), encoded("BMP"), *(d[:20] for d in REAL)])
def test_what_is_no_picture_is_not(data: bytes) -> None:
    with pytest.raises(UntrustedImage, match="not an image"):
        check_image(data)


@pytest.mark.parametrize(
    "data",
    [
        png(4096, 4097),
        png(20_000, 20_000),
        riff(b"VP8X", b"\0\0\0\0" + b"\xff\x3f\0" + b"\xff\x3f\0"),
        riff(b"VP8L", b"\x2f" + struct.pack("<I", 0x0FFFFFFF) + b"\0" * 5),
        riff(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 16383, 16383)),
    ],
)
def test_a_picture_that_unpacks_to_too_much_is_not(data: bytes) -> None:
    with pytest.raises(UntrustedImage, match="too many pixels"):
        check_image(data)


def test_an_unknown_kind_of_webp_is_not() -> None:
    with pytest.raises(UntrustedImage, match="not an image"):
        check_image(riff(b"VP9 ", b"\0" * 10))


def test_a_file_that_is_too_large_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "MAX_BYTES", 10)

    with pytest.raises(UntrustedImage, match="too large"):
        check_image(REAL[0])


@given(st.sampled_from(REAL), st.data())
def test_a_picture_that_was_damaged_is_believed_or_not_and_nothing_else(
    real: bytes, data: st.DataObject
) -> None:
    damaged = bytearray(real)
    for place in data.draw(st.lists(st.integers(0, len(real) - 1), max_size=8)):
        damaged[place] = data.draw(st.integers(0, 255))
    with suppress(UntrustedImage):
        check_image(bytes(damaged[: data.draw(st.integers(0, len(real)))]))


@given(st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF1234WEBPVP8X"]), st.binary())
@example(b"RIFF1234WEBPVP8X", b"")
def test_so_is_what_only_begins_like_one(magic: bytes, rest: bytes) -> None:
    with suppress(UntrustedImage):
        check_image(magic + rest)


# --- fetching it


async def test_previews_and_pictures_are_fetched_and_looked_at(space: LoopbackSpace, webp: bytes) -> None:
    space.files["/a"] = web.Response(body=webp)
    async with opened(space.url) as provider:
        assert await provider.download(ImagePreview(f"{space.url}/a", "")) == webp


@pytest.mark.parametrize("chunked", [True, False])
async def test_too_many_bytes_are_not_fetched(space: LoopbackSpace, chunked: bool) -> None:  # noqa: FBT001
    response = web.Response(body=b"x" * (MAX_BYTES + 1))
    if chunked:
        response.enable_chunked_encoding()
    space.files["/a"] = response
    async with opened(space.url) as provider:
        with pytest.raises(UntrustedImage, match="too large"):
            await provider.download(ImageResponse(f"{space.url}/a", ""))


@pytest.mark.parametrize(
    ("status", "detail", "error"),
    [(403, "File not allowed: /data/a.", EventNotFound), (401, "Not authenticated", NotAuthenticated)],
)
async def test_a_picture_may_be_gone(space: LoopbackSpace, status: int, detail: str, error: type) -> None:
    space.files["/a"] = web.json_response({"detail": detail}, status=status)
    async with opened(space.url) as provider:
        with pytest.raises(error):
            await provider.download(ImageResponse(f"{space.url}/a", ""))


async def test_half_a_picture_is_a_cut_stream(space: LoopbackSpace) -> None:
    response = web.Response(body=b"half")
    response.headers["Content-Length"] = "99"
    response.force_close()
    space.files["/a"] = response
    async with opened(space.url) as provider:
        with pytest.raises(StreamCut):
            await provider.download(ImageResponse(f"{space.url}/a", ""))
