"""The other implementation of each port: small, scripted, and checked by the type checker."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from io import BytesIO
from typing import Self, TypeAlias

from PIL import Image

from bot.domain.board import Board
from bot.domain.errors import ImagineError, UnknownModel
from bot.domain.events import ImageEvent, ImagePreview, ImageResponse
from bot.domain.job import Place
from bot.domain.limits import DOCUMENTED, Limits
from bot.domain.request import ImageRequest
from bot.ports import ImageProvider, ImageProviders, Reply

Line: TypeAlias = ImageEvent | BaseException | asyncio.Event
RESPONSE = ImageResponse("http://space/final.webp", "a fox", 7)


def webp() -> bytes:
    """Return a small image file."""
    file = BytesIO()
    Image.new("RGB", (32, 32), "navy").save(file, "WEBP")
    return file.getvalue()


class ScriptedProvider:
    """Says what it was told to say; an exception in the script is raised, an event waits for its setting.

    `scripts` are for the next requests, each for one; afterwards `script` is for all.
    """

    def __init__(self, *script: Line) -> None:
        self.script: tuple[Line, ...] = script
        self.scripts: deque[tuple[Line, ...]] = deque()
        self.requests: list[ImageRequest] = []
        self.closed = asyncio.Event()
        self.known: Limits = DOCUMENTED

    async def limits(self) -> Limits:
        return self.known

    async def stream(self, request: ImageRequest) -> AsyncGenerator[ImageEvent, None]:
        self.requests.append(request)
        try:
            for line in self.scripts.popleft() if self.scripts else self.script:
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
    """Notes what it is asked to show; `finish` raises what it was told to."""

    def __init__(self, problem: ImagineError | None = None) -> None:
        self.place = Place(channel_id=3, message_id=4)
        self.problem = problem
        self.shown: list[Board] = []
        self.final: list[Board] = []
        self.gone = asyncio.Event()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return

    def show(self, board: Board) -> None:
        self.shown.append(board)

    async def finish(self, board: Board) -> Place:
        self.final.append(board)
        if self.problem is not None:
            raise self.problem
        return self.place

    async def until_gone(self) -> None:
        await self.gone.wait()


_provider: type[ImageProvider] = ScriptedProvider
_providers: type[ImageProviders] = OneProvider
_reply: type[Reply] = NotedReply
