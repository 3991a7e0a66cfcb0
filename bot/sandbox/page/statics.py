"""The page's files."""

from pathlib import Path

from aiohttp import web

from bot.sandbox.page.wrong import Wrong

ROOT = Path(__file__).with_name("static")
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}


async def index(_: web.Request) -> web.StreamResponse:
    """Answer with the page."""
    return _file("index.html")


async def static(request: web.Request) -> web.StreamResponse:
    """Answer with a file that the page is made of.

    Raises:
        Wrong: 404, there is none.
    """
    return _file(request.match_info["path"])


def _file(name: str) -> web.FileResponse:
    path = (ROOT / name).resolve()
    kind = TYPES.get(path.suffix)
    if kind is None or not path.is_relative_to(ROOT) or not path.is_file():
        raise Wrong("There is no such file.", 404)
    return web.FileResponse(path, headers={"Content-Type": kind})
