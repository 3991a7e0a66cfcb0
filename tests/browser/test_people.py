"""Who somebody is decides what is on their page: commands, channels, languages, private answers."""

from playwright.async_api import expect

from tests.browser.conftest import OpenTab
from tests.browser.showcase import Showcase
from tests.browser.tab import Tab


async def test_a_member_does_not_find_a_moderators_command(showcase: Showcase, tab: Tab) -> None:
    await tab.line.fill("/")
    await expect(tab.offer("/hello")).to_be_visible()
    await expect(tab.offer("/tidy")).to_have_count(0)

    await tab.become("mona")
    await tab.use("tidy")

    await expect(tab.message("Tidied")).to_be_visible()


async def test_a_role_brings_its_commands_at_once(showcase: Showcase, tab: Tab) -> None:
    await tab.page.get_by_role("checkbox", name="Moderator").check()

    await tab.use("tidy")

    await expect(tab.message("Tidied")).to_be_visible()


async def test_an_age_restricted_command_is_in_an_age_restricted_channel_alone(
    showcase: Showcase, tab: Tab
) -> None:
    await tab.line.fill("/d")
    await expect(tab.offer("/words")).to_be_visible()
    await expect(tab.offer("/daring")).to_have_count(0)

    await tab.go("mature")
    await tab.use("daring")

    await expect(tab.message("Dared")).to_be_visible()


async def test_the_language_is_the_interactions_and_the_commands(showcase: Showcase, tab: Tab) -> None:
    await tab.page.get_by_role("combobox", name="Language").select_option("de")

    await tab.use("hallo")

    await expect(tab.message("You speak de")).to_be_visible()


async def test_a_bot_answers_in_its_direct_messages(showcase: Showcase, tab: Tab) -> None:
    await tab.go("imagine")

    await tab.use("hello")

    await expect(tab.message("You speak en-US")).to_be_visible()


async def test_a_guilds_command_is_not_offered_in_direct_messages(imagine: None, tab: Tab) -> None:
    await tab.go("imagine")

    await tab.line.press_sequentially("/imagine")

    await expect(tab.offers).to_have_count(0)


async def test_a_thread_is_a_channel_of_its_own(showcase: Showcase, tab: Tab) -> None:
    await tab.say("Above")
    await tab.go("fox-thread")
    await tab.say("Below")

    await expect(tab.message("Below")).to_be_visible()
    await expect(tab.messages).to_have_count(1)


async def test_a_private_answer_is_not_there_for_whom_one_becomes(showcase: Showcase, tab: Tab) -> None:
    await tab.say("For all")
    await tab.use("hello")
    await expect(tab.message("You speak")).to_be_visible()

    await tab.become("bob")

    await expect(tab.message("For all")).to_be_visible()
    await expect(tab.messages).to_have_count(1)


async def test_what_one_says_another_reads(showcase: Showcase, tab: Tab, open_tab: OpenTab) -> None:
    other = await open_tab()
    await other.become("bob")

    await tab.say("**Hello** bob")

    await expect(other.message("Hello bob").get_by_text("Hello", exact=True)).to_have_css(
        "font-weight", "700"
    )


async def test_a_persons_menu_has_the_bots_entries(showcase: Showcase, tab: Tab) -> None:
    await tab.page.get_by_role("button", name="More for bob").click()
    await tab.page.get_by_role("menuitem", name="Greet").click()

    await expect(tab.message("Hello @bob")).to_be_visible()
