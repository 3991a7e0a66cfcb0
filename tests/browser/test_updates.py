"""A change of one message touches nothing but that message, however long the channel is."""

from playwright.async_api import expect

from bot.sandbox.discord import LoopbackDiscord
from tests.browser.tab import Tab

LONG = 300  # messages
# The messages in whose elements something changed; "" stands for the list itself.
NOTE_CHANGES = """() => {
  const changed = window.changed = new Set();
  const idOf = (node) => (node.closest ? node : node.parentElement).closest(".message")?.dataset.id ?? "";
  const note = (records) => records.forEach((record) => changed.add(idOf(record.target)));
  const what = { childList: true, subtree: true, characterData: true, attributes: true };
  new MutationObserver(note).observe(document.querySelector("#messages"), what);
}"""


async def test_only_the_changed_message_is_touched(discord: LoopbackDiscord, tab: Tab) -> None:
    alice = discord.person("alice")
    said = [alice.say(f"message {number}", channel="art") for number in range(LONG)]
    await tab.go("art")
    await expect(tab.message(f"message {LONG - 1}")).to_be_visible()
    await tab.page.evaluate(NOTE_CHANGES)

    message = discord.world.messages[int(said[-3]["id"])]
    message.content = "changed"
    discord.core.edited(message)
    await expect(tab.message("changed")).to_be_visible()

    assert await tab.page.evaluate("[...changed]") == [said[-3]["id"]]


async def test_older_messages_come_when_they_are_scrolled_to(discord: LoopbackDiscord, tab: Tab) -> None:
    alice = discord.person("alice")
    for number in range(LONG):
        alice.say(f"message {number}.", channel="art")
    await tab.go("art")
    await expect(tab.message(f"message {LONG - 1}.")).to_be_in_viewport()

    while not await tab.message("message 0.").count():
        await tab.page.get_by_role("log").press("Home")

    await tab.page.get_by_role("log").press("Home")
    await expect(tab.page.get_by_text("This is the beginning of #art.")).to_be_in_viewport()
    await expect(tab.message("message 0.")).to_be_visible()


async def test_a_reader_of_old_messages_is_not_moved_by_new_ones(discord: LoopbackDiscord, tab: Tab) -> None:
    alice = discord.person("alice")
    for number in range(LONG):
        alice.say(f"message {number}.", channel="art")
    await tab.go("art")
    await expect(tab.message(f"message {LONG - 1}.")).to_be_in_viewport()
    await tab.page.get_by_role("log").press("PageUp")
    await tab.page.get_by_role("log").press("PageUp")
    await expect(tab.message(f"message {LONG - 1}.")).not_to_be_in_viewport()

    alice.say("something new", channel="art")
    await expect(tab.page.get_by_role("button", name="1 new message")).to_be_visible()
    await expect(tab.message("something new")).not_to_be_in_viewport()
    await tab.page.get_by_role("button", name="1 new message").click()

    await expect(tab.message("something new")).to_be_in_viewport()
