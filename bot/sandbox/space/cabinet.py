"""The files that the Space serves, under the paths that Gradio would give them."""

from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

KEPT = 500  # files; the oldest go first, as after Gradio's `delete_cache`
ROOT = "/tmp/gradio"  # noqa: S108 - what a real Space states; nothing is written there
HUGE_SIZE = 256 * 1024 * 1024  # bytes; more than any honest picture has


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in full.

    Attributes:
        body: Its bytes.
        content_type: As `image/webp`.
    """

    body: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Endless:
    """A file of `HUGE_SIZE` bytes that begins like a picture."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """A file that is said to be elsewhere.

    Attributes:
        location: Where.
    """

    location: str


File: TypeAlias = Stored | Endless | Redirect


class Cabinet:
    """Files by path."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, File] = OrderedDict()

    def put(self, file: File, name: str) -> str:
        """Keep a file and return its path.

        Args:
            file: What to keep.
            name: Its last part, as `image.webp`.
        """
        body = file.body if isinstance(file, Stored) else repr(file).encode()
        path = f"{ROOT}/{sha256(body).hexdigest()}/{name}"
        self._files[path] = file
        if len(self._files) > KEPT:
            self._files.popitem(last=False)
        return path

    def find(self, path: str) -> File | None:
        """Return the file at a path that was handed out."""
        return self._files.get(path)
