"""A tab in which somebody uses the page, by the names and roles that a screen reader tells."""

import os
import re
from pathlib import Path

from playwright.async_api import FilePayload, Locator, Page, expect

WIDE_PARTS = """[...document.querySelectorAll("html, nav, aside, main, header, form, dialog, [role=log]")]
  .filter((part) => part.checkVisibility() && part.scrollWidth > part.clientWidth)
  .map((part) => `${part.tagName} ${part.id}: ${part.scrollWidth} in ${part.clientWidth}`)"""
SETTLED = """Promise.all(document.getAnimations()
  .filter((one) => one.effect.getTiming().iterations === 1).map((one) => one.finished))"""


class Tab:
    """One tab.

    Attributes:
        page: Playwright's page.
    """

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def composer(self) -> Locator:
        """The composer with all that is in it."""
        return self.page.get_by_role("form", name="Message")

    @property
    def line(self) -> Locator:
        """The composer's line."""
        return self.page.get_by_role("combobox", name=re.compile(r"^Message [#@]"))

    @property
    def offers(self) -> Locator:
        """The entries of the list that is open."""
        return self.page.get_by_role("listbox").get_by_role("option")

    @property
    def messages(self) -> Locator:
        """Every message, oldest first."""
        return self.page.get_by_role("log").get_by_role("article")

    @property
    def pictures(self) -> Locator:
        """The cards of finished pictures, oldest first."""
        return self.messages.filter(has_text="seed").filter(has=self.page.get_by_role("button", name="Again"))

    @property
    def form(self) -> Locator:
        """The form that is open."""
        return self.page.get_by_role("dialog")

    def message(self, text: str) -> Locator:
        """Return the newest message in which a text is read."""
        return self.messages.filter(has_text=text).last

    def offer(self, name: str) -> Locator:
        """Return an entry of the list that is open."""
        return self.offers.filter(has=self.page.get_by_text(name, exact=True))

    def field(self, option: str) -> Locator:
        """Return the field of an option of the chosen command."""
        return self.composer.get_by_label(option, exact=True).and_(self.composer.locator("input"))

    async def ready(self) -> None:
        """Wait until the page can be used: the composer takes text, and knows the commands."""
        await self.line.fill("/")
        await expect(self.offers.first).to_be_visible()
        await self.line.fill("")

    async def pick(self, command: str) -> None:
        """Choose a command from the list that a slash opens."""
        await self.line.fill(f"/{command}")
        await self.offer(f"/{command}").click()

    async def add(self, option: str) -> None:
        """Add an option to the chosen command, unless it is there."""
        if not await self.field(option).count():
            await self.composer.get_by_role("combobox", name="+ option").fill(option)
            await self.offer(option).click()

    async def give(self, option: str, value: str) -> None:
        """Fill in an option of the chosen command; one that is not there is added first."""
        await self.add(option)
        await self.field(option).fill(value)

    async def attach(self, option: str, file: FilePayload) -> None:
        """Give a file as an option of the chosen command."""
        await self.add(option)
        await self.field(option).set_input_files(file)

    async def send(self) -> None:
        """Send what is in the composer."""
        await self.composer.get_by_role("button", name="Send").click()

    async def use(self, command: str, **options: str) -> None:
        """Choose a command, fill it in, and send it."""
        await self.pick(command)
        for option, value in options.items():
            await self.give(option, value)
        await self.send()

    async def draw(self, prompt: str, **options: str) -> Locator:
        """Use `/imagine` and return the card of the finished picture."""
        await self.use("imagine", prompt=prompt, **options)
        await expect(self.pictures.last).to_be_visible()
        return self.pictures.last

    async def say(self, text: str) -> None:
        """Write a message."""
        await self.line.fill(text)
        await self.send()

    async def choose(self, where: Locator, menu: str, entry: str) -> None:
        """Choose the first entry of a menu whose label begins with a text."""
        await where.get_by_role("combobox", name=menu, exact=True).click()
        await self.offers.filter(has_text=re.compile(rf"^{re.escape(entry)}")).first.click()

    async def become(self, name: str) -> None:
        """Go on as somebody else."""
        radio = self.page.get_by_role("radio", name=re.compile(f"^{name}"))
        await radio.check()
        mine = self.page.get_by_role("listitem").filter(has_text=re.compile(rf"{name}.*you", re.DOTALL))
        await expect(mine).to_be_visible()
        await self.ready()

    async def developer(self) -> Locator:
        """Open the developer's drawer."""
        await self.page.get_by_role("button", name="Developer").click()
        drawer = self.page.get_by_role("complementary", name="Developer")
        await expect(drawer).to_be_visible()
        return drawer

    async def reach(self, target: Locator) -> None:
        """Move the focus backwards until it is where it should be."""
        for _ in range(100):
            if await target.evaluate("(element) => element === document.activeElement"):
                return
            await self.page.keyboard.press("Shift+Tab")
        raise AssertionError("the keyboard does not reach it")

    async def go(self, channel: str) -> None:
        """Go to a channel."""
        await (
            self.page.get_by_role("navigation")
            .get_by_role("button", name=re.compile(rf"^{channel}\b"))
            .click()
        )
        await expect(self.page.get_by_role("heading", level=1)).to_contain_text(channel)

    async def wide_parts(self) -> list[str]:
        """Return which parts of the page scroll sideways."""
        found: list[str] = await self.page.evaluate(WIDE_PARTS)
        return found

    async def settled(self) -> None:
        """Wait until what fades in has done so."""
        await self.page.evaluate(SETTLED)

    async def shoot(self, name: str) -> None:
        """Keep a picture of the tab in the folder that SCREENSHOTS names; without one, do nothing."""
        if folder := os.environ.get("SCREENSHOTS"):
            await self.settled()
            await self.page.screenshot(path=Path(folder) / f"{name}.png")
