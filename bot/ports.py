"""The seams: protocols of which there are at least two implementations."""

from collections.abc import AsyncGenerator
from typing import Protocol

from bot.domain.events import ImageEvent, ImagePreview, ImageResponse
from bot.domain.limits import Limits
from bot.domain.request import ImageRequest


class ImageProvider(Protocol):
    """Something that draws."""

    async def limits(self) -> Limits:
        """Return the ranges that requests must keep; documented ones where the service does not say."""
        ...

    def stream(self, request: ImageRequest) -> AsyncGenerator[ImageEvent, None]:
        """Draw, and yield events until the one `ImageResponse`. Use under `contextlib.aclosing`.

        Closing the generator early cancels the work at the service.

        Raises:
            ProviderError: In one of its leaves; any other exception is a bug.
        """
        ...

    async def download(self, image: ImagePreview | ImageResponse) -> bytes:
        """Return a picture's bytes, known to be an image of a sane size.

        Raises:
            ProviderError: In one of its leaves; any other exception is a bug.
        """
        ...
