"""Image providers whose errors are counted: the same port, so that jobs know nothing of it."""

from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, contextmanager
from typing import TypeAlias

from bot.domain.errors import ProviderError
from bot.domain.events import ImageEvent, ImagePreview, ImageResponse
from bot.domain.limits import Limits
from bot.domain.request import ImageRequest
from bot.ports import ImageProvider, ImageProviders

OnError: TypeAlias = Callable[[ProviderError], None]


class MeteredProvider:
    """Draws as another provider does; see `bot.ports.ImageProvider`.

    Args:
        provider: The other one.
        on_error: Called with each error of the service.
    """

    def __init__(self, provider: ImageProvider, on_error: OnError) -> None:
        self._provider = provider
        self._on_error = on_error

    async def limits(self) -> Limits:
        """Return the ranges that requests must keep."""
        return await self._provider.limits()

    async def stream(self, request: ImageRequest) -> AsyncGenerator[ImageEvent, None]:
        """Draw, and yield events until the one `ImageResponse`."""
        async with aclosing(self._provider.stream(request)) as events:
            with self._counted():
                async for event in events:
                    yield event

    async def download(self, image: ImagePreview | ImageResponse) -> bytes:
        """Return a picture's bytes."""
        with self._counted():
            return await self._provider.download(image)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        try:
            yield
        except ProviderError as error:
            self._on_error(error)
            raise


class MeteredProviders:
    """The providers there are; see `bot.ports.ImageProviders`.

    Args:
        providers: Them.
        on_error: Called with each error of a service.
    """

    def __init__(self, providers: ImageProviders, on_error: OnError) -> None:
        self._providers = providers
        self._on_error = on_error

    @property
    def models(self) -> tuple[str, ...]:
        """The models that members may choose; the first is the default."""
        return self._providers.models

    def get(self, model: str, token: str | None = None) -> MeteredProvider:
        """Return the provider that draws with a model."""
        return MeteredProvider(self._providers.get(model, token), self._on_error)


_provider: type[ImageProvider] = MeteredProvider
_providers: type[ImageProviders] = MeteredProviders
