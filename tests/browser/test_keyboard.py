"""The page without a mouse."""

from playwright.async_api import expect

from tests.browser.tab import Tab


async def test_a_picture_can_be_asked_for_and_drawn_again(imagine: None, tab: Tab) -> None:
    await expect(tab.line).to_be_editable()
    keyboard = tab.page.keyboard

    await keyboard.press("Tab")
    await expect(tab.page.get_by_role("link", name="Skip to the message box")).to_be_focused()
    await keyboard.press("Enter")
    await keyboard.press("Tab")
    await expect(tab.line).to_be_focused()
    await keyboard.type("/imagine")
    await expect(tab.offer("/imagine")).to_be_visible()
    await keyboard.press("Enter")
    await keyboard.type("a fox")
    await keyboard.press("Enter")
    await expect(tab.pictures).to_have_count(1)
    await tab.reach(tab.pictures.get_by_role("button", name="Again"))
    await keyboard.press("Enter")

    await expect(tab.pictures).to_have_count(2)


async def test_a_messages_menu_opens_moves_and_closes(imagine: None, tab: Tab) -> None:
    card = await tab.draw("a fox")
    more = card.get_by_role("button", name="More")
    await tab.reach(more)

    await tab.page.keyboard.press("Enter")
    await expect(tab.page.get_by_role("menuitem").first).to_be_focused()
    await tab.page.keyboard.press("ArrowDown")
    await expect(tab.page.get_by_role("menuitem").nth(1)).to_be_focused()
    await tab.page.keyboard.press("Escape")

    await expect(tab.page.get_by_role("menu")).to_be_hidden()
    await expect(more).to_be_focused()
