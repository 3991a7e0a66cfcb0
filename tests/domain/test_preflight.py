"""Which permissions the bot lacks where it is asked to draw."""

import discord
import pytest

from bot.domain.preflight import missing

NEEDED = ("view_channel", "send_messages", "embed_links", "attach_files")


def bits(*names: str) -> int:
    return discord.Permissions(**dict.fromkeys(names, True)).value


def test_nothing_is_missing_where_the_bot_may_do_what_it_needs() -> None:
    assert missing(bits(*NEEDED), is_thread=False) == ()


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_permission_is_named_as_discord_names_it(name: str) -> None:
    assert missing(bits(*NEEDED) & ~bits(name), is_thread=False) == (name,)


def test_a_thread_has_a_permission_of_its_own() -> None:
    granted = bits("view_channel", "embed_links", "attach_files")

    assert missing(granted, is_thread=True) == ("send_messages_in_threads",)
    assert missing(granted, is_thread=False) == ("send_messages",)


def test_an_administrator_may_do_everything() -> None:
    assert missing(bits("administrator"), is_thread=True) == ()


def test_who_may_do_nothing_lacks_everything() -> None:
    assert missing(0, is_thread=False) == NEEDED
