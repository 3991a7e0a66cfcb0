"""What a provider is: a class that draws, with names for what it draws with.

A provider is one file, or one folder, in this package, with one class made of the two here; `registry` finds
it. Importing it does no work; `open` does.
"""

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, ClassVar, Self, TypeAlias

from bot.domain.aspect_ratio import use_aspect_ratio
from bot.domain.errors import UnknownModel
from bot.domain.events import ImageEvent, ImagePreview, ImageResponse
from bot.domain.limits import Limits
from bot.domain.request import ImageRequest
from bot.providers.options import Deadlines, ServiceOptions

__all__ = [
    "AsyncGeneratorProvider",
    "AsyncResult",
    "Deadlines",
    "Messages",
    "ProviderModelMixin",
    "ServiceOptions",
    "format_image_prompt",
    "use_aspect_ratio",
]

Messages: TypeAlias = Sequence[Mapping[str, Any]]  # as chat APIs have them: `role` and `content`
AsyncResult: TypeAlias = AsyncGenerator[ImagePreview | ImageResponse, None]


class ProviderModelMixin:
    """Names for what a provider draws with.

    Attributes:
        default_model: The service's own name.
        default_image_model: The same, for a provider that does more than pictures.
        model_aliases: Names that members choose, each with the service's own name.
        image_models: The names that members choose.
        models: Likewise; all of them.
    """

    default_model: ClassVar[str]
    default_image_model: ClassVar[str]
    model_aliases: ClassVar[dict[str, str]] = {}
    image_models: ClassVar[list[str]] = []
    models: ClassVar[list[str]] = []

    @classmethod
    def get_model(cls, model: str) -> str:
        """Return the service's own name of a model; of the default for an empty name.

        Raises:
            UnknownModel: The provider has none of that name.
        """
        if not model or model == cls.default_model:
            return cls.default_model
        if model in cls.model_aliases:
            return cls.model_aliases[model]
        if model in cls.models:
            return model
        raise UnknownModel(model, tuple(cls.models or [cls.default_model]))


class AsyncGeneratorProvider(ProviderModelMixin, ABC):
    """Something that draws, and says how it goes while it does. An instance is an `ImageProvider`.

    Attributes:
        label: What people call it.
        url: Where it is.
        working: Whether it is to be used at all.
    """

    label: ClassVar[str]
    url: ClassVar[str]
    working: ClassVar[bool] = False

    @classmethod
    @abstractmethod
    def create_async_generator(cls, model: str, messages: Messages, **kwargs: Any) -> AsyncResult:
        """Draw once, with a connection of its own; yield previews and the one finished picture.

        Raises:
            InvalidRequest: It cannot be drawn as asked; in one of its leaves.
            ProviderError: It was not drawn; in one of its leaves.
        """

    @classmethod
    @abstractmethod
    def open(cls, options: ServiceOptions) -> AbstractAsyncContextManager[Self]:
        """Open what the provider needs, for as long as the context lasts."""

    @abstractmethod
    def with_token(self, token: str) -> Self:
        """Return the same open provider, drawing under a token; it lasts no longer than this one.

        Args:
            token: The service's API key. It is sent with what this one is asked, and with nothing else.

        Raises:
            ValueError: It holds characters that no HTTP header may hold.
        """

    @abstractmethod
    async def limits(self) -> Limits:
        """See `bot.ports.ImageProvider.limits`."""

    async def describe(self) -> Limits:
        """Return the ranges as the service states them now.

        Raises:
            ProviderError: It does not; in one of its leaves.
        """
        return await self.limits()

    @abstractmethod
    def stream(self, request: ImageRequest) -> AsyncGenerator[ImageEvent, None]:
        """See `bot.ports.ImageProvider.stream`."""

    @abstractmethod
    async def download(self, image: ImagePreview | ImageResponse) -> bytes:
        """See `bot.ports.ImageProvider.download`."""


def format_image_prompt(messages: Messages, prompt: str | None = None) -> str:
    """Return what to draw: the prompt, else what the user said last.

    Args:
        messages: A conversation. It is read and left as it is.
        prompt: Counts alone, unless it is None.

    Returns:
        The last messages of the user with nobody else's in between, joined by line feeds.
    """
    if prompt is not None:
        return prompt
    said: list[str] = []
    for message in reversed(messages):
        if message.get("role") != "user":
            break
        said.append(_text(message.get("content")))
    return "\n".join(reversed(said))


def _text(content: Any) -> str:
    """Return a message's text; of parts, the ones that are text."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list | tuple) else ()
    texts = (part.get("text") for part in parts if isinstance(part, Mapping))
    return "\n".join(text for text in texts if isinstance(text, str))
