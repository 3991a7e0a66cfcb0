"""The server to which Discord posts interactions: one path, one method, and an answer at once.

An interaction is accepted with 202 and no body, and answered through the callback endpoint, as one that the
gateway has brought. Source: Discord's documentation, interactions/receiving-and-responding.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from bot.domain.errors import SettingRefused
from bot.interactions.verifying import Arrived, Forged, Garbled, Json, Ping, Repeated, Verifier

PATH: Final = "/interactions"
MAX_BODY: Final = 512 * 1024  # bytes; the longest form, or a message with all its components, has some 50 KiB
READ_SECONDS: Final = 3.0  # Discord waits no longer for an answer

_log = logging.getLogger(__name__)


@asynccontextmanager
async def serving(
    host: str, port: int, public_key: str, receive: Callable[[Json], None]
) -> AsyncIterator[None]:
    """Take interactions for as long as the context lasts.

    Args:
        host: The address of this machine to listen on.
        port: The port there.
        public_key: The application's, 64 hexadecimal digits.
        receive: Takes each new interaction, and must not block.

    Raises:
        SettingRefused: The address or the port cannot be had.
    """
    app = web.Application(client_max_size=MAX_BODY)
    app.router.add_post(PATH, _Door(Verifier(public_key), receive).handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=READ_SECONDS)
    await runner.setup()
    try:
        await _listen(runner, host, port)
        _log.info("interactions are taken at http://%s:%d%s", host, port, PATH)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        rule = f"it must be free at INTERACTIONS_HOST ({error.strerror})"
        raise SettingRefused("INTERACTIONS_PORT", rule) from error


class _Door:
    """Answers requests; what they hold is a secret and gets into no log."""

    def __init__(self, verifier: Verifier, receive: Callable[[Json], None]) -> None:
        self._verifier = verifier
        self._receive = receive

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one."""
        try:
            async with asyncio.timeout(READ_SECONDS):
                body = await request.read()
        except TimeoutError:
            return web.Response(status=408)
        match self._verifier.judge(request.headers, body, time.time()):
            case Forged():
                return web.Response(status=401)
            case Garbled():
                return web.Response(status=400)
            case Ping():
                return web.json_response({"type": 1})
            case Repeated():
                return web.Response(status=202)
            case Arrived(interaction):
                self._receive(interaction)
                return web.Response(status=202)
