"""The editor: the latest state wins, one edit at a time."""

import asyncio

from bot.delivery.editor import LatestWins


class Screen:
    """Shows states one at a time, each only when it is let through."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.began = asyncio.Event()
        self.let_through = asyncio.Event()

    async def edit(self, state: str) -> None:
        self.began.set()
        await self.let_through.wait()
        self.shown.append(state)


async def test_states_that_a_newer_one_overtakes_are_never_shown() -> None:
    screen = Screen()
    async with LatestWins(screen.edit, interval=0) as editor:
        editor.show("first")
        await screen.began.wait()
        for state in ("second", "third", "last"):
            editor.show(state)
        screen.let_through.set()
        while len(screen.shown) < 2:
            await asyncio.sleep(0)

    assert screen.shown == ["first", "last"]


async def test_showing_never_waits_for_an_edit() -> None:
    screen = Screen()
    async with LatestWins(screen.edit, interval=0) as editor:
        for number in range(1000):
            editor.show(str(number))

        assert screen.shown == []
        screen.let_through.set()


async def test_closing_waits_for_the_edit_in_flight_and_begins_no_other() -> None:
    screen = Screen()
    async with LatestWins(screen.edit, interval=0) as editor:
        editor.show("first")
        await screen.began.wait()
        editor.show("second")
        closing = asyncio.create_task(editor.close())
        await asyncio.sleep(0)
        assert not closing.done()
        screen.let_through.set()
        await closing

    assert screen.shown == ["first"]


async def test_an_unchanged_state_is_no_edit() -> None:
    screen = Screen()
    screen.let_through.set()
    async with LatestWins(screen.edit, interval=0) as editor:
        for state in ("same", "same", "other"):
            editor.show(state)
            while state not in screen.shown:
                await asyncio.sleep(0)

    assert screen.shown == ["same", "other"]


async def test_closing_does_not_wait_for_the_interval() -> None:
    screen = Screen()
    screen.let_through.set()
    async with asyncio.timeout(5), LatestWins(screen.edit, interval=3600) as editor:
        editor.show("first")
        while not screen.shown:
            await asyncio.sleep(0)

    assert screen.shown == ["first"]
