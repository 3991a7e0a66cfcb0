"""A visitor of the loopback Space: plain HTTP, and the two streams parsed as little as possible."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.sandbox.space import LoopbackSpace

ASKED: dict[str, Any] = {
    "prompt": "a fox",
    "negative_prompt": "",
    "seed": 7,
    "randomize_seed": False,
    "width": 512,
    "height": 512,
    "guidance_scale": 4.5,
    "num_inference_steps": 4,
}
TIMEOUT = 10  # seconds; a test that waits longer hangs


@dataclass
class Stream:
    """A stream that is being read."""

    response: aiohttp.ClientResponse
    raw: bytes = b""
    events: list[str] = field(default_factory=list)

    async def line(self) -> bytes:
        """The next line that is not blank; empty at the end."""
        while line := await self.response.content.readline():
            self.raw += line
            if line.strip():
                return line
        return b""

    async def message(self) -> dict[str, Any]:
        """The next message of `/queue/data`."""
        line = await self.line()
        return dict(json.loads(line.removeprefix(b"data: "))) if line else {}

    async def until(self, name: str) -> dict[str, Any]:
        """Read on to the message of that name."""
        while (message := await self.message()).get("msg") != name:
            assert message, f"no {name} in {self.raw!r}"
        return message

    async def rest(self) -> list[dict[str, Any]]:
        """Every message up to the end of the stream."""
        messages = []
        while message := await self.message():
            messages.append(message)
        return messages

    def leave(self) -> None:
        """Break the connection off."""
        self.response.close()


@dataclass
class Visitor:
    """Somebody with a web client."""

    space: LoopbackSpace
    web: aiohttp.ClientSession

    async def post(self, path: str, body: Any, **headers: str) -> tuple[int, str]:
        """POST JSON, and return status and body."""
        async with self.web.post(self.space.api + path, json=body, headers=headers) as response:
            return response.status, await response.text()

    async def get(self, url: str, **headers: str) -> tuple[int, bytes]:
        """GET a URL of this or of another origin, and return status and body."""
        async with self.web.get(url, headers=headers) as response:
            return response.status, await response.read()

    async def ask(self, **changes: Any) -> tuple[int, str]:
        """Ask for a picture, and return status and body."""
        return await self.post("/call/infer", {"data": list({**ASKED, **changes}.values())})

    async def submit(self, **changes: Any) -> str:
        """Ask for a picture, and return the event id."""
        status, body = await self.ask(**changes)
        assert status == 200, body
        return str(json.loads(body)["event_id"])

    @asynccontextmanager
    async def reading(self, event_id: str) -> AsyncIterator[Stream]:
        """Read an event on `/queue/data`."""
        async with self.web.get(
            f"{self.space.api}/queue/data", params={"session_hash": event_id}
        ) as response:
            yield Stream(response)

    async def draw(self, **changes: Any) -> list[dict[str, Any]]:
        """Ask for a picture, and return every message about it."""
        async with self.reading(await self.submit(**changes)) as stream:
            return await stream.rest()

    async def call(self, event_id: str) -> str:
        """Read an event on `/call` to its end."""
        return (await self.get(f"{self.space.api}/call/infer/{event_id}"))[1].decode()

    async def cancel(self, event_id: str, fn_index: int = 0) -> tuple[int, str]:
        """POST to `/cancel`."""
        body = {"session_hash": event_id, "fn_index": fn_index, "event_id": event_id}
        return await self.post("/cancel", body)


def named(messages: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """Return the messages of that name."""
    return [message for message in messages if message["msg"] == name]
