"""The function's outputs: a picture in the cabinet and the seed, or what a bad mood makes of them."""

import io
import struct
import zlib
from dataclasses import dataclass
from typing import Any

from PIL import Image

from bot.sandbox.space.cabinet import Cabinet, Endless, File, Redirect, Stored
from bot.sandbox.space.painter import PictureFormat
from bot.sandbox.space.play import Result

SLEEPING_PAGE = b"<!DOCTYPE html><html><body><h1>This Space is sleeping</h1></body></html>"
BOMB_SIDE = 50_000  # pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """Makes what the function returns.

    Attributes:
        cabinet: Where pictures are put.
        file_root: What a file's path is appended to, as `http://127.0.0.1:7860/gradio_api/file=`.
        stranger: A URL on another origin, at which a picture lies.
        picture_format: What pictures are encoded as.
    """

    cabinet: Cabinet
    file_root: str
    stranger: str
    picture_format: PictureFormat

    def data(self, result: Result, picture: bytes, seed: int) -> list[Any] | None:
        """Return the outputs; None when there are none.

        Args:
            result: What to deliver.
            picture: The finished picture's bytes.
            seed: The seed it was painted with.
        """
        match result:
            case Result.NULL:
                return None
            case Result.EMPTY:
                return []
            case Result.NO_IMAGE:
                return [None, seed]
            case Result.FOREIGN_URL:
                return [self._file_data(Stored(picture, self._type), self.stranger), seed]
            case _:
                return [self._file_data(self._file(result, picture)), seed]

    def _file(self, result: Result, picture: bytes) -> File:
        match result:
            case Result.HUGE:
                return Endless()
            case Result.REDIRECT:
                return Redirect(self.stranger)
            case Result.NOT_AN_IMAGE:
                return Stored(SLEEPING_PAGE, "text/html; charset=utf-8")
            case Result.BOMB:
                return Stored(_bomb(), "image/png")
            case _:
                return Stored(picture, self._type)

    @property
    def _type(self) -> str:
        return f"image/{self.picture_format}"

    def _file_data(self, file: File, url: str = "") -> dict[str, Any]:
        name = f"image.{self.picture_format}"
        path = self.cabinet.put(file, name)
        return {
            "path": path,
            "url": url or self.file_root + path,
            "size": None,
            "orig_name": name,
            "mime_type": None,
            "is_stream": False,
            "meta": {"_type": "gradio.FileData"},
        }


def _bomb() -> bytes:
    """Return a PNG of a few bytes whose header claims an absurd size."""
    out = io.BytesIO()
    Image.new("L", (1, 1)).save(out, "PNG")
    png = out.getvalue()
    header = b"IHDR" + struct.pack(">II", BOMB_SIDE, BOMB_SIDE) + png[24:29]
    return png[:12] + header + struct.pack(">I", zlib.crc32(header)) + png[33:]
