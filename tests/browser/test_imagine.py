"""`/imagine` on the page, from the slash to the picture."""

from playwright.async_api import expect

from bot.sandbox.space import LoopbackSpace
from tests.browser.conftest import OpenTab
from tests.browser.showcase import Showcase
from tests.browser.tab import Tab

# Every address that an image of a message ever had.
COLLECT = """() => {
  const seen = window.seen = new Set();
  const note = (image) => seen.add(new URL(image.src).pathname);
  const look = () => document.querySelectorAll("article img").forEach(note);
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
}"""


async def test_previews_follow_each_other_until_the_picture_is_there(
    imagine: None, space: LoopbackSpace, tab: Tab
) -> None:
    space.seconds_per_step = 0.2
    await tab.page.evaluate(COLLECT)

    await tab.use("imagine", prompt="a fox", steps="20")

    await expect(tab.message("step")).to_be_visible()
    await expect(tab.message("seed").get_by_role("img", name="a fox")).to_have_js_property(
        "naturalWidth", 1024
    )
    assert await tab.page.evaluate("seen.size") >= 3


async def test_a_picture_opens_large_and_gives_the_focus_back(imagine: None, tab: Tab) -> None:
    card = await tab.draw("a fox")
    link = card.get_by_role("link", name="a fox")
    viewer = tab.page.get_by_role("dialog", name="Image viewer")

    await link.click()
    await expect(viewer.get_by_role("img", name="a fox")).to_have_js_property("naturalWidth", 1024)
    await tab.shoot("lightbox")
    await tab.page.keyboard.press("Escape")

    await expect(viewer).to_have_count(0)
    await expect(link).to_be_focused()


async def test_everybody_in_the_channel_sees_it_come(imagine: None, tab: Tab, open_tab: OpenTab) -> None:
    other = await open_tab()
    await other.become("bob")

    await tab.draw("a fox")

    await expect(other.message("seed").get_by_role("img", name="a fox")).to_be_visible()
    await expect(other.message("seed")).to_contain_text("alice used /imagine")


async def test_one_picture_is_finished_and_another_is_being_drawn(
    imagine: None, space: LoopbackSpace, open_tab: OpenTab
) -> None:
    tab = await open_tab(viewport={"width": 1440, "height": 1000})
    await tab.go("art")
    await tab.draw("a fox in the snow", aspect_ratio="16:9")
    space.seconds_per_step = 0.5
    await tab.become("bob")

    await tab.use("imagine", prompt="a lighthouse in a storm", aspect_ratio="16:9")

    drawing = tab.message("of 40")
    await expect(drawing.get_by_role("img", name="a lighthouse in a storm")).to_be_visible()
    await expect(tab.message("seed").get_by_role("button", name="Again")).to_be_visible()
    await tab.shoot("imagine")
    await drawing.get_by_role("button", name="Cancel").click()
    await expect(tab.message("Cancelled")).to_be_visible()


async def test_the_picture_is_there_after_a_reload(imagine: None, tab: Tab) -> None:
    await tab.draw("a fox")

    await tab.page.reload()

    await expect(tab.message("seed").get_by_role("img", name="a fox")).to_be_visible()


async def test_a_spoiler_is_veiled_until_it_is_asked_for(imagine: None, tab: Tab) -> None:
    await tab.use("imagine", prompt="a fox", spoiler="True")
    link = tab.pictures.get_by_role("link", name="a fox")
    await link.focus()
    await expect(link).not_to_be_focused()

    await tab.pictures.get_by_role("button", name="Show spoiler").click()
    await link.focus()

    await expect(link).to_be_focused()


async def test_the_bot_is_thinking_until_it_has_thought(showcase: Showcase, tab: Tab) -> None:
    await tab.use("think")

    await expect(tab.message("is thinking…")).to_be_visible()
    showcase.thought.set()
    await expect(tab.message("Thought")).to_be_visible()
    await expect(tab.messages).to_have_count(1)
