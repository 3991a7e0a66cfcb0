"""A finished picture, its format, and the name of its file."""

import re
import unicodedata
from dataclasses import dataclass, field

from bot.domain.request import ImageRequest

_MAX_WORDS = 60  # characters of the prompt in a file name; longer names are cut by phones


def image_format(image: bytes) -> str | None:
    """Return what an image file's first bytes promise: `png`, `jpeg`, `webp`, or None for anything else."""
    if image.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if image.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    return "webp" if image.startswith(b"RIFF") and image[8:12] == b"WEBP" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What was asked for, and what was drawn.

    Attributes:
        request: What was asked for; its seed is the one that drew the picture.
        image: The image file as the provider made it.
        seconds: Time from request to picture.
    """

    request: ImageRequest
    image: bytes = field(repr=False)
    seconds: float

    @property
    def filename(self) -> str:
        """A readable name without extension: words of the prompt and the seed, in plain ASCII."""
        folded = unicodedata.normalize("NFKD", self.request.prompt).encode("ascii", "ignore").decode()
        words = re.sub(r"[^a-z0-9]+", "-", folded.lower()).strip("-")[:_MAX_WORDS].rstrip("-")
        return f"{words or 'imagine'}-{self.request.seed}"
