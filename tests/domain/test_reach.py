"""Where the bot may be used, and where it speaks to its user alone."""

import pytest

from bot.domain.errors import HouseRule
from bot.domain.reach import Reach, Where, check_reach, where


@pytest.mark.parametrize(
    ("is_guild", "is_bot_dm", "is_guild_install", "place"),
    [
        (True, False, True, Where.SERVER),
        (True, False, False, Where.FOREIGN),
        (False, True, True, Where.DIRECT),
        (False, True, False, Where.DIRECT),
        (False, False, False, Where.PRIVATE),
    ],
)
def test_a_place_is_known_by_who_installed_the_bot(
    *, is_guild: bool, is_bot_dm: bool, is_guild_install: bool, place: Where
) -> None:
    assert where(is_guild=is_guild, is_bot_dm=is_bot_dm, is_guild_install=is_guild_install) is place


@pytest.mark.parametrize("place", [Where.FOREIGN, Where.DIRECT, Where.PRIVATE])
def test_only_servers_that_installed_it_need_no_leave_of_the_operator(place: Where) -> None:
    assert check_reach(Where.SERVER, Reach()) is False
    with pytest.raises(HouseRule):
        check_reach(place, Reach())


def test_a_guest_speaks_to_its_user_alone() -> None:
    everything = Reach(direct_messages=True, user_install=True)

    assert {place: check_reach(place, everything) for place in Where} == {
        Where.SERVER: False,
        Where.FOREIGN: True,
        Where.DIRECT: False,
        Where.PRIVATE: True,
    }


def test_conversations_of_users_are_reached_by_who_installed_the_bot_for_themselves() -> None:
    assert check_reach(Where.PRIVATE, Reach(user_install=True)) is True
    with pytest.raises(HouseRule):
        check_reach(Where.PRIVATE, Reach(direct_messages=True))
