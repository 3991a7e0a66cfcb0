"""The answers that are no stream and no picture: JSON bodies and statuses as FastAPI and Gradio give them."""

import json
from http import HTTPStatus
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox.space.results import SLEEPING_PAGE

_ERROR_PAGE = b"<!DOCTYPE html><html><body><h1>500</h1><p>Internal Error</p></body></html>"


def answer(status: int, body: object) -> web.Response:
    """Return a JSON answer, without spaces as FastAPI writes it."""
    text = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
    return web.Response(status=status, body=text.encode(), content_type="application/json")


def detail(status: int, what: object) -> web.Response:
    """Return FastAPI's answer to what went wrong."""
    return answer(status, {"detail": what})


def not_authenticated() -> web.Response:
    """Return what a Space says that wants a login."""
    return detail(HTTPStatus.UNAUTHORIZED, {"error": "Not authenticated", "auth_message": None})


def not_allowed(path: str) -> web.Response:
    """Return what the file route says of a path that it did not hand out."""
    return detail(HTTPStatus.FORBIDDEN, f"File not allowed: {path}.")


def unprocessable(kind: str, location: list[str | int], message: str, given: object) -> web.Response:
    """Return what pydantic says of a body."""
    fault: dict[str, Any] = {"type": kind, "loc": location, "msg": message, "input": given}
    return detail(HTTPStatus.UNPROCESSABLE_ENTITY, [fault])


def no_such_function() -> web.Response:
    """Return what an unknown api_name gets, which is no 404."""
    return web.Response(status=HTTPStatus.INTERNAL_SERVER_ERROR, text="Internal Server Error")


def error_page() -> web.Response:
    """Return a gateway's page of HTML, with status 500."""
    return web.Response(status=HTTPStatus.INTERNAL_SERVER_ERROR, body=_ERROR_PAGE, content_type="text/html")


def sleeping_page() -> web.Response:
    """Return a page of HTML with status 200, where JSON was asked for."""
    return web.Response(body=SLEEPING_PAGE, content_type="text/html")


@web.middleware
async def in_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer wrong paths and methods as FastAPI does."""
    try:
        return await handler(request)
    except web.HTTPNotFound:
        return detail(HTTPStatus.NOT_FOUND, "Not Found")
    except web.HTTPMethodNotAllowed as refusal:
        response = detail(HTTPStatus.METHOD_NOT_ALLOWED, "Method Not Allowed")
        response.headers["allow"] = ", ".join(sorted(refusal.allowed_methods))
        return response
