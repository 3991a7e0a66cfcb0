"""The preview pump: showing never waits, the latest state wins."""

import asyncio
import logging

import pytest

from bot.delivery.editor import Pump


class Screen:
    """Shows a state when it is let through."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.shown: list[str] = []
        self.wait = 0.0
        self.let_through = asyncio.Event()
        self.pump: Pump[str] = Pump(self.edit, wait=lambda: self.wait)

    async def edit(self, state: str) -> None:
        self.begun.append(state)
        await self.let_through.wait()
        self.shown.append(state)

    async def until_begun(self, state: str) -> None:
        async with asyncio.timeout(5):
            while state not in self.begun:
                await asyncio.sleep(0)


@pytest.fixture
async def screen() -> Screen:
    return Screen()


async def test_a_state_that_is_overtaken_is_never_shown(screen: Screen) -> None:
    async with screen.pump as pump:
        pump.show("first")
        await screen.until_begun("first")
        pump.show("second")
        pump.show("third")
        screen.let_through.set()
        await screen.until_begun("third")

    assert screen.begun == ["first", "third"]


async def test_stopping_cuts_off_the_edit_in_flight_and_begins_no_other(screen: Screen) -> None:
    async with screen.pump as pump:
        pump.show("first")
        await screen.until_begun("first")
        pump.show("second")
        await pump.stop()
        screen.let_through.set()
        await asyncio.sleep(0)

    assert (screen.begun, screen.shown) == (["first"], [])


async def test_stopping_waits_for_no_interval(screen: Screen) -> None:
    screen.wait = 3600.0
    async with asyncio.timeout(5), screen.pump as pump:
        pump.show("first")
        await asyncio.sleep(0)
        await pump.stop()

    assert screen.begun == []


async def test_an_unchanged_state_is_no_edit_unless_it_is_asked_for(screen: Screen) -> None:
    screen.let_through.set()
    async with screen.pump as pump:
        pump.show("same")
        await screen.until_begun("same")
        pump.show("same")
        await asyncio.sleep(0.01)
        assert screen.shown == ["same"]
        pump.show_again()
        pump.show("other")
        await screen.until_begun("other")


async def test_a_state_can_be_shown_again(screen: Screen) -> None:
    screen.let_through.set()
    async with asyncio.timeout(5), screen.pump as pump:
        pump.show("same")
        await screen.until_begun("same")
        pump.show_again()
        while screen.shown != ["same", "same"]:
            await asyncio.sleep(0)


async def test_a_bug_in_the_showing_ends_the_showing_alone(caplog: pytest.LogCaptureFixture) -> None:
    async def edit(state: str) -> None:
        raise ZeroDivisionError(state)

    async with Pump(edit, wait=lambda: 0.0) as pump:
        pump.show("first")
        await asyncio.sleep(0.01)
        pump.show("second")

    assert "the previews broke off" in caplog.text
    assert caplog.records[0].levelno == logging.ERROR
