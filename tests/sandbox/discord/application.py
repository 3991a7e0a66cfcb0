"""An application without a library: says exactly what a test wants to hear Discord answer to."""

import asyncio
import json
from types import TracebackType
from typing import Any, NamedTuple, Self

from aiohttp import ClientSession, FormData

from bot.sandbox.discord import LoopbackDiscord
from bot.sandbox.discord.interaction import Interaction

IMAGINE = {
    "name": "imagine",
    "description": "Draw a picture",
    "options": [
        {"name": "prompt", "description": "What to draw", "type": 3, "required": True, "max_length": 20},
        {"name": "steps", "description": "How long", "type": 4, "min_value": 1, "max_value": 50},
        {
            "name": "style",
            "description": "How",
            "type": 3,
            "choices": [{"name": "Anime", "value": "anime"}, {"name": "Photo", "value": "photo"}],
        },
        {"name": "model", "description": "With what", "type": 3, "autocomplete": True},
        {"name": "friend", "description": "For whom", "type": 6},
        {"name": "sketch", "description": "After what", "type": 11},
        {"name": "scale", "description": "How closely", "type": 10, "max_value": 7.5},
        {"name": "tiled", "description": "Repeating", "type": 5},
    ],
}


ROW = {
    "type": 1,
    "components": [
        {"type": 2, "style": 1, "label": "Again", "custom_id": "again"},
        {"type": 2, "style": 2, "emoji": {"name": "🔁"}, "custom_id": "emoji"},
        {"type": 2, "style": 1, "label": "Off", "custom_id": "off", "disabled": True},
        {"type": 2, "style": 5, "label": "Web", "url": "https://example.org"},
    ],
}
PEOPLE = {"type": 1, "components": [{"type": 5, "custom_id": "who", "max_values": 2}]}


class Heard(NamedTuple):
    """An HTTP answer."""

    status: int
    body: Any
    headers: Any

    @property
    def code(self) -> int:
        code: int = self.body["code"]
        return code


class Application:
    """Talks to the REST API by hand."""

    def __init__(self, loopback: LoopbackDiscord) -> None:
        self.loopback = loopback
        self.id = loopback.world.bot.id

    async def __aenter__(self) -> Self:
        self._http = ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.close()

    async def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        files: dict[str, bytes] | None = None,
        token: str | None = None,
        **more: Any,
    ) -> Heard:
        headers = {"Authorization": f"Bot {token or self.loopback.token}"} | more.pop("headers", {})
        if files is not None:
            more["data"] = multipart(body, files)
        elif body is not None:
            more["json"] = body
        url = f"{self.loopback.api_base}{path}"
        async with self._http.request(method, url, headers=headers, **more) as response:
            raw = await response.read()
            return Heard(response.status, json.loads(raw) if raw else None, response.headers)

    async def register(self, *commands: Any) -> Heard:
        return await self.call("PUT", f"/applications/{self.id}/commands", list(commands or (IMAGINE,)))

    async def hear(self) -> Interaction:
        """Return the latest interaction as soon as there is one that nobody answered."""

        def look() -> Interaction | None:
            known = self.loopback.world.interactions.values()
            return next((one for one in reversed([*known]) if one.callback is None), None)

        return await self.loopback.core.bell.until(look, 5)

    async def answer(self, part: Interaction, kind: int, data: Any = None, **more: Any) -> Heard:
        path = f"/interactions/{part.id}/{part.token}/callback"
        return await self.call("POST", path, {"type": kind} | ({"data": data} if data else {}), **more)

    def webhook(self, part: Interaction, message: str = "@original") -> str:
        return f"/webhooks/{self.id}/{part.token}/messages/{message}"

    async def edit(self, part: Interaction, body: Any, **more: Any) -> Heard:
        return await self.call("PATCH", self.webhook(part), body, **more)

    async def follow_up(self, part: Interaction, body: Any, **more: Any) -> Heard:
        return await self.call("POST", f"/webhooks/{self.id}/{part.token}?wait=true", body, **more)


def multipart(body: Any, files: dict[str, bytes]) -> FormData:
    form = FormData(quote_fields=False)
    form.add_field("payload_json", json.dumps(body or {}), content_type="application/json")
    for number, (name, data) in enumerate(files.items()):
        form.add_field(f"files[{number}]", data, filename=name, content_type="image/png")
    return form


async def heard(application: Application, acting: Any) -> Interaction:
    """Return what an action sends; the application answers with the sample's row of buttons."""
    task = asyncio.create_task(acting)
    part = await application.hear()
    await application.answer(part, 4, {"content": "hi", "components": [ROW, PEOPLE]})
    await task
    return part
