"""Health and figures over HTTP: `/healthz`, `/readyz` and `/metrics`.

They are for the operator's own network and know no password: the server listens on loopback unless it is
told otherwise.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from bot.domain.errors import SettingRefused, StoreFailed
from bot.domain.job import JobState
from bot.operations.metrics import Left, Metrics
from bot.operations.stall import watch
from bot.ui.wording import health

STORE_SECONDS = 2.0  # how long the store may take to answer; those who ask mostly give up after 5 or 10

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """What is looked at when somebody asks.

    Attributes:
        is_connected: Whether commands come in from Discord.
        is_stopping: Whether the bot was told to stop.
        open_jobs: Asks the store for the jobs that have not ended, by their states; raises `StoreFailed`.
        in_line: Returns the pictures that wait here for a turn.
        quota_left: Returns the GPU seconds left, by the operator's credentials; raises `StoreFailed`.
    """

    is_connected: Callable[[], bool]
    is_stopping: Callable[[], bool]
    open_jobs: Callable[[], Awaitable[Mapping[JobState, int]]]
    in_line: Callable[[], int]
    quota_left: Callable[[], Awaitable[Left]]


class Pages:
    """What is answered.

    Args:
        vitals: Looked at anew for each request.
        metrics: Where the figures that are looked up are shown.
        registry: All figures.
    """

    def __init__(self, vitals: Vitals, metrics: Metrics, registry: CollectorRegistry) -> None:
        self._vitals = vitals
        self._metrics = metrics
        self._registry = registry

    async def healthz(self, _: web.Request) -> web.Response:
        """Answer, which a process does whose event loop is alive."""
        return web.Response(text=health.HEALTHY)

    async def readyz(self, _: web.Request) -> web.Response:
        """Answer whether commands are served; else why not, a sentence a line, under status 503."""
        vitals = self._vitals
        reasons = [
            *([health.STOPPING] if vitals.is_stopping() else []),
            *([] if vitals.is_connected() else [health.NOT_CONNECTED]),
            *([health.STORE_SILENT] if await self._open_jobs() is None else []),
        ]
        return web.Response(text="\n".join(reasons) or health.READY, status=503 if reasons else 200)

    async def metrics(self, request: web.Request) -> web.Response:
        """Answer with all figures, in the form that the one who asks reads."""
        self._metrics.show_open(await self._open_jobs())
        self._metrics.show_line(self._vitals.in_line())
        self._metrics.show_quota(await self._quota_left())
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return web.Response(body=encode(self._registry), headers={"Content-Type": content_type})

    async def _open_jobs(self) -> Mapping[JobState, int] | None:
        try:
            async with asyncio.timeout(STORE_SECONDS):
                return await self._vitals.open_jobs()
        except (StoreFailed, TimeoutError) as error:
            _log.warning("the store does not answer: %r", error)
            return None

    async def _quota_left(self) -> Left:
        try:
            async with asyncio.timeout(STORE_SECONDS):
                return await self._vitals.quota_left()
        except (StoreFailed, TimeoutError) as error:
            _log.warning("nobody says how much GPU quota is left: %r", error)
            return {}


@asynccontextmanager
async def open_operations(
    host: str, port: int | None, vitals: Vitals, metrics: Metrics, registry: CollectorRegistry
) -> AsyncGenerator[None, None]:
    """Answer, and measure the event loop, for as long as the context lasts.

    Args:
        host: The address to listen at.
        port: The port; None for no server, and no measurement.
        vitals: What is looked at.
        metrics: Where it is shown.
        registry: All figures.

    Raises:
        SettingRefused: Nothing can listen there.
    """
    if port is None:
        yield
        return
    pages = Pages(vitals, metrics, registry)
    app = web.Application()
    app.router.add_get("/healthz", pages.healthz)
    app.router.add_get("/readyz", pages.readyz)
    app.router.add_get("/metrics", pages.metrics)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    watching = asyncio.create_task(watch(metrics.stalled))
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise SettingRefused("METRICS_PORT", health.cannot_listen(reason)) from error
        yield
    finally:
        watching.cancel()
        await runner.cleanup()
