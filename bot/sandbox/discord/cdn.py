"""The CDN: files behind signed links that expire."""

from collections.abc import Callable

from aiohttp import web

from bot.sandbox.discord.payloads.messages import signature
from bot.sandbox.discord.world import World

GONE = "This content is no longer available."
INERT = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
"""Whatever is in a file, a browser that opens it runs nothing."""


class Cdn:
    """Serves what messages have attached, as long as the link's signature and end allow."""

    def __init__(self, world: World, clock: Callable[[], float]) -> None:
        self._world, self._clock = world, clock

    async def handle(self, request: web.Request) -> web.Response:
        """Answer with a file, or 404."""
        attachment = self._world.attachments.get(int(request.match_info["attachment_id"]))
        end = request.query.get("ex", "")
        if (
            attachment is None
            or attachment.filename != request.match_info["filename"]
            or request.query.get("hm") != signature(attachment.id, end)
            or int(end, 16) < self._clock()
        ):
            return web.Response(status=404, text=GONE)
        return web.Response(body=attachment.data, headers={"Content-Type": attachment.content_type, **INERT})
