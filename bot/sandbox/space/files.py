"""The file route: pictures from the cabinet, and what bad moods put there."""

from collections.abc import AsyncIterator
from hashlib import md5

from aiohttp import web

from bot.sandbox.space.answers import not_allowed
from bot.sandbox.space.cabinet import HUGE_SIZE, Cabinet, Endless, File, Redirect, Stored

_CHUNK = b"\0" * 65536
_WEBP_START = b"RIFF\xf8\xff\xff\x0fWEBPVP8 "


async def serve(request: web.Request, cabinet: Cabinet) -> web.StreamResponse:
    """Answer `GET /file=<path>`; paths that were not handed out are 403."""
    path = request.match_info["path"]
    file = cabinet.find(path)
    if file is None:
        return not_allowed(path)
    return await _answer(request, file, path.rpartition("/")[2])


async def _answer(request: web.Request, file: File, name: str) -> web.StreamResponse:
    match file:
        case Stored(body, content_type):
            return _stored(body, content_type, name)
        case Redirect(location):
            return web.Response(status=302, headers={"location": location})
        case Endless():
            headers = {"content-type": "image/webp", "content-length": str(HUGE_SIZE)}
            response = web.StreamResponse(headers=headers)
            await response.prepare(request)
            async for chunk in _endless():
                await response.write(chunk)
            return response


def _stored(body: bytes, content_type: str, name: str) -> web.Response:
    headers = {
        "content-type": content_type,
        "accept-ranges": "bytes",
        "content-disposition": f'inline; filename="{name}"',
        "etag": f'"{md5(body, usedforsecurity=False).hexdigest()}"',
    }
    return web.Response(body=body, headers=headers)


async def _endless() -> AsyncIterator[bytes]:
    yield _WEBP_START
    sent = len(_WEBP_START)
    while sent < HUGE_SIZE:
        chunk = _CHUNK[: HUGE_SIZE - sent]
        sent += len(chunk)
        yield chunk
