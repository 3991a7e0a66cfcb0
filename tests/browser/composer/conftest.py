"""The composer's pure modules, alone in a browser: there is no page, no Discord and no network."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Page, Route

STATIC = Path(__file__).parents[3] / "bot" / "sandbox" / "page" / "static" / "composer"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def modules(browser: Browser) -> AsyncIterator[Page]:
    """An empty document that can import the modules from `/`."""

    async def answer(route: Route) -> None:
        file = STATIC / route.request.url.rpartition("/")[2]
        if file.is_file():
            await route.fulfill(path=file, content_type="text/javascript")
        else:
            await route.fulfill(body="", content_type="text/html")

    page = await browser.new_page()
    await page.route("**/*", answer)
    await page.goto("http://127.0.0.1/")
    yield page
    await page.close()
