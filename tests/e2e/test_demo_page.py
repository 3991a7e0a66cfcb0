"""`python -m bot demo`: the page, from its address to a delivered picture to Ctrl-C."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bot.sandbox.space import LoopbackSpace
from tests.e2e.conftest import is_finished, words
from tests.e2e.process import Process, started

Json = dict[str, Any]


class Visitor:
    """A browser's tab at the demo's page."""

    def __init__(self, http: aiohttp.ClientSession, world: Json) -> None:
        self._http = http
        self.me = world["me"]
        self.art = next(one for one in world["servers"][0]["channels"] if one["name"] == "art")

    async def act(self, do: str, **more: Any) -> Json:
        """Act in #art, and return the outcome."""
        body = {"as": self.me["id"], "channel": self.art["id"], "do": do, **more}
        async with self._http.post("/page/act", json=body) as response:
            outcome: Json = await response.json()
            return outcome

    async def imagine(self, prompt: str) -> None:
        """Use /imagine as soon as the bot has brought it."""
        action = {"name": "imagine", "options": {"prompt": prompt}}
        async with asyncio.timeout(30):
            while (await self.act("command", **action))["outcome"] != "answered":
                await asyncio.sleep(0.05)

    async def messages(self) -> list[Json]:
        """Return what is in #art."""
        query = {"as": self.me["id"], "channel": self.art["id"]}
        async with self._http.get("/page/messages", params=query) as response:
            return list((await response.json())["messages"])

    async def until(self, wanted: Callable[[Json], object]) -> Json:
        """Return the first wanted message."""
        async with asyncio.timeout(30):
            while True:
                if found := next((one for one in await self.messages() if wanted(one)), None):
                    return found
                await asyncio.sleep(0.05)

    async def bytes(self, url: str) -> bytes:
        """Download a file."""
        async with self._http.get(url) as response:
            return await response.read()


async def address(process: Process) -> str:
    """Return where the page is, once it is there."""
    return next(word for word in (await process.line()).split() if word.startswith("http://"))


@asynccontextmanager
async def visiting(process: Process) -> AsyncIterator[Visitor]:
    async with aiohttp.ClientSession(await address(process)) as http, http.get("/page/world") as response:
        yield Visitor(http, await response.json())


async def test_a_newcomer_gets_a_picture_and_leaves() -> None:
    async with started("demo", "--no-browser") as process:
        async with visiting(process) as visitor:
            assert b"<script" in await visitor.bytes("/")
            await visitor.imagine("a fox in the snow")
            shown = await visitor.until(lambda one: "a fox in the snow" in words(one) and is_finished(one))
            picture = await visitor.bytes(shown["attachments"][0]["url"])
        process.send(signal.SIGINT)
        ended = await process.ended()

    assert picture.startswith(b"\x89PNG")
    assert (ended.status, ended.log) == (0, "")


async def test_the_neighbours_have_asked_already() -> None:
    async with started("demo", "--no-browser") as process:
        async with visiting(process) as visitor:
            await visitor.until(lambda one: "an owl at midnight" in words(one))
            await visitor.until(lambda one: "a lighthouse in a storm" in words(one))
        process.send(signal.SIGTERM)  # while both are being drawn
        ended = await process.ended()

    assert (ended.status, ended.log) == (0, "")


async def test_it_ends_at_once_with_a_page_open() -> None:
    async with started("demo", "--no-browser") as process:
        url = await address(process)
        async with aiohttp.ClientSession(url) as http, http.get("/page/events") as stream:
            process.send(signal.SIGTERM)
            await stream.content.read()
        ended = await process.ended()

    assert (ended.status, ended.log) == (0, "")


async def test_a_browser_is_opened_at_the_page(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {seen}.part && mv {seen}.part {seen}\n')
    browser.chmod(0o700)
    async with started("demo", BROWSER=f"{browser} %s") as process:
        url = await address(process)
        async with asyncio.timeout(30):
            while not seen.exists():
                await asyncio.sleep(0.02)
        process.send(signal.SIGTERM)
        ended = await process.ended()

    assert seen.read_text().strip() == url
    assert ended.status == 0


async def test_at_a_real_space_the_neighbours_ask_for_nothing() -> None:
    async with (
        LoopbackSpace(seconds_per_step=0) as space,
        started("demo", "--no-browser", "--space", space.url) as process,
    ):
        async with visiting(process) as visitor:
            await visitor.imagine("a fox in the snow")
            await visitor.until(is_finished)
        process.send(signal.SIGTERM)
        assert (await process.ended()).status == 0

    assert len(space.requests) == 1


async def test_a_taken_port_is_named() -> None:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, started("demo", "--no-browser", "--port", str(port)) as process:
        ended = await process.ended()

    assert ended.status == 1
    assert str(port) in ended.log
    assert "Traceback" not in ended.log
