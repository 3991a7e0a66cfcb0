"""Trouble made in the developer's drawer, and what a member sees of it."""

import pytest
from playwright.async_api import expect

from bot.sandbox.discord import LoopbackDiscord
from bot.sandbox.space import Budget, LoopbackSpace
from tests.browser.showcase import Showcase
from tests.browser.tab import Tab


@pytest.mark.parametrize(
    ("switch", "seen"),
    [
        ("Edits of replies are rate limited", "429"),
        ("Discord answers 500", "500"),
        ("the answer is lost", "cut off"),
        ("The connection is cut", "cut off"),
    ],
)
async def test_a_picture_arrives_once_the_trouble_is_over(
    imagine: None, tab: Tab, switch: str, seen: str
) -> None:
    drawer = await tab.developer()
    trouble = drawer.get_by_role("switch", name=switch)
    await trouble.check()

    await tab.use("imagine", prompt="a fox")
    await expect(drawer.get_by_role("row").filter(has_text=seen).first).to_be_visible()
    await trouble.uncheck()

    await expect(tab.pictures.get_by_role("img", name="a fox")).to_be_visible(timeout=40_000)


async def test_a_space_without_quota_is_told(imagine: None, tab: Tab) -> None:
    drawer = await tab.developer()
    await drawer.get_by_label("Mood").select_option("quota")

    await tab.use("imagine", prompt="a fox")

    await expect(tab.message("GPU quota is used up")).to_contain_text("Only you can see this")


async def test_what_waits_for_quota_is_drawn_when_it_returns(
    imagine: None, space: LoopbackSpace, tab: Tab
) -> None:
    space.budget = Budget(0, until=space.clock() + 3)
    await tab.use("imagine", prompt="a fox")
    await tab.message("GPU quota is used up").get_by_role("button", name="Draw it when quota returns").click()
    await expect(tab.message("waits for GPU quota")).to_contain_text("Only you can see this")

    await tab.use("queue")

    await expect(tab.message("a fox").get_by_role("button", name="Cancel")).to_be_visible()
    await expect(tab.pictures.get_by_role("img", name="a fox")).to_be_visible(timeout=20_000)


async def test_a_member_who_asks_for_too_much_is_told_which_limit_that_is(
    imagine: None, space: LoopbackSpace, tab: Tab
) -> None:
    space.seconds_per_step = 1.0
    for prompt in ("a fox", "an owl", "a hare"):
        await tab.use("imagine", prompt=prompt)
        await expect(tab.message(prompt).get_by_role("button", name="Cancel")).to_be_visible()

    await tab.use("imagine", prompt="a lynx")

    refusal = tab.message("The limit for you is 3 requests at a time")
    await expect(refusal).to_contain_text("Only you can see this")
    for prompt in ("a fox", "an owl", "a hare"):
        await tab.message(prompt).get_by_role("button", name="Cancel").click()
    await expect(tab.messages.filter(has_text="Cancelled")).to_have_count(3)


async def test_a_token_is_linked_and_forgotten(imagine: None, tab: Tab) -> None:
    await tab.use("token link")
    await tab.form.get_by_role("textbox").fill("hf_" + "a" * 34)
    await tab.form.get_by_role("button", name="Submit").click()
    await expect(tab.message("linked")).to_contain_text("Only you can see this")

    await tab.use("quota")
    await expect(tab.message("your own token")).to_be_visible()

    await tab.use("token forget")
    await expect(tab.message("forgot")).to_be_visible()


async def test_the_bot_comes_back_when_its_gateway_is_dropped(
    imagine: None, discord: LoopbackDiscord, tab: Tab
) -> None:
    drawer = await tab.developer()
    await expect(drawer.get_by_text("1 connection")).to_be_visible()

    await drawer.get_by_role("button", name="Drop").click()
    await tab.draw("a fox")

    assert len(discord.closed_gateways) == 1
    await expect(drawer.get_by_text("1 connection", exact=True)).to_be_visible()


async def test_requests_are_listed_as_they_are_made(showcase: Showcase, tab: Tab) -> None:
    drawer = await tab.developer()

    await tab.use("words")

    row = drawer.get_by_role("row").filter(has_text="callback").filter(has_text="POST")
    await expect(row.last).to_be_visible()


async def test_a_command_that_nobody_answers_is_told(showcase: Showcase, tab: Tab) -> None:
    await tab.use("silent")

    await expect(tab.page.get_by_text("The application did not respond")).to_be_visible()


async def test_a_button_that_nobody_answers_fails_under_its_message(showcase: Showcase, tab: Tab) -> None:
    await tab.use("components")
    message = tab.message("A section")

    await message.get_by_role("button", name="Ignored").click()

    await expect(message.get_by_role("alert")).to_have_text("This interaction failed")
