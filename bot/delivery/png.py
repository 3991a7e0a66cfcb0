"""Text in a PNG file, put there without touching its pixels."""

# Source: PNG specification (third edition), sections 5.3 "Chunk layout", 11.3.3.2 "tEXt", 11.3.3.4 "iTXt".

import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER_END = len(SIGNATURE) + 4 + 4 + 13 + 4  # the signature and IHDR, which is always the first chunk


def with_text(png: bytes, keyword: str, text: str) -> bytes:
    """Return a PNG that carries a text, in the place of any other under the same keyword.

    Args:
        png: A PNG file.
        keyword: 1 to 79 characters of Latin-1.
        text: Any text.
    """
    rest = b"".join(chunk for chunk in _chunks(png) if not _is_text(chunk, keyword))
    return png[:_HEADER_END] + _text_chunk(keyword, text) + rest


def _chunks(png: bytes) -> Iterator[bytes]:
    """Yield the chunks after IHDR, whole; what is cut off at the end stays cut off."""
    start = _HEADER_END
    while start < len(png):
        end = start + 12 + int.from_bytes(png[start : start + 4], "big")
        yield png[start:end]
        start = end


def _is_text(chunk: bytes, keyword: str) -> bool:
    return chunk[4:8] in {b"tEXt", b"iTXt", b"zTXt"} and chunk[8:].startswith(
        keyword.encode("latin-1") + b"\0"
    )


def _text_chunk(keyword: str, text: str) -> bytes:
    """A plain chunk where Latin-1 holds the text, which every reader knows, else one of UTF-8."""
    name = keyword.encode("latin-1")
    try:
        kind, data = b"tEXt", name + b"\0" + text.encode("latin-1")
    except UnicodeEncodeError:
        kind, data = b"iTXt", name + b"\0\0\0\0\0" + text.encode()
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
