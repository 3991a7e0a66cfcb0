"""Points in time, in the words of the reader's language."""

import pytest

from tests.browser.tab import Tab

WORDING = """async ([seconds, style, now, locale]) =>
    (await import('/page/static/timestamps.js')).wording(seconds, style, now, locale)"""


@pytest.mark.parametrize(
    ("distance", "locale", "words"),
    [
        (0, "en-US", "now"),
        (30, "en-US", "in 30 seconds"),
        (-90, "en-US", "1 minute ago"),
        (7_200, "en-US", "in 2 hours"),
        (-86_400, "en-US", "yesterday"),
        (-90_000_000, "en-US", "2 years ago"),
        (7_200, "de", "in 2 Stunden"),
    ],
)
async def test_a_relative_time_is_told_in_its_largest_unit(
    tab: Tab, distance: int, locale: str, words: str
) -> None:
    assert await tab.page.evaluate(WORDING, [1_000_000 + distance, "R", 1_000_000, locale]) == words


@pytest.mark.parametrize(
    ("style", "locale", "words"),
    [("d", "en-US", "1/15/24"), ("D", "en-US", "January 15, 2024"), ("D", "de", "15. Januar 2024")],
)
async def test_a_date_is_told_as_the_language_does(tab: Tab, style: str, locale: str, words: str) -> None:
    assert await tab.page.evaluate(WORDING, [1_705_320_000, style, 0, locale]) == words


async def test_a_time_beyond_the_calendar_stays_text(tab: Tab) -> None:
    shown = await tab.page.evaluate(
        "async () => (await import('/page/static/timestamps.js')).timeElement(9999999999999, 'R', 'en-US')"
    )

    assert shown == "<t:9999999999999:R>"
