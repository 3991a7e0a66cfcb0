"""Every window, both themes, and rest for those who want it."""

import pytest
from playwright.async_api import ViewportSize, expect

from tests.browser.conftest import OpenTab
from tests.browser.showcase import Showcase

SIZES = [
    ViewportSize(width=360, height=740),
    ViewportSize(width=768, height=1024),
    ViewportSize(width=1600, height=1000),
]
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
MOVING = """document.getAnimations()
  .filter((one) => one.playState === "running" && one.effect.getTiming().iterations > 1).length"""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size["width"]))
async def test_nothing_scrolls_sideways(showcase: Showcase, open_tab: OpenTab, size: ViewportSize) -> None:
    tab = await open_tab(viewport=size)

    for command in ("components", "selects", "embed", "words"):
        await tab.use(command)
        await expect(tab.message(f"used /{command}")).to_be_visible()
        assert await tab.wide_parts() == []
    await tab.use("form")
    await expect(tab.form).to_be_visible()
    await tab.shoot(f"form-{size['width']}")
    assert await tab.wide_parts() == []
    await tab.page.keyboard.press("Escape")
    await tab.developer()
    assert await tab.wide_parts() == []


async def test_a_phone_shows_the_channels_when_they_are_asked_for(
    showcase: Showcase, open_tab: OpenTab
) -> None:
    tab = await open_tab(viewport=SIZES[0], has_touch=True)
    await expect(tab.page.get_by_role("navigation")).to_be_hidden()

    await tab.page.get_by_role("button", name="Channels and people").tap()
    await tab.go("art")

    await expect(tab.page.get_by_role("navigation")).to_be_hidden()


async def test_light_and_dark_follow_the_system_and_the_switch(showcase: Showcase, open_tab: OpenTab) -> None:
    tab = await open_tab(color_scheme="dark")
    dark = await tab.page.evaluate(BACKGROUND)
    await tab.page.emulate_media(color_scheme="light")
    light = await tab.page.evaluate(BACKGROUND)
    assert light != dark

    await tab.page.get_by_role("button", name="Theme: system").click()
    await tab.page.get_by_role("button", name="Theme: light").click()
    await expect(tab.page.get_by_role("button", name="Theme: dark")).to_be_visible()

    assert await tab.page.evaluate(BACKGROUND) == dark


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
async def test_nothing_moves_for_those_who_want_rest(
    showcase: Showcase, open_tab: OpenTab, motion: str
) -> None:
    tab = await open_tab(reduced_motion=motion)

    await tab.use("think")
    await expect(tab.message("is thinking…")).to_be_visible()

    assert bool(await tab.page.evaluate(MOVING)) == (motion == "no-preference")
    showcase.thought.set()
    await expect(tab.message("Thought")).to_be_visible()
