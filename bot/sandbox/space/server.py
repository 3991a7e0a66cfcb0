"""`LoopbackSpace`: the Space on a real socket of 127.0.0.1, for tests and the demo."""

import asyncio
from dataclasses import dataclass, field
from functools import partial
from types import TracebackType
from typing import Self

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.sandbox.space import answers, files, hub
from bot.sandbox.space.cabinet import Cabinet
from bot.sandbox.space.conduct import Conduct
from bot.sandbox.space.inputs import Inputs
from bot.sandbox.space.ledger import Ledger, Posted, Visit
from bot.sandbox.space.painter import paint
from bot.sandbox.space.reception import Reception
from bot.sandbox.space.streams import Streams
from bot.sandbox.space.studio import Studio

_HOST = "127.0.0.1"
_CANCEL = "/cancel"  # Gradio checks no login there


@dataclass(kw_only=True, eq=False)
class LoopbackSpace(Conduct):
    """A Gradio Space that paints, on this machine. Use as an async context manager.

    Every attribute of `Conduct` may be given, and changed while the Space runs; `version`, `concurrency` and
    `queue_size` count from the start only.

    Attributes:
        port: Where to listen; 0 picks a free port.
        ledger: What was asked and what became of it.
    """

    port: int = 0
    ledger: Ledger = field(default_factory=Ledger)
    _studio: Studio = field(init=False, repr=False)
    _runners: list[web.AppRunner] = field(default_factory=list, repr=False)

    @property
    def url(self) -> str:
        """The Space's address, as `http://127.0.0.1:7860`."""
        return f"http://{_HOST}:{self.port}"

    @property
    def api(self) -> str:
        """The address that API paths are appended to."""
        return self.url + self.dialect.prefix

    @property
    def requests(self) -> list[Posted]:
        """Every POST that asked for a picture, first to last."""
        return self.ledger.requests

    async def __aenter__(self) -> Self:
        self._studio = Studio(self, self.ledger)
        cabinet = Cabinet()
        reception = Reception(self._studio, cabinet, self)
        self.port = await self._listen(self._app(reception, cabinet), self.port)
        picture = await asyncio.to_thread(paint, Inputs("a stranger's picture", width=512, height=512))
        stranger = await self._listen(_stranger(picture, self.ledger), 0)
        reception.stranger = f"http://{_HOST}:{stranger}/picture.webp"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for runner in reversed(self._runners):
            await runner.cleanup()
        self._runners.clear()
        await self._studio.aclose()

    async def _listen(self, app: web.Application, port: int) -> int:
        # Gradio notices at once when a reader leaves; aiohttp only when told to.
        runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.01)
        await runner.setup()
        self._runners.append(runner)
        await web.TCPSite(runner, _HOST, port).start()
        address = runner.addresses[0]
        return int(address[1])

    def _app(self, reception: Reception, cabinet: Cabinet) -> web.Application:
        prefix = self.dialect.prefix
        streams = Streams(self._studio, self)
        app = web.Application(
            middlewares=[_noting(self.ledger.visits), answers.in_json, _guarding(reception, prefix)]
        )
        app.router.add_post(prefix + "/call/{api_name}", reception.call)
        app.router.add_post(prefix + "/call/{api_name}/", reception.call)
        app.router.add_post(f"{prefix}/queue/join", reception.join)
        app.router.add_get(prefix + "/call/{api_name}/{event_id}", streams.call, allow_head=False)
        app.router.add_get(f"{prefix}/queue/data", streams.queue_data, allow_head=False)
        app.router.add_post(prefix + _CANCEL, reception.cancel)
        app.router.add_get(f"{prefix}/info", reception.info)
        app.router.add_get("/config", reception.config)
        app.router.add_get(prefix + "/file={path:.*}", partial(files.serve, cabinet=cabinet))
        desk = hub.Hub(self)
        app.router.add_get(f"{hub.PREFIX}whoami-v2", desk.who_am_i)
        app.router.add_get(f"{hub.PREFIX}spaces/zero-gpu/quota", desk.quota)
        return app


def _stranger(picture: bytes, ledger: Ledger) -> web.Application:
    """Return another origin, with a picture on it, that writes down who comes."""

    async def serve(_: web.Request) -> web.Response:
        return web.Response(body=picture, content_type="image/webp")

    app = web.Application(middlewares=[_noting(ledger.strangers)])
    app.router.add_get("/{path:.*}", serve)
    return app


def _noting(visits: list[Visit]) -> Middleware:
    """Return a middleware that writes every request down."""

    @web.middleware
    async def note(request: web.Request, handler: Handler) -> web.StreamResponse:
        visits.append(Visit(request.method, request.path_qs, dict(request.headers)))
        return await handler(request)

    return note


def _guarding(reception: Reception, prefix: str) -> Middleware:
    """Return a middleware that wants the token; the hub judges tokens itself."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        is_open = request.path == prefix + _CANCEL or request.path.startswith(hub.PREFIX)
        if not (is_open or reception.may_enter(request)):
            return answers.not_authenticated()
        return await handler(request)

    return guard
