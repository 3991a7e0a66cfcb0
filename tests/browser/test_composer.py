"""The composer: what is offered, what is refused, what is sent."""

import pytest
from playwright.async_api import FilePayload, expect

from tests.browser.showcase import Showcase
from tests.browser.tab import Tab


async def test_the_best_match_is_first(showcase: Showcase, tab: Tab) -> None:
    await tab.line.fill("/sel")

    await expect(tab.offers.first).to_contain_text("/selects")


async def test_an_option_offers_what_the_bot_suggests(showcase: Showcase, tab: Tab) -> None:
    await tab.pick("colour")
    await tab.give("name", "a")
    await expect(tab.offers).to_have_text(["Amber", "Azure"])

    await tab.give("name", "te")
    await tab.offer("Teal").click()
    await tab.send()

    await expect(tab.message("Painted teal")).to_be_visible()


async def test_every_kind_of_option_is_sent_as_its_kind(showcase: Showcase, tab: Tab) -> None:
    await tab.pick("everything")
    for option, value in {"text": "fox", "number": "3", "share": "0.25"}.items():
        await tab.give(option, value)
    for option, entry in {"shape": "square", "loud": "True", "friend": "@bob", "place": "#art"}.items():
        await tab.give(option, entry)
        await tab.offer(entry).click()
    await tab.attach("file", FilePayload(name="note.txt", mimeType="text/plain", buffer=b"12345"))
    await tab.send()

    await expect(tab.message("Given")).to_contain_text("('fox', 3, 'square', 0.25, True, 'bob', 'art', 5)")


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("text", "", "Fill in text."),
        ("text", "far too long", "text is a text"),
        ("number", "six", "number is a whole number."),
        ("number", "6", "number is a number"),
        ("share", "2", "share is a number"),
        ("friend", "nobody", "Pick friend from the list."),
    ],
)
async def test_a_wrong_value_is_told_and_not_sent(
    showcase: Showcase, tab: Tab, option: str, value: str, sentence: str
) -> None:
    given = {"text": "fox", "number": "3"} | {option: value}

    await tab.use("everything", **given)

    await expect(tab.composer.get_by_text(sentence)).to_be_visible()
    await expect(tab.messages).to_have_count(0)


async def test_a_command_can_be_written_in_one_line(showcase: Showcase, tab: Tab) -> None:
    await tab.line.fill("/settings limits most: 7")
    await tab.line.press("Enter")

    await expect(tab.message("At most 7")).to_be_visible()


async def test_a_command_that_is_not_there_is_told(showcase: Showcase, tab: Tab) -> None:
    await tab.line.fill("/nothing")
    await tab.line.press("Enter")

    await expect(tab.page.get_by_text("There is no command /nothing here.")).to_be_visible()


async def test_arrow_up_brings_the_last_command_back(showcase: Showcase, tab: Tab) -> None:
    await tab.use("settings limits", most="7")
    await expect(tab.message("At most 7")).to_be_visible()

    await tab.line.press("ArrowUp")

    await expect(tab.field("most")).to_have_value("7")
