"""The journal: what has changed since a reader last looked."""

import asyncio

import pytest

from bot.sandbox.discord.bell import Bell
from bot.sandbox.discord.journal import (
    CommandsChanged,
    Journal,
    MessageChanged,
    PeopleChanged,
    RequestLogged,
    TooFarBehind,
)


def test_a_reader_gets_what_is_new_in_its_order() -> None:
    journal = Journal(Bell(), start=10)
    journal.note(MessageChanged(1))
    journal.note(CommandsChanged())
    journal.note(MessageChanged(2))

    assert journal.since(11) == [(12, CommandsChanged()), (13, MessageChanged(2))]
    assert journal.since(journal.position) == []


def test_a_thing_that_changes_again_stands_at_its_latest_change_only() -> None:
    journal = Journal(Bell())
    for number in (1, 2, 1):
        journal.note(MessageChanged(number))

    assert journal.since(0) == [(2, MessageChanged(2)), (3, MessageChanged(1))]


def test_each_request_is_a_thing_of_its_own() -> None:
    journal = Journal(Bell())
    for _ in range(2):
        journal.note(RequestLogged({"method": "GET"}))

    assert len(journal.since(0)) == 2


def test_a_reader_who_missed_what_is_forgotten_hears_of_it() -> None:
    journal = Journal(Bell(), capacity=2)
    for number in range(3):
        journal.note(MessageChanged(number))

    assert [at for at, _ in journal.since(1)] == [2, 3]
    with pytest.raises(TooFarBehind):
        journal.since(0)


def test_no_change_is_forgotten_while_the_same_things_change() -> None:
    journal = Journal(Bell(), capacity=2)
    for _ in range(100):
        journal.note(MessageChanged(1))
        journal.note(MessageChanged(2))

    assert journal.since(0) == [(199, MessageChanged(1)), (200, MessageChanged(2))]


@pytest.mark.parametrize("position", [9, 12])
def test_a_position_of_another_journal_is_noticed(position: int) -> None:
    journal = Journal(Bell(), start=10)
    journal.note(PeopleChanged())

    with pytest.raises(TooFarBehind):
        journal.since(position)


async def test_a_reader_waits_for_a_change() -> None:
    journal = Journal(Bell())
    reader = asyncio.create_task(journal.wait(0, timeout=5))
    await asyncio.sleep(0)
    assert not reader.done()

    journal.note(PeopleChanged())
    await reader


async def test_closing_lets_readers_go() -> None:
    journal = Journal(Bell())
    reader = asyncio.create_task(journal.wait(0, timeout=5))
    await asyncio.sleep(0)

    journal.close()
    await reader


async def test_silence_ends_the_waiting() -> None:
    with pytest.raises(TimeoutError):
        await Journal(Bell()).wait(0, timeout=0.01)
