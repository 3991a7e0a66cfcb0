"""What axe-core, which knows the rules for accessible pages, finds wrong in the page's states."""

from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenTab
from tests.browser.showcase import Showcase
from tests.browser.tab import Tab

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
GRAVE = {"serious", "critical"}


async def violations(tab: Tab) -> list[str]:
    """Return the grave ones: the rule, and where it is broken."""
    await tab.settled()  # half-faded colours would be judged too
    await tab.page.evaluate(AXE)
    found: dict[str, Any] = await tab.page.evaluate("axe.run({ resultTypes: ['violations'] })")
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


async def everything(tab: Tab) -> None:
    for command in ("components", "selects", "embed", "words"):
        await tab.use(command)
        await expect(tab.message(f"used /{command}")).to_be_visible()


async def form(tab: Tab) -> None:
    await tab.use("form")
    await tab.form.get_by_role("button", name="Submit").click()
    await expect(tab.form.get_by_text("Fill in Name")).to_be_visible()


async def drawer(tab: Tab) -> None:
    await tab.use("hello")
    await expect(tab.message("You speak")).to_be_visible()
    await tab.developer()


async def menu(tab: Tab) -> None:
    await tab.page.get_by_role("button", name="More for bob").click()
    await expect(tab.page.get_by_role("menu")).to_be_visible()


async def command(tab: Tab) -> None:
    await tab.pick("everything")
    await tab.give("shape", "")
    await expect(tab.offers.first).to_be_visible()


async def lightbox(tab: Tab) -> None:
    await tab.use("components")
    await tab.message("A section").get_by_role("link", name="A red field").click()
    await expect(tab.page.get_by_role("dialog")).to_be_visible()


async def failure(tab: Tab) -> None:
    await tab.use("silent")
    await expect(tab.page.get_by_text("did not respond")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", [everything, form, drawer, menu, command, lightbox, failure])
async def test_nothing_grave_is_found(
    showcase: Showcase, open_tab: OpenTab, state: Callable[[Tab], Awaitable[None]], scheme: str
) -> None:
    tab = await open_tab(color_scheme=scheme)

    await state(tab)
    await tab.shoot(f"{state.__name__}-{scheme}")

    assert await violations(tab) == []
