"""Every kind of component and embed, as the page shows it, and what its use sends."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.showcase import Showcase
from tests.browser.tab import Tab


async def test_each_component_is_there_under_its_own_name(showcase: Showcase, tab: Tab) -> None:
    await tab.use("components")
    message = tab.message("Another one, with a button")

    await expect(message.get_by_role("heading", name="A section")).to_be_visible()
    await expect(message.get_by_role("img", name="A blue field")).to_have_js_property("naturalWidth", 320)
    await expect(message.get_by_role("img", name="A red field")).to_be_visible()
    await expect(message.get_by_role("separator")).to_be_visible()
    await expect(message.get_by_role("link", name="notes.txt")).to_be_visible()
    await expect(message.get_by_role("link", name="Link")).to_have_attribute("href", "http://127.0.0.1/")
    await expect(message.get_by_role("button", name="Disabled")).to_be_disabled()
    await tab.shoot("components")


async def test_what_is_a_spoiler_is_read_after_it_is_revealed(showcase: Showcase, tab: Tab) -> None:
    await tab.use("components")
    message = tab.message("A section")
    veils = message.get_by_role("button", name="Show spoiler")
    await expect(veils).to_have_count(2)
    link = message.get_by_role("link", name="A green field")
    await link.focus()
    await expect(link).not_to_be_focused()

    await veils.first.click()
    await veils.first.click()
    await link.focus()

    await expect(link).to_be_focused()
    await expect(veils).to_have_count(0)


@pytest.mark.parametrize("label", ["Beside", "Primary", "Secondary", "Success", "Danger"])
async def test_a_button_sends_its_press(showcase: Showcase, tab: Tab, label: str) -> None:
    await tab.use("components")

    await tab.message("A section").get_by_role("button", name=label, exact=True).click()

    await expect(tab.message(f"Pressed {label}")).to_be_visible()


@pytest.mark.parametrize(
    ("menu", "entry"),
    [("People", "@bob"), ("Roles", "@Artist"), ("People and roles", "@Patron"), ("Channels", "#art")],
)
async def test_a_menu_of_the_server_sends_an_id(showcase: Showcase, tab: Tab, menu: str, entry: str) -> None:
    await tab.use("selects")

    await tab.choose(tab.message("used /selects"), menu, entry)

    await expect(tab.message("Chose")).to_contain_text(re.compile(r"Chose \['\d{15,}'\]"))


async def test_a_menu_of_several_sends_them_together(showcase: Showcase, tab: Tab) -> None:
    await tab.use("selects")
    message = tab.message("used /selects")

    await message.get_by_role("combobox", name="Shapes").click()
    await tab.offer("Circle").click()
    await tab.offer("Triangle").click()
    await tab.page.keyboard.press("Escape")

    await expect(tab.message("Chose")).to_contain_text("['circle', 'triangle']")


async def test_an_embed_shows_all_of_its_parts(showcase: Showcase, tab: Tab) -> None:
    await tab.use("embed")
    message = tab.message("A card")

    for text in ("Look:", "The author", "with emphasis", "Left", "Right", "The footer"):
        await expect(message).to_contain_text(text)
    await expect(message.get_by_role("link", name="A card")).to_have_attribute("href", "http://127.0.0.1/")
    image = message.get_by_role("link", name="Open image").locator("img")
    await expect(image).to_have_js_property("naturalWidth", 320)


async def test_markup_becomes_what_it_means(showcase: Showcase, tab: Tab) -> None:
    await tab.use("words")
    message = tab.message("a quote")

    await expect(message.get_by_role("heading", name="A heading")).to_be_visible()
    await expect(message.get_by_role("strong").filter(has_text="bold")).to_be_visible()
    await expect(message.get_by_role("emphasis")).to_have_text("italic")
    await expect(message.get_by_role("blockquote")).to_have_text("a quote")
    await expect(message.get_by_role("listitem")).to_have_text("a point")
    await expect(message.get_by_role("code").filter(has_text="print('fox')")).to_be_visible()
    await expect(message.get_by_role("time").filter(has_text="years ago")).to_be_visible()
