"""The order in which the page keeps a channel's messages, whichever way they come."""

from typing import Any

from tests.browser.tab import Tab

PLAY = """async (steps) => {
    const { History } = await import('/page/static/history.js');
    const history = new History();
    for (const [step, given] of steps) history[step](given);
    return history.entries.map(({ payload }) => `${payload.id} ${payload.content}`);
}"""


def said(message_id: str, content: str = "") -> dict[str, Any]:
    return {"id": message_id, "content": content}


async def test_messages_are_in_the_order_of_their_ids(tab: Tab) -> None:
    steps = [["put", said("1000")], ["put", said("999")], ["put", said("1001")], ["fill", [said("998")]]]

    assert await tab.page.evaluate(PLAY, steps) == ["998 ", "999 ", "1000 ", "1001 "]


async def test_the_last_that_was_heard_of_a_message_counts(tab: Tab) -> None:
    steps = [["put", said("1", "old")], ["put", said("1", "new")]]

    assert await tab.page.evaluate(PLAY, steps) == ["1 new"]


async def test_a_page_that_comes_late_changes_nothing_that_was_heard_since_it_was_asked_for(tab: Tab) -> None:
    steps = [["put", said("2", "new")], ["remove", "1"], ["fill", [said("1", "old"), said("2", "old")]]]

    assert await tab.page.evaluate(PLAY, steps) == ["2 new"]


async def test_a_message_that_is_gone_does_not_return(tab: Tab) -> None:
    steps = [["put", said("1")], ["remove", "1"], ["put", said("1", "again")]]

    assert await tab.page.evaluate(PLAY, steps) == []
