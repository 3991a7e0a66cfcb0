"""What a moderator sets on the page, and what a member then gets."""

from playwright.async_api import Locator, expect

from tests.browser.tab import Tab

EDIT_STEPS = -1  # the last button "Edit" of the panel's first page


async def panel(tab: Tab) -> Locator:
    """Open the panel as a moderator, and return it."""
    await tab.become("mona")
    await tab.use("settings")
    shown = tab.message("Settings of this server")
    await expect(shown).to_contain_text("Only you can see this")
    return shown


async def test_what_a_moderator_sets_a_members_next_picture_obeys(imagine: None, tab: Tab) -> None:
    shown = await panel(tab)
    await tab.shoot("settings")

    await shown.get_by_role("button", name="Edit").nth(EDIT_STEPS).click()
    await tab.form.get_by_role("textbox").fill("7")
    await tab.form.get_by_role("button", name="Submit").click()
    await expect(shown).to_contain_text("Steps: 7")

    await tab.become("alice")
    await expect(await tab.draw("a fox")).to_contain_text("7 steps")


async def test_what_does_not_fit_is_said_and_not_saved(imagine: None, tab: Tab) -> None:
    shown = await panel(tab)

    await shown.get_by_role("button", name="Edit").nth(EDIT_STEPS).click()
    await tab.form.get_by_role("textbox").fill("700")
    await tab.form.get_by_role("button", name="Submit").click()

    await expect(tab.message("1 to 50")).to_contain_text("Only you can see this")
    await expect(shown).to_contain_text("Steps: 40")


async def test_a_change_is_taken_back_from_the_history(imagine: None, tab: Tab) -> None:
    shown = await panel(tab)
    await shown.get_by_role("button", name="Edit").nth(EDIT_STEPS).click()
    await tab.form.get_by_role("textbox").fill("7")
    await tab.form.get_by_role("button", name="Submit").click()
    await expect(shown).to_contain_text("Steps: 7")

    await shown.get_by_role("button", name="History").click()
    await tab.messages.get_by_role("button", name="Undo").click()
    apply = tab.messages.get_by_role("button", name="Apply")
    await apply.click()
    await expect(apply).to_have_count(0)

    await tab.become("alice")
    await expect(await tab.draw("a fox")).to_contain_text("40 steps")


async def test_a_member_is_not_offered_the_settings(imagine: None, tab: Tab) -> None:
    await tab.line.fill("/settings")
    await expect(tab.offers.filter(has_text="settings")).to_have_count(0)

    await tab.become("mona")
    await tab.line.fill("/settings")
    await expect(tab.offer("/settings")).to_be_visible()


async def test_a_picture_is_reported_and_deleted_by_a_moderator(imagine: None, tab: Tab) -> None:
    await tab.draw("a fox")
    await tab.become("bob")
    await tab.pictures.last.get_by_role("button", name="Report").click()
    await tab.form.get_by_role("textbox").fill("not for here")
    await tab.form.get_by_role("button", name="Submit").click()
    await expect(tab.message("Thank")).to_contain_text("Only you can see this")

    await tab.become("mona")
    await tab.use("reports")
    await tab.message("not for here").get_by_role("button", name="Delete").click()

    await expect(tab.messages.filter(has=tab.page.get_by_role("button", name="Again"))).to_have_count(0)
