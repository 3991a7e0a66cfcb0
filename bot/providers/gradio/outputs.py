"""The picture and the seed among an app's outputs.

The Space returns `[image, seed]`; other apps wrap the image in a gallery, a list of lists.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeGuard

from bot.domain.errors import NoImage

MAX_DEPTH = 4  # output, gallery, item, image
MAX_LINK = 4096  # characters; the Space's links have some 150


class FileData(NamedTuple):
    """A file at the Space, as the Space describes it; nobody has checked it.

    Attributes:
        url: Where it lies, as the Space believes.
        path: Where it lies in the Space's own file system; None if not said.
    """

    url: str
    path: str | None


def image_file(outputs: Sequence[object]) -> FileData:
    """Return the first image.

    Raises:
        NoImage: There is none, or it has no address.
    """
    value: object = outputs[0] if outputs else None
    for _ in range(MAX_DEPTH):
        if isinstance(value, dict):
            if _is_link(url := value.get("url")):
                path = value.get("path")
                return FileData(url, path if _is_link(path) else None)
            value = value.get("image")
        elif isinstance(value, list) and value:
            value = value[0]
        else:
            break
    raise NoImage


def reported_seed(outputs: Sequence[object]) -> int | None:
    """Return the seed that the app says it drew with; None if it does not."""
    seed = outputs[1] if len(outputs) > 1 else None
    if isinstance(seed, float) and seed.is_integer():
        seed = int(seed)  # a slider's value may come as 7.0
    return seed if isinstance(seed, int) and not isinstance(seed, bool) and 0 <= seed < 2**63 else None


def _is_link(text: object) -> TypeGuard[str]:
    return isinstance(text, str) and 0 < len(text) <= MAX_LINK
