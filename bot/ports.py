"""The seams: protocols of which there are at least two implementations."""

from collections.abc import AsyncGenerator
from typing import Protocol

from bot.domain.errors import ImagineError
from bot.domain.events import ImageEvent, ImagePreview, ImageResponse
from bot.domain.limits import Limits
from bot.domain.picture import Picture
from bot.domain.request import ImageRequest
from bot.domain.stage import Stage


class ImageProvider(Protocol):
    """Something that draws."""

    async def limits(self) -> Limits:
        """Return the ranges that requests must keep, within a second.

        The documented ones serve while the service does not say.
        """
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


class ImageProviders(Protocol):
    """The providers there are, by the names of their models."""

    @property
    def models(self) -> tuple[str, ...]:
        """The models that members may choose; the first is the default."""
        ...

    def get(self, model: str) -> ImageProvider:
        """Return the provider that draws with a model; an empty name is the default.

        Raises:
            UnknownModel: None does.
        """
        ...


class Reply(Protocol):
    """The one reply in which a picture is shown to the user who asked for it."""

    def show(self, stage: Stage) -> None:
        """Show how far the picture is. Returns at once; a stage that a later one overtakes is never shown."""
        ...

    async def deliver(self, picture: Picture) -> None:
        """Show the finished picture, and nothing after it.

        Raises:
            DeliveryFailed: Discord did not take it.
        """
        ...

    async def fail(self, error: ImagineError, reference: str | None = None) -> None:
        """Tell the user, and nobody else, why there is no picture.

        Args:
            error: What happened.
            reference: Under what the log has the details; None if it has none.

        Raises:
            DeliveryFailed: Discord did not take it.
        """
        ...
