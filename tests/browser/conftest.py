"""A real Chromium before the page that the loopback Discord serves.

The browser's remote control shares one process and one event loop with the Discord, the Space and the bot.
"""

import asyncio
import inspect
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TypeAlias

import pytest
import pytest_asyncio
import yarl
from cryptography.fernet import Fernet
from discord.gateway import DiscordWebSocket
from discord.http import Route
from playwright.async_api import Browser, async_playwright, expect

from bot import app
from bot.config import Config
from bot.sandbox.discord import LoopbackDiscord
from bot.sandbox.page import Page, furnish
from bot.sandbox.space import LoopbackSpace
from tests.browser.showcase import Showcase
from tests.browser.tab import Tab
from tests.browser.watch import Watch
from tests.referee import Referee

HERE = Path(__file__).parent
PATIENCE = 10  # seconds until what should be on the page must be there, on a busy machine
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing could leave this machine
)

OpenTab: TypeAlias = Callable[..., Awaitable[Tab]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let every test here run in the event loop of the browser, which is the session's."""
    for item in items:
        if (
            HERE in item.path.parents
            and isinstance(item, pytest.Function)
            and inspect.iscoroutinefunction(item.obj)
        ):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is; without it the tests are skipped, or fail where they are required."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        missing = "there is no Chromium: install Debian's package chromium, or name the program in CHROMIUM"
        (pytest.fail if os.environ.get("BROWSER_TESTS") == "required" else pytest.skip)(missing)
    return path


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """One browser for all tests."""
    expect.set_options(timeout=PATIENCE * 1000)
    async with async_playwright() as playwright:
        # Chromium's own sandbox does not work for root.
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=FLAGS, chromium_sandbox=os.geteuid() != 0
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def discord(
    referee: Referee, space: LoopbackSpace, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[LoopbackDiscord]:
    """A Discord with its page, to which every client of this process goes."""
    server = LoopbackDiscord()
    furnish(server)
    server.serve(Page(server, space).routes)
    async with server:
        monkeypatch.setattr(Route, "BASE", server.api_base)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(server.gateway_url))
        yield server
    assert [found for row in server.log.rows for found in referee.violations(row)] == []


@pytest_asyncio.fixture(loop_scope="session")
async def space() -> AsyncIterator[LoopbackSpace]:
    """A Space that paints quickly."""
    async with LoopbackSpace(seconds_per_step=0.02) as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def imagine(discord: LoopbackDiscord, space: LoopbackSpace) -> AsyncIterator[None]:
    """The real bot, as its command line runs it."""
    stop = asyncio.Event()
    config = Config(
        discord_token=discord.token,
        discord_api_base=discord.api_base,
        discord_gateway_url=discord.gateway_url,
        space_url=space.url,
        hf_endpoint=space.url,
        secret_keys=(Fernet.generate_key().decode(),),
        database_url="sqlite://",
    )
    running = asyncio.create_task(app.run(config, stop))
    await discord.wait_for_command("imagine")
    yield
    stop.set()
    assert await running == 0


@pytest_asyncio.fixture(loop_scope="session")
async def showcase(discord: LoopbackDiscord) -> AsyncIterator[Showcase]:
    """The bot of nothing but examples."""
    async with Showcase() as bot:
        running = asyncio.create_task(bot.start(discord.token))
        await discord.wait_for_command("components")
        yield bot
        await bot.close()
        await running


@pytest_asyncio.fixture(loop_scope="session")
async def open_tab(browser: Browser, discord: LoopbackDiscord) -> AsyncIterator[OpenTab]:
    """Opens tabs, each in a browser profile of its own; arguments are those of Playwright's `new_context`."""
    watch = Watch(discord.world.origin)
    contexts = []

    async def open_one(**options: object) -> Tab:
        context = await browser.new_context(base_url=discord.world.origin, **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(PATIENCE * 1000)
        page = await context.new_page()
        watch.follow(page)
        await page.goto("/")
        return Tab(page)

    yield open_one
    for context in contexts:
        await context.close()
    assert watch.problems == []


@pytest_asyncio.fixture(loop_scope="session")
async def tab(open_tab: OpenTab) -> Tab:
    """A member's tab."""
    return await open_tab()
