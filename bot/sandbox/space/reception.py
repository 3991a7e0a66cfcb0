"""The routes that take requests: `/call`, `/cancel`, `/info`, `/config`, and the check of who asks."""

import json
from http import HTTPStatus
from typing import Any, cast

from aiohttp import web

from bot.sandbox.space import accounts, answers, description
from bot.sandbox.space.cabinet import Cabinet
from bot.sandbox.space.conduct import Conduct
from bot.sandbox.space.ledger import Posted, bearer
from bot.sandbox.space.line import LineFull
from bot.sandbox.space.moods import Mood, Scene
from bot.sandbox.space.results import Outputs
from bot.sandbox.space.studio import FN_INDEX, Studio

_CANCEL_FIELDS = ("session_hash", "fn_index", "event_id")


class Reception:
    """Takes requests in.

    Attributes:
        stranger: A URL on another origin, at which a picture lies.
    """

    def __init__(self, studio: Studio, cabinet: Cabinet, conduct: Conduct) -> None:
        self.stranger = ""
        self._studio = studio
        self._cabinet = cabinet
        self._conduct = conduct

    def may_enter(self, request: web.Request) -> bool:
        """Whether the request carries the token, if one is needed, and no other one that is of no account."""
        carried = bearer(request.headers)
        if self._conduct.refuses_strangers and carried and not accounts.is_known(self._conduct, carried):
            return False
        token = self._conduct.token
        if token is None:
            return True
        return token == carried or token in request.cookies.values()

    async def call(self, request: web.Request) -> web.Response:
        """Answer `POST /call/{api_name}`."""
        body = await _body(request)
        if isinstance(body, web.Response):
            return body
        if request.match_info["api_name"] != description.API_NAME:
            return answers.no_such_function()
        return self._submit(request, body, in_diffs=False)

    async def join(self, request: web.Request) -> web.Response:
        """Answer `POST /queue/join`, as Gradio's own client asks: by fn_index, on one stream."""
        body = await _body(request)
        if isinstance(body, web.Response):
            return body
        if not body.get("session_hash"):
            return answers.detail(HTTPStatus.BAD_REQUEST, "Session hash not found.")
        if body.get("fn_index") != FN_INDEX:
            return answers.no_such_function()
        return self._submit(request, body, in_diffs=True)

    async def cancel(self, request: web.Request) -> web.Response:
        """Answer `POST /cancel`, which nobody is refused and which always succeeds."""
        body = await request.json()
        missing = [field for field in _CANCEL_FIELDS if field not in body]
        if missing:
            return answers.unprocessable("missing", ["body", missing[0]], "Field required", body)
        self._studio.ledger.cancels.append(body)
        self._studio.cancel(body["session_hash"], body["fn_index"], body["event_id"])
        return answers.answer(HTTPStatus.OK, {"success": True})

    async def info(self, request: web.Request) -> web.Response:  # noqa: ARG002 - aiohttp's handler form
        """Answer `GET /info`."""
        return answers.answer(HTTPStatus.OK, description.info())

    async def config(self, request: web.Request) -> web.Response:
        """Answer `GET /config`."""
        body = description.config(self._conduct.dialect, _root(request), FN_INDEX)
        return answers.answer(HTTPStatus.OK, body)

    def _submit(self, request: web.Request, body: dict[str, Any], *, in_diffs: bool) -> web.Response:
        posted = Posted(
            data=body["data"],
            headers=dict(request.headers),
            at=self._conduct.clock(),
            scene=self._conduct.next_scene(),
            session_hash=str(body.get("session_hash") or ""),
            in_diffs=in_diffs,
        )
        if refusal := _refusal(posted.scene):
            self._studio.ledger.note(posted)
            return refusal
        try:
            event_id = self._studio.submit(posted, self._outputs(request))
        except LineFull as full:
            return answers.detail(HTTPStatus.SERVICE_UNAVAILABLE, str(full))
        return answers.answer(HTTPStatus.OK, {"event_id": event_id})

    def _outputs(self, request: web.Request) -> Outputs:
        return Outputs(
            cabinet=self._cabinet,
            file_root=f"{_root(request)}{self._conduct.dialect.prefix}/file=",
            stranger=self.stranger,
            picture_format=self._conduct.picture_format,
        )


def _refusal(scene: Scene) -> web.Response | None:
    """Return the answer of a mood that takes no request in."""
    match scene:
        case Mood.UNAUTHORIZED:
            return answers.not_authenticated()
        case Mood.QUEUE_FULL:
            return answers.detail(HTTPStatus.SERVICE_UNAVAILABLE, str(LineFull(1, 1)))
        case Mood.SERVER_ERROR:
            return answers.error_page()
        case Mood.HTML:
            return answers.sleeping_page()
        case _:
            return None


async def _body(request: web.Request) -> dict[str, Any] | web.Response:
    """Return a body with a data array, or pydantic's complaint."""
    try:
        body = json.loads(await request.text())
    except json.JSONDecodeError as error:
        fault = {"type": "json_invalid", "loc": ["body", error.pos], "msg": "JSON decode error", "input": {}}
        return answers.detail(HTTPStatus.UNPROCESSABLE_ENTITY, [fault | {"ctx": {"error": error.msg}}])
    if not isinstance(body, dict):
        message = "Input should be a valid dictionary or object to extract fields from"
        return answers.unprocessable("model_attributes_type", ["body"], message, body)
    if "data" not in body:
        return answers.unprocessable("missing", ["body", "data"], "Field required", body)
    if not isinstance(body["data"], list):
        return answers.unprocessable(
            "list_type", ["body", "data"], "Input should be a valid list", body["data"]
        )
    return cast("dict[str, Any]", body)


def _root(request: web.Request) -> str:
    """Return the Space's URL as its visitor knows it.

    Source: gradio 6.31.0, gradio/route_utils.py, get_root_url: a proxy's host is believed.
    """
    forwarded = request.headers.get("X-Forwarded-Host", "").split(",")[0].strip()
    scheme = "https" if request.headers.get("X-Forwarded-Proto") == "https" else "http"
    return f"{scheme}://{forwarded or request.host}"
