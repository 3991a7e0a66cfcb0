"""One picture at the service: under whose quota it is tried, and how often."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass

from bot.domain.credential import Credential
from bot.domain.errors import (
    HeldByQuota,
    ImagineError,
    NotAuthenticated,
    ProviderError,
    ResponseError,
    StreamCut,
    TokenRefused,
)
from bot.domain.events import ImageEvent, ImageResponse, Retrying
from bot.domain.job import Job, PictureRef
from bot.domain.picture import Picture
from bot.domain.retries import back_off
from bot.jobs.accounts import Accounts
from bot.jobs.allowances import Allowances
from bot.jobs.line import FairLine
from bot.jobs.noting import noted
from bot.ports import ImageProviders, JobStore

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What all jobs of a process are drawn with.

    Attributes:
        providers: Who draws.
        store: Keeps each picture before anybody sees it.
        accounts: Whose quota is used.
        allowances: Counts who meets used-up quota.
        line: Who may send a picture now.
        clock: Returns Unix time in seconds.
        chance: Returns a random number from 0 to 1.
        new_reference: Returns a short reference under which the log keeps an error.
    """

    providers: ImageProviders
    store: JobStore
    accounts: Accounts
    allowances: Allowances
    line: FairLine
    clock: Callable[[], float]
    chance: Callable[[], float]
    new_reference: Callable[[], str]


class Attempts:
    """Tries a picture until it is drawn, or there is nothing more to try.

    Args:
        job: The picture's job.
        index: 0 for the job's first picture.
        tools: What it is drawn with.
        on_send: Called each time before anything is sent.
        on_event: Called with each event on the way.
        on_refused: Called when the user's own token was refused, and forgotten.

    Attributes:
        was_cut_off: Whether the service worked on it when it was cancelled.
    """

    def __init__(
        self,
        job: Job,
        index: int,
        *,
        tools: Tools,
        on_send: Callable[[], Awaitable[None]],
        on_event: Callable[[ImageEvent], None],
        on_refused: Callable[[ImagineError], Awaitable[None]],
    ) -> None:
        self.was_cut_off = False
        self._job = job
        self._index = index
        self._tools = tools
        self._on_send = on_send
        self._on_event = on_event
        self._on_refused = on_refused
        self._tries = 0
        self._met: set[str] = set()

    async def draw(self) -> Picture:
        """Return the picture, once it is kept.

        Raises:
            HeldByQuota: There is no quota for it.
            ProviderError: It was not drawn; in one of its leaves.
            Exception: What `on_send` raises; any other is a bug.
        """
        while True:
            await self._choose()  # without quota, nothing is begun
            await self._on_send()
            credential = await self._choose()  # to write that down took a moment
            try:
                return await self._ask(credential)
            except asyncio.CancelledError:
                self.was_cut_off = True
                raise
            except ProviderError as error:
                await self._recover(error, credential)

    async def _choose(self) -> Credential:
        while True:
            try:
                return await self._tools.accounts.choose(self._job.user_id)
            except TokenRefused as error:
                await self._on_refused(error)
            except HeldByQuota:
                await self._strike()
                raise

    async def _ask(self, credential: Credential) -> Picture:
        request = self._job.requests[self._index]
        provider = self._tools.providers.get(request.model, credential.token)
        began = asyncio.get_running_loop().time()
        async with aclosing(provider.stream(request)) as events:
            async for event in events:
                if isinstance(event, ImageResponse):
                    image = await provider.download(event)
                    seconds = asyncio.get_running_loop().time() - began
                    await noted(self._tools.store.keep(PictureRef(self._job.id, self._index), image, seconds))
                    return Picture(request=request, image=image, seconds=seconds)
                self._on_event(event)
        raise StreamCut

    async def _recover(self, error: ProviderError, credential: Credential) -> None:
        """Do what lets the picture be tried again after an error, or raise what became of it."""
        if isinstance(error, NotAuthenticated) and credential.is_own:
            await self._tools.accounts.refused(credential)
            await self._on_refused(TokenRefused())
        elif isinstance(error, ResponseError) and (
            clock := await self._tools.accounts.note(error, credential)
        ):
            self._tools.line.recall()
            if credential.id in self._met:
                await self._strike()
                raise HeldByQuota(clock.until, clock.stated) from error
            self._met.add(credential.id)
        else:
            await self._back_off(error)

    async def _back_off(self, error: ProviderError) -> None:
        self._tries += 1
        wait = back_off(error, self._tries, self._tools.chance())
        if wait is None:
            raise error
        _log.info("a picture of job %s is tried again in %.1f s: %r", self._job.id, wait, error)
        self._on_event(Retrying(self._tools.clock() + wait))
        await asyncio.sleep(wait)

    async def _strike(self) -> None:
        """Count a picture that met used-up quota itself, and was not sent by the bot of its own accord."""
        if self._met and self._job.parked_until is None:
            await noted(self._tools.allowances.strike(self._job.user_id))
