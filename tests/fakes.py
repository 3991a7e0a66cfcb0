"""The other implementation of each port: small, scripted, and checked by the type checker."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from io import BytesIO

from PIL import Image

from bot.domain.errors import DeliveryFailed, ImagineError, UnknownModel
from bot.domain.events import ImageEvent, ImagePreview, ImageResponse
from bot.domain.limits import DOCUMENTED, Limits
from bot.domain.picture import Picture
from bot.domain.request import ImageRequest
from bot.domain.stage import Stage
from bot.ports import ImageProvider, ImageProviders, Reply

RESPONSE = ImageResponse("http://space/final.webp", "a fox", 7)


def webp() -> bytes:
    """Return a small image file."""
    file = BytesIO()
    Image.new("RGB", (32, 32), "navy").save(file, "WEBP")
    return file.getvalue()


class ScriptedProvider:
    """Says what it was told to say; an exception in the script is raised, an event waits for its setting."""

    def __init__(self, *script: ImageEvent | BaseException | asyncio.Event) -> None:
        self.script = script
        self.requests: list[ImageRequest] = []
        self.closed = asyncio.Event()
        self.known: Limits = DOCUMENTED

    async def limits(self) -> Limits:
        return self.known

    async def stream(self, request: ImageRequest) -> AsyncGenerator[ImageEvent, None]:
        self.requests.append(request)
        try:
            for line in self.script:
                if isinstance(line, BaseException):
                    raise line
                if isinstance(line, asyncio.Event):
                    await line.wait()
                else:
                    yield line
        finally:
            self.closed.set()

    async def download(self, image: ImagePreview | ImageResponse) -> bytes:
        return webp()


class OneProvider:
    """A registry with one provider."""

    def __init__(self, provider: ScriptedProvider, models: Sequence[str] = ("sd-3.5",)) -> None:
        self.provider = provider
        self.models = tuple(models)

    def get(self, model: str) -> ScriptedProvider:
        if model and model not in self.models:
            raise UnknownModel(model, self.models)
        return self.provider


class NotedReply:
    """Notes what it is asked to show."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.refuses = refuses
        self.stages: list[Stage] = []
        self.pictures: list[Picture] = []
        self.errors: list[ImagineError] = []
        self.references: list[str | None] = []

    def show(self, stage: Stage) -> None:
        self.stages.append(stage)

    async def deliver(self, picture: Picture) -> None:
        if self.refuses:
            raise DeliveryFailed(404, 10008)
        self.pictures.append(picture)

    async def fail(self, error: ImagineError, reference: str | None = None) -> None:
        self.errors.append(error)
        self.references.append(reference)
        if self.refuses:
            raise DeliveryFailed(404, 10008)


_provider: type[ImageProvider] = ScriptedProvider
_providers: type[ImageProviders] = OneProvider
_reply: type[Reply] = NotedReply
