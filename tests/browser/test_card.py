"""The buttons and menus of a finished picture, pressed on the page."""

import re

from playwright.async_api import expect

from bot.sandbox.space import LoopbackSpace
from tests.browser.conftest import OpenTab
from tests.browser.tab import Tab


async def test_again_draws_another_one(imagine: None, tab: Tab) -> None:
    card = await tab.draw("a fox")

    await card.get_by_role("button", name="Again").click()

    await expect(tab.pictures).to_have_count(2)
    seeds = [re.search(r"seed (\d+)", text) for text in await tab.pictures.all_inner_texts()]
    assert len({seed[1] for seed in seeds if seed}) == 2


async def test_edit_opens_a_form_that_holds_the_picture_and_draws_what_was_changed(
    imagine: None, tab: Tab
) -> None:
    card = await tab.draw("a fox")

    await card.get_by_role("button", name="Edit").click()
    await expect(tab.form.get_by_label("Prompt", exact=False).first).to_have_value("a fox")
    await tab.form.get_by_label("Prompt", exact=False).first.fill("an owl")
    await tab.shoot("form")
    await tab.form.get_by_role("button", name="Submit").click()

    await expect(tab.form).to_have_count(0)
    await expect(tab.pictures.last.get_by_role("img", name="an owl")).to_be_visible()


async def test_same_seed_offers_what_to_change(imagine: None, tab: Tab) -> None:
    card = await tab.draw("a fox")

    await card.get_by_role("button", name="Same seed").click()
    await tab.choose(tab.message("one thing changed"), "What to change", "guidance")

    await expect(tab.pictures).to_have_count(2)
    await expect(tab.pictures.last).to_contain_text("Made from this picture")


async def test_details_are_for_the_one_who_asks(imagine: None, tab: Tab, open_tab: OpenTab) -> None:
    card = await tab.draw("a fox")
    other = await open_tab()
    await other.become("bob")

    await card.get_by_role("button", name="Details").click()
    await expect(tab.message("/imagine prompt:")).to_contain_text("Only you can see this")
    await other.say("Did I miss anything?")  # whatever was sent before has arrived with it

    await expect(other.message("Did I miss anything?")).to_be_visible()
    await expect(other.messages).to_have_count(2)


async def test_a_private_answer_can_be_dismissed(imagine: None, tab: Tab) -> None:
    card = await tab.draw("a fox")

    await card.get_by_role("button", name="Details").click()
    await tab.message("Only you can see this").get_by_role("button", name="Dismiss").click()

    await expect(tab.messages).to_have_count(1)


async def test_a_favourite_is_kept_and_shown_again(imagine: None, tab: Tab) -> None:
    card = await tab.draw("a fox")

    await card.get_by_role("button", name="Favourite").click()
    await expect(tab.message("among your favourites")).to_be_visible()
    await tab.use("imagine-favourites")

    await expect(tab.message("1 of 1").get_by_role("img", name="a fox")).to_be_visible()


async def test_what_is_deleted_is_gone_for_everybody(imagine: None, tab: Tab, open_tab: OpenTab) -> None:
    card = await tab.draw("a fox")
    other = await open_tab()
    await other.become("bob")
    await expect(other.pictures).to_have_count(1)

    await card.get_by_role("button", name="Delete").click()

    await expect(tab.pictures).to_have_count(0)
    await expect(other.messages).to_have_count(0)


async def test_a_private_picture_is_nobody_elses_until_it_is_shared(
    imagine: None, tab: Tab, open_tab: OpenTab
) -> None:
    other = await open_tab()
    await other.become("bob")
    card = await tab.draw("a fox", private="True")
    await tab.say("Look at this:")
    await expect(other.message("Look at this:")).to_be_visible()
    await expect(other.messages).to_have_count(1)

    await card.get_by_role("button", name="Share").click()

    await expect(other.pictures.get_by_role("img", name="a fox")).to_be_visible()


async def test_cancel_ends_what_is_being_drawn(imagine: None, space: LoopbackSpace, tab: Tab) -> None:
    space.seconds_per_step = 1.0
    await tab.use("imagine", prompt="a fox")

    await tab.message("a fox").get_by_role("button", name="Cancel").click()

    await expect(tab.messages.first).to_contain_text("Cancelled")
    assert await tab.pictures.count() == 0


async def test_a_messages_menu_has_the_bots_entries(imagine: None, tab: Tab) -> None:
    card = await tab.draw("a fox")

    await card.click(button="right", position={"x": 300, "y": 10})
    await tab.page.get_by_role("menuitem", name="Imagine: details").click()

    await expect(tab.message("/imagine prompt:")).to_contain_text("Only you can see this")
