"""The other implementation of each port: small, scripted, and checked by the type checker."""

import asyncio
import copy
from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from io import BytesIO
from typing import Self, TypeAlias

from PIL import Image

from bot import lookalikes
from bot.client import Services
from bot.delivery.reply import Delivery
from bot.domain.allowance import Policy
from bot.domain.board import Board
from bot.domain.credential import ANONYMOUS, Credential
from bot.domain.errors import ImagineError, TokenRefused, UnknownModel
from bot.domain.events import ImageEvent, ImagePreview, ImageResponse
from bot.domain.job import Place
from bot.domain.limits import DOCUMENTED, Limits
from bot.domain.reach import Reach
from bot.domain.request import ImageRequest
from bot.domain.wish import Asker
from bot.domain.words.folding import Folding
from bot.jobs.accounts import Accounts
from bot.jobs.allowances import Allowances
from bot.jobs.consent import Consent
from bot.jobs.houses import Houses
from bot.jobs.line import FairLine
from bot.jobs.local import LocalEngine
from bot.jobs.moderating import Moderating
from bot.jobs.runner import JobRunner
from bot.ports import Hub, ImageProvider, ImageProviders, JobEngine, JobStore, Policies, Reply
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


class FixedPolicies:
    """The same limits everywhere."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    async def policy(self, asker: Asker) -> Policy:
        return self._policy


def all_houses(
    stores: Stores,
    clock: Callable[[], float],
    limits: Policy | None = None,
    blocked_words: Sequence[str] = (),
) -> Houses:
    """Return what moderators decided, of an operator who limits nothing."""
    return Houses(
        stores.settings,
        stores.styles,
        stores.moderation,
        limits=limits or Policy(),
        blocked_words=blocked_words,
        folding=Folding(lookalikes.load()),
        clock=clock,
    )


def all_services(
    stores: Stores,
    jobs: JobRunner,
    delivery: Delivery,
    clock: Callable[[], float],
    *,
    houses: Houses | None = None,
    rules_url: str = "",
    reach: Reach | None = None,
) -> Services:
    """Return what the cogs are made of, around a runner."""
    return Services(
        jobs=jobs,
        houses=houses or all_houses(stores, clock),
        settings=stores.settings,
        styles=stores.styles,
        moderation=Moderating(stores.moderation, stores.jobs, clock),
        consent=Consent(stores.privacy, rules_url, clock),
        privacy=stores.privacy,
        reach=reach or Reach(),
        delivery=delivery,
    )


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
    houses: Houses | None = None,
    make_engine: Callable[[JobStore, FairLine], JobEngine] = LocalEngine,
) -> JobRunner:
    """Return a runner without randomness, that limits nobody unless it is told to."""
    house = houses or all_houses(stores, clock)
    line = FairLine(at_once)
    return JobRunner(
        OneProvider(provider, models),
        stores.jobs,
        houses=house,
        allowances=Allowances(stores.limits, FixedPolicies(policy) if policy else house, clock),
        accounts=Accounts(operators, stores.tokens, stores.quotas, hub or ScriptedHub(), clock),
        line=line,
        engine=make_engine(stores.jobs, line),
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
_policies: type[Policies] = FixedPolicies
