"""The page's files."""

from pathlib import Path

from aiohttp import web

from bot.sandbox.page.wrong import Wrong

ROOT = Path(__file__).with_name("static")
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


async def index(_: web.Request) -> web.StreamResponse:
    """Answer with the page, which names all modules, so that a browser need not find them import by import.

    Source: HTML Living Standard, "Link type modulepreload".
    """
    names = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.js"))
    links = "".join(f'  <link rel="modulepreload" href="/page/static/{name}">\n  ' for name in names)
    page = (ROOT / "index.html").read_text("utf-8").replace("</head>", f"{links}</head>")
    return web.Response(text=page, content_type=TYPES[".html"])


async def static(request: web.Request) -> web.StreamResponse:
    """Answer with a file that the page is made of.

    Each is small and read at once: aiohttp's own way asks other threads for it, which are busy importing the
    bot while the page is opened.

    Raises:
        Wrong: 404, there is none.
    """
    path = (ROOT / request.match_info["path"]).resolve()
    kind = TYPES.get(path.suffix)
    if kind is None or not path.is_relative_to(ROOT) or not path.is_file():
        raise Wrong("There is no such file.", 404)
    return web.Response(text=path.read_text("utf-8"), content_type=kind)
