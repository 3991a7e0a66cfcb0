"""The sandbox's page in a real Chromium: how soon it can be used, and how it bears a long channel.

    python benchmarks/page.py

Needs Chromium, as the browser tests do. The browser, the servers and the bot share the machine's cores.
Python keeps compiled modules, as it does by itself: the first start after a change of the code is slower.
"""

import argparse
import asyncio
import os
import shutil
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.async_api import Browser, async_playwright

from bot.sandbox.discord import LoopbackDiscord
from bot.sandbox.discord.model import Message
from bot.sandbox.page import Page as SandboxPage
from bot.sandbox.page import furnish
from bot.sandbox.space import LoopbackSpace

ROOT = Path(__file__).parents[1]
MESSAGES = 1000
UPDATES = 50  # at 10 a second
SCROLL = """async (seconds) => {
  const log = document.querySelector("[role=log]");
  const frames = [];
  const until = performance.now() + seconds * 1000;
  let [last, step] = [performance.now(), -40];
  while (last < until) {
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - last);
    last = now;
    log.scrollTop += step;
    if (log.scrollTop <= 0 || log.scrollTop + log.clientHeight >= log.scrollHeight - 1) step = -step;
  }
  return frames.slice(1);
}"""
# When an event reaches the page, and when its message has changed.
NOTE_UPDATES = """
window.updates = [];
window.EventSource = class extends EventSource {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", () => { window.heard = performance.now(); });
  }
};
window.noteUpdates = () => {
  const noted = () => { window.updates.push(performance.now() - window.heard); };
  const what = { childList: true, subtree: true, characterData: true, attributes: true };
  new MutationObserver(noted).observe(document.querySelector("#messages"), what);
};
"""


async def _started(browser: Browser) -> tuple[float, float]:
    """Return the seconds from the demo's start until it tells its address, and until the page is usable."""
    page = await browser.new_page()
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--no-browser"),
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        url = await _address(process.stdout)
        printed = time.perf_counter() - began
        await page.goto(url)
        await page.get_by_role("combobox", name="Message").fill("/imagine")
        option = page.get_by_role("option", name="/imagine").first
        # `wait_for` looks less and less often, in the end twice a second, and would tell as much later.
        while not await option.is_visible():  # noqa: ASYNC110 # a browser sets no Event of ours
            await asyncio.sleep(0.01)
        usable = time.perf_counter() - began
        await page.close()
    finally:
        process.terminate()
        await process.wait()
    return printed, usable


async def _address(said: asyncio.StreamReader | None) -> str:
    if said is not None:
        async for line in said:
            for word in line.decode().split():
                if word.startswith("http://127.0.0.1:"):
                    return word
    raise RuntimeError("the demo told no address")


def _card(discord: LoopbackDiscord, number: int) -> Message:
    """Return a card of the bot, as large as Imagine's."""
    text = {"type": 10, "content": f"> fox number {number}\n-# 1024 × 1024 · 40 steps · seed `{number}`"}
    buttons = [
        {"type": 2, "style": 2, "label": label, "custom_id": f"{number}{label}"}
        for label in ("Again", "Edit", "Same seed", "Details")
    ]
    world, now = discord.world, discord.core.clock()
    return Message(
        id=world.snowflakes.next(now),
        channel=discord.channel("general"),
        author=world.bot,
        created_at=now,
        flags=1 << 15,
        components=[{"type": 17, "components": [text, {"type": 1, "components": buttons}]}],
    )


async def _channel(browser: Browser) -> tuple[list[float], list[float], list[float]]:
    """Return milliseconds: of frames while scrolling, the same while messages change, and of changes."""
    async with LoopbackSpace() as space:
        discord = LoopbackDiscord()
        furnish(discord)
        discord.serve(SandboxPage(discord, space).routes)
        async with discord:
            page = await browser.new_page(viewport={"width": 1600, "height": 1000})
            await page.add_init_script(NOTE_UPDATES)
            await page.goto(discord.world.origin)
            await page.get_by_role("combobox", name="Message").wait_for()
            cards = [_card(discord, number) for number in range(MESSAGES)]
            for card in cards:
                discord.core.posted(card)
            await page.locator(".message").nth(MESSAGES - 1).wait_for(state="attached")
            still = await page.evaluate(SCROLL, 5)
            await page.evaluate("noteUpdates()")
            changing = asyncio.create_task(_change(discord, cards))
            moving = await page.evaluate(SCROLL, UPDATES / 10)
            await changing
            return still, moving, await page.evaluate("updates")


async def _change(discord: LoopbackDiscord, cards: Sequence[Message]) -> None:
    for number in range(UPDATES):
        card = cards[-1 - number % 20]
        card.components[0]["components"][0]["content"] = f"> changed {number} times"
        discord.core.edited(card)
        await asyncio.sleep(0.1)


def _row(name: str, values: Sequence[float]) -> None:
    p99 = statistics.quantiles(values, n=100, method="inclusive")[98]
    print(f"| {name} | {len(values)} | {statistics.median(values):.1f} | {p99:.1f} | {max(values):.1f} |")


async def _measure(chromium: str, starts: int) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=["--disable-gpu"], chromium_sandbox=os.geteuid() != 0
        )
        print("| start | address printed after s | usable after s |\n|---|---|---|")
        for number in range(starts):
            printed, usable = await _started(browser)
            print(f"| {number + 1} | {printed:.2f} | {usable:.2f} |")
        still, moving, changes = await _channel(browser)
        await browser.close()
    print(f"\n| {MESSAGES} messages | measured | median ms | p99 ms | worst ms |\n|---|---|---|---|---|")
    _row("a frame while scrolling", still)
    _row("a frame while scrolling, 10 changes a second", moving)
    _row("from a change's arrival to the changed message", changes)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--starts", type=int, default=5)
    given = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        sys.exit("There is no Chromium; name the program in CHROMIUM.")
    asyncio.run(_measure(chromium, given.starts))


if __name__ == "__main__":
    main()
