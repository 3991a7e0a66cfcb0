"""Who may ask the page's routes, and what every answer of theirs says to the browser."""

from functools import wraps

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox.discord.errors import ApiError
from bot.sandbox.discord.hosts import origins
from bot.sandbox.page.wrong import Wrong

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' blob: {origins}; media-src 'self' {origins}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def headers(request: web.BaseRequest) -> dict[str, str]:
    """Return what keeps the page to itself: nothing of another origin is loaded, told or guessed."""
    return {
        "Content-Security-Policy": _POLICY.format(origins=" ".join(origins(request))),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-cache",
    }


def guarded(handler: Handler) -> Handler:
    """Return a handler that refuses other origins' scripts and says what was wrong as JSON."""

    @wraps(handler)
    async def guard(request: web.Request) -> web.StreamResponse:
        try:
            if request.headers.get("Origin") not in (None, *origins(request)):
                raise Wrong("Only this page's own scripts may ask.", 403)
            response = await handler(request)
        except Wrong as wrong:
            response = web.json_response({"error": str(wrong)}, status=wrong.status)
        except ApiError as error:
            response = web.json_response({"error": str(error.body["message"])}, status=error.status)
        if not response.prepared:
            response.headers.update(headers(request))
        return response

    return guard
