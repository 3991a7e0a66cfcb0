"""A Gradio Space: asked, listened to, and told to stop."""

import asyncio
import logging
import re
from collections.abc import AsyncGenerator, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, Self

from bot.domain.errors import ProviderError, UnreadableAnswer
from bot.domain.limits import Limits
from bot.providers.gradio.answers import Answer
from bot.providers.gradio.connection import Connection
from bot.providers.gradio.info import describes, read_fn_index, read_limits
from bot.providers.gradio.live_limits import LiveLimits
from bot.providers.gradio.messages import Message
from bot.providers.gradio.outputs import FileData
from bot.providers.gradio.urls import image_url
from bot.providers.gradio.work import Work
from bot.providers.options import ServiceOptions

CLEANUP_SECONDS = 5.0  # for telling a Space that its work is not wanted any more
GRACE_SECONDS = 0.25  # after which work that has not left the queue counts as queued; a Space says it at once

_EVENT_ID = re.compile(r"[\w-]{1,128}", re.ASCII)

_log = logging.getLogger(__name__)


class Space:
    """One function of one Gradio app, of any version from 4.44 on."""

    def __init__(
        self,
        connection: Connection,
        endpoint: str,
        options: ServiceOptions,
        *,
        limits: LiveLimits | None = None,
        cleanups: set[asyncio.Task[None]] | None = None,
    ) -> None:
        """Take over a connection.

        Args:
            connection: To the Space.
            endpoint: Where the function is called, as `/gradio_api/call/infer`.
            options: The token and the deadlines.
            limits: The function's, if somebody reads them already.
            cleanups: Where work that is being cancelled is kept, if somebody waits for its end.
        """
        self._connection = connection
        self._endpoint = endpoint
        self._options = options
        prefix, _, self._api_name = endpoint.partition("/call/")
        self._prefixes: tuple[str, ...] = (prefix, "") if prefix else ("",)  # gradio 4 has none
        self._limits = limits or LiveLimits(self.describe)
        self._cleanups = set() if cleanups is None else cleanups

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, endpoint: str, options: ServiceOptions) -> AsyncGenerator[Self, None]:
        """Open a Space; it is not asked anything yet.

        Leaving waits for work that is being cancelled, at most `CLEANUP_SECONDS`.

        Args:
            url: Its address, where `options` has none.
            endpoint: Where the function is called, as `/gradio_api/call/infer`.
            options: Another address, the token, the proxy and the deadlines.
        """
        async with Connection.open((options.url or url).rstrip("/"), options) as connection:
            space = cls(connection, endpoint, options)
            try:
                yield space
            finally:
                await space._limits.close()
                await asyncio.gather(*space._cleanups)

    def with_token(self, token: str) -> Self:
        """Return the same Space, asked under a token; see `Connection.with_token`.

        Its limits are known once for all, and work under any token is waited for when the Space is left.
        """
        if token == self._options.token:
            return self
        return type(self)(
            self._connection.with_token(token),
            self._endpoint,
            replace(self._options, token=token),
            limits=self._limits,
            cleanups=self._cleanups,
        )

    async def limits(self) -> Limits:
        """Return the ranges of the function's sliders; see `LiveLimits.get`."""
        return await self._limits.get()

    async def describe(self) -> Limits:
        """Return the ranges of the function's sliders, as the Space states them now.

        Raises:
            UnreadableAnswer: It has no such function.
            ProviderError: It does not say; in one of its leaves.
        """
        info = (await self._ask("GET", "/info")).json()
        if not describes(info, self._api_name):
            raise UnreadableAnswer
        return read_limits(info, self._api_name)

    async def generate(self, data: Sequence[object]) -> AsyncGenerator[Message, None]:
        """Have the function called, and yield what is said until `Completed` or `Failed`.

        Use it under `contextlib.aclosing`: closing it early, like cancelling the task, cancels the work.

        Args:
            data: The function's arguments in their order, as JSON has them.

        Raises:
            ProviderError: In one of its leaves; any other exception is a bug.
        """
        total_at = asyncio.get_running_loop().time() + self._options.deadlines.total
        work = await self._begin(data, total_at)
        try:
            while not work.is_ended:
                for message in await work.read():
                    yield message
        finally:
            if work.is_ended:
                work.close()
            else:
                await self._clean_up(self._abandon(work))

    async def download(self, url: str, maximum: int) -> bytes:
        """Return a file of the Space of at most that many bytes; see `Connection.download`."""
        return await self._connection.download(url, maximum)

    def image_url(self, file: FileData) -> str:
        """Return where to fetch a picture, on the Space's own origin.

        Raises:
            UntrustedImage: It lies elsewhere.
        """
        return image_url(file, self._connection.base, self._prefixes[0])

    async def _ask(self, method: str, path: str, body: object = None) -> Answer:
        """Ask under each prefix that is possible, and keep the one that is right."""
        for prefix in self._prefixes:
            answer = await self._connection.ask(method, prefix + path, body)
            if answer.status != 404:
                self._prefixes = (prefix,)
                break
        return answer

    async def _begin(self, data: Sequence[object], total_at: float) -> Work:
        """Put the work into the Space's queue and open its stream.

        A cancellation does not stop that: whether a request arrived could not be known, and the work would
        run, and cost quota, with nobody there. It goes on, and then the work is abandoned.
        """
        beginning = asyncio.create_task(self._post_and_listen(data, total_at))
        try:
            return await asyncio.shield(beginning)
        except asyncio.CancelledError:
            await self._clean_up(self._abandon_begun(beginning))
            raise

    async def _post_and_listen(self, data: Sequence[object], total_at: float) -> Work:
        work = await self._post(data, total_at)
        try:
            await self._listen(work)
        except ProviderError:
            await self._clean_up(self._abandon(work))
            raise
        return work

    async def _post(self, data: Sequence[object], total_at: float) -> Work:
        answer = (await self._ask("POST", f"/call/{self._api_name}", {"data": list(data)})).json()
        event_id = answer.get("event_id") if isinstance(answer, dict) else None
        if not isinstance(event_id, str) or not _EVENT_ID.fullmatch(event_id):
            raise UnreadableAnswer
        return Work(self._connection, event_id, self._options, total_at=total_at)

    async def _listen(self, work: Work) -> None:
        # Source: gradio 4.44 to 6.31, queueing.py, `Event`: without a session, its hash is the event's id.
        prefix = self._prefixes[0]
        await work.open(
            f"{prefix}/queue/data?session_hash={work.event_id}",
            f"{prefix}/call/{self._api_name}/{work.event_id}",
        )

    async def _abandon_begun(self, beginning: asyncio.Task[Work]) -> None:
        work = await beginning
        await self._hear(work)
        await self._abandon(work)

    async def _abandon(self, work: Work) -> None:
        """Have the Space drop the work.

        Work in the queue is dropped when its stream closes; `/cancel` would leave it there (gradio 5). Work
        that runs is dropped by `/cancel`; closing alone leaves a function its GPU until it returns.
        """
        try:
            if not work.is_open:
                await self._listen(work)
                await self._hear(work)
            if work.is_started and not work.is_ended:
                await self._cancel(work)
        finally:
            work.close()

    async def _hear(self, work: Work) -> None:
        """Find out whether the work has started."""
        try:
            async with asyncio.timeout(GRACE_SECONDS):
                while not (work.is_started or work.is_ended):
                    await work.read()
        except TimeoutError:
            pass

    async def _cancel(self, work: Work) -> None:
        """Ask the Space to stop the work.

        Only with the function's right number: with a wrong one gradio 5 starts the work anew. It is read each
        time, because a Space that was changed since may have given it to another function.
        """
        config = (await self._connection.ask("GET", "/config")).json()
        index = read_fn_index(config, self._api_name)
        if index is not None:
            body = {"session_hash": work.event_id, "fn_index": index, "event_id": work.event_id}
            await self._ask("POST", "/cancel", body)

    async def _clean_up(self, cleanup: Coroutine[Any, Any, None]) -> None:
        """Run a clean-up to its end, or `CLEANUP_SECONDS`, also when the task is cancelled once more."""
        task = asyncio.create_task(_bounded(cleanup))
        self._cleanups.add(task)
        task.add_done_callback(self._cleanups.discard)
        await asyncio.shield(task)


async def _bounded(cleanup: Coroutine[Any, Any, None]) -> None:
    try:
        async with asyncio.timeout(CLEANUP_SECONDS):
            await cleanup
    except (ProviderError, TimeoutError) as error:
        _log.info("work could not be cancelled at the Space: %s", type(error).__name__)
