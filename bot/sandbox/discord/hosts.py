"""Who may be meant by a request: this machine, under its own names.

A page of another origin whose name is made to point at 127.0.0.1 is told apart by the `Host` that its
requests carry.
"""

from aiohttp import web
from aiohttp.typedefs import Handler

HOST = "127.0.0.1"  # and nothing else, ever: whoever reaches this server acts as anybody
NAMES = (HOST, "localhost")


def origins(request: web.BaseRequest) -> list[str]:
    """Return the origins of the server that a request has reached, like `http://127.0.0.1:1234`."""
    port = request.transport.get_extra_info("sockname")[1] if request.transport else None
    return [f"http://{name}:{port}" for name in NAMES]


@web.middleware
async def refuse_foreign_hosts(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 403 to a request that is meant for another host or port."""
    if f"http://{request.headers.get('Host')}" not in origins(request):
        return web.json_response({"error": "This server is reached by its own address only."}, status=403)
    return await handler(request)
