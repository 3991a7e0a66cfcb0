"""The gateway's transport compression: one zlib stream a connection, flushed after every frame.

Source: Discord's documentation, events/gateway, "Transport Compression".
"""

import zlib

SUFFIX = b"\x00\x00\xff\xff"  # what Z_SYNC_FLUSH ends with, and clients look for


class ZlibStream:
    """The server's half of `compress=zlib-stream`."""

    def __init__(self) -> None:
        self._deflate = zlib.compressobj()

    def feed(self, frame: bytes) -> bytes:
        """Return the bytes of one binary message; they make sense only after all those before."""
        return self._deflate.compress(frame) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
