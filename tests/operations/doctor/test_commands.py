"""Whether Discord's commands are those of this version, whatever it adds and leaves out."""

from typing import Any

import pytest

from bot.operations.doctor.commands import differing

OURS: dict[str, Any] = {
    "name": "imagine",
    "description": "Draw",
    "type": 1,
    "options": [{"type": 4, "name": "steps", "description": "How many", "required": False, "min_value": 0}],
    "nsfw": False,
    "default_member_permissions": None,
    "contexts": [0, 1],
    "integration_types": [0],
}
THEIRS: dict[str, Any] = {
    "id": "1",
    "application_id": "2",
    "version": "3",
    "name": "imagine",
    "description": "Draw",
    "type": 1,
    "options": [{"type": 4, "name": "steps", "description": "How many", "min_value": 0}],
    "default_member_permissions": None,
    "contexts": [1, 0],
    "integration_types": [0],
    "nsfw": False,
}


def test_what_discord_adds_and_leaves_out_is_no_difference() -> None:
    assert differing([OURS], [THEIRS]) == []


def test_rights_are_the_same_as_a_number_and_as_a_text() -> None:
    mine = OURS | {"default_member_permissions": 32}

    assert differing([mine], [THEIRS | {"default_member_permissions": "32"}]) == []
    assert differing([mine], [THEIRS]) == ["imagine"]


@pytest.mark.parametrize(
    "change",
    [
        {"description": "Paint"},
        {"options": []},
        {"options": [THEIRS["options"][0] | {"min_value": 1}]},
        {"options": [THEIRS["options"][0] | {"choices": [{"name": "few", "value": 0}]}]},
        {"options": [*THEIRS["options"], {"type": 3, "name": "style", "description": "Which"}]},
        {"contexts": [0]},
        {"integration_types": [0, 1]},
        {"nsfw": True},
    ],
)
def test_what_a_member_would_notice_is_a_difference(change: dict[str, Any]) -> None:
    assert differing([OURS], [THEIRS | change]) == ["imagine"]


def test_a_command_that_only_one_of_both_has_is_a_difference() -> None:
    old = THEIRS | {"name": "draw"}

    assert differing([OURS], [THEIRS, old]) == ["draw"]
    assert differing([OURS], []) == ["imagine"]


def test_a_menu_and_a_command_may_have_one_name() -> None:
    menu = {"name": "imagine", "type": 3, "description": ""}

    assert differing([OURS, menu], [THEIRS, menu]) == []
    assert differing([OURS, menu], [THEIRS]) == ["imagine"]
