"""Forms: what can be entered, what is refused before it is sent, and where the focus goes."""

from pathlib import Path

import pytest
from playwright.async_api import FilePayload, expect

from tests.browser.showcase import Showcase
from tests.browser.tab import Tab


async def test_every_field_is_sent_with_what_was_entered(showcase: Showcase, tab: Tab) -> None:
    await tab.use("form")

    await tab.form.get_by_role("textbox", name="Name").fill("fox")
    await tab.choose(tab.form, "Shape", "Circle")
    await tab.form.get_by_role("radio", name="Large").check()
    await tab.form.get_by_role("checkbox", name="Hat").check()
    await tab.form.get_by_role("checkbox", name="Sure").check()
    await tab.form.get_by_role("button", name="Submit").click()

    await expect(tab.message("Entered")).to_contain_text("['fox', ['Circle'], 'Large', ['Hat'], True]")


@pytest.mark.parametrize(("entered", "sentence"), [("", "Fill in Name"), ("ab", "Name is a text")])
async def test_what_is_wrong_is_said_at_its_field(
    showcase: Showcase, tab: Tab, entered: str, sentence: str
) -> None:
    await tab.use("form")
    name = tab.form.get_by_role("textbox", name="Name")
    await name.fill(entered)

    await tab.form.get_by_role("button", name="Submit").click()

    await expect(tab.form.get_by_text(sentence)).to_be_visible()
    await expect(name).to_be_focused()
    await expect(name).to_have_attribute("aria-invalid", "true")


async def test_a_form_that_is_left_sends_nothing_and_gives_the_focus_back(
    showcase: Showcase, tab: Tab
) -> None:
    await tab.use("form")
    await expect(tab.form).to_be_visible()

    await tab.page.keyboard.press("Escape")

    await expect(tab.form).to_have_count(0)
    await expect(tab.line).to_be_focused()
    await expect(tab.messages).to_have_count(0)


async def test_the_focus_does_not_leave_an_open_form(showcase: Showcase, tab: Tab) -> None:
    await tab.use("form")
    await expect(tab.form.get_by_role("textbox", name="Name")).to_be_focused()

    for _ in range(20):
        await tab.page.keyboard.press("Tab")

        outside = "document.activeElement !== document.body && !document.activeElement.closest('dialog')"
        assert not await tab.page.evaluate(outside)


async def test_a_file_is_sent_with_a_form(showcase: Showcase, tab: Tab, tmp_path: Path) -> None:
    note = FilePayload(name="note.txt", mimeType="text/plain", buffer=b"12345")
    await tab.use("upload")

    await tab.form.locator("input[type=file]").set_input_files(note)
    await tab.choose(tab.form, "Friend", "@bob")
    await tab.form.get_by_role("button", name="Submit").click()

    await expect(tab.message("Got note.txt of 5 bytes for bob")).to_be_visible()
