"""The other implementation of each port: small, scripted, and checked by the type checker."""

import asyncio
import copy
from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from io import BytesIO
from typing import Self, TypeAlias

from PIL import Image

from bot.domain.allowance import Policy
from bot.domain.board import Board
from bot.domain.credential import ANONYMOUS, Credential
from bot.domain.errors import ImagineError, TokenRefused, UnknownModel
from bot.domain.events import ImageEvent, ImagePreview, ImageResponse
from bot.domain.job import Place
from bot.domain.limits import DOCUMENTED, Limits
from bot.domain.request import ImageRequest
from bot.jobs.accounts import Accounts
from bot.jobs.allowances import Allowances
from bot.jobs.line import FairLine
from bot.jobs.policies import FixedPolicies
from bot.jobs.runner import JobRunner
from bot.ports import Hub, ImageProvider, ImageProviders, Reply
from bot.storage.engine import Stores

Line: TypeAlias = ImageEvent | BaseException | asyncio.Event
RESPONSE = ImageResponse("http://space/final.webp", "a fox", 7)


def webp() -> bytes:
    """Return a small image file."""
    file = BytesIO()
    Image.new("RGB", (32, 32), "navy").save(file, "WEBP")
    return file.getvalue()


class ScriptedProvider:
    """Says what it was told to say; an exception in the script is raised, an event waits for its setting.

    What it says to a token that is in `by_token` is there. Else `scripts` are for the next requests, each for
    one; afterwards `script` is for all.
    """

    def __init__(self, *script: Line) -> None:
        self.script: tuple[Line, ...] = script
        self.scripts: deque[tuple[Line, ...]] = deque()
        self.by_token: dict[str | None, tuple[Line, ...]] = {}
        self.requests: list[ImageRequest] = []
        self.tokens: list[str | None] = []
        self.token: str | None = None
        self.closed = asyncio.Event()
        self.known: Limits = DOCUMENTED

    async def limits(self) -> Limits:
        return self.known

    async def stream(self, request: ImageRequest) -> AsyncGenerator[ImageEvent, None]:
        self.requests.append(request)
        self.tokens.append(self.token)
        try:
            for line in self._lines():
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

    def with_token(self, token: str | None) -> Self:
        """Return the same provider, which notes this token."""
        other = copy.copy(self)
        other.token = token
        return other

    def _lines(self) -> tuple[Line, ...]:
        if self.token in self.by_token:
            return self.by_token[self.token]
        return self.scripts.popleft() if self.scripts else self.script


class OneProvider:
    """A registry with one provider."""

    def __init__(self, provider: ScriptedProvider, models: Sequence[str] = ("sd-3.5",)) -> None:
        self.provider = provider
        self.models = tuple(models)

    def get(self, model: str, token: str | None = None) -> ScriptedProvider:
        if model and model not in self.models:
            raise UnknownModel(model, self.models)
        return self.provider.with_token(token)


class ScriptedHub:
    """Knows what it was told of accounts: the GPU seconds they have left; None is not to answer."""

    def __init__(self) -> None:
        self.left: dict[str, float | None] = {}
        self.strangers: set[str] = set()
        self.asked: list[str] = []

    async def check(self, token: str) -> None:
        if token in self.strangers:
            raise TokenRefused

    async def seconds_left(self, token: str) -> float | None:
        self.asked.append(token)
        await self.check(token)
        return self.left.get(token)


def job_runner(
    provider: ScriptedProvider,
    stores: Stores,
    *,
    clock: Callable[[], float],
    new_id: Callable[[], str],
    models: Sequence[str] = ("sd-3.5",),
    policy: Policy | None = None,
    operators: Sequence[Credential] = (Credential(id=ANONYMOUS),),
    hub: Hub | None = None,
    at_once: int = 4,
) -> JobRunner:
    """Return a runner without randomness, that limits nobody unless it is told to."""
    return JobRunner(
        OneProvider(provider, models),
        stores.jobs,
        allowances=Allowances(stores.limits, FixedPolicies(policy or Policy()), clock),
        accounts=Accounts(operators, stores.tokens, stores.quotas, hub or ScriptedHub(), clock),
        line=FairLine(at_once),
        clock=clock,
        new_seed=lambda: 7,
        new_id=new_id,
        new_reference=lambda: "3f9a2c",
        chance=lambda: -0.5,  # who waits no time at all
    )


class NotedReply:
    """Notes what it is asked to show; `finish` raises what it was told to."""

    def __init__(self, problem: ImagineError | None = None) -> None:
        self.place = Place(channel_id=3, message_id=4)
        self.problem = problem
        self.shown: list[Board] = []
        self.final: list[Board] = []
        self.told: list[ImagineError] = []
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

    async def tell(self, error: ImagineError) -> None:
        self.told.append(error)

    async def until_gone(self) -> None:
        await self.gone.wait()


_provider: type[ImageProvider] = ScriptedProvider
_providers: type[ImageProviders] = OneProvider
_hub: type[Hub] = ScriptedHub
_reply: type[Reply] = NotedReply
