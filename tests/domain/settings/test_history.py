"""Changes, taken back one by one or to a moment."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import ValueNotAllowed
from bot.domain.settings.history import (
    Change,
    Edit,
    Key,
    State,
    check_edits,
    differing,
    restore,
    state,
    towards,
    undo,
)
from bot.domain.settings.kinds import Value
from bot.domain.settings.layers import SERVER, Stored
from tests.domain.settings.samples import STATES


def applied(edits: Iterable[Edit], now: State) -> dict[Key, Value]:
    """What a store makes of edits."""
    values = dict(now)
    for edit in edits:
        values.pop((edit.target, edit.name), None)
        if edit.value is not None:
            values[edit.target, edit.name] = edit.value
    return values


def history(states: list[State]) -> list[Change]:
    """The changes from each state to the next, a second each."""
    changes: list[Change] = []
    for at, (before, after) in enumerate(pairwise(states), 1):
        for edit in towards(after, before):
            key = (edit.target, edit.name)
            changes.append(
                Change(
                    id=len(changes) + 1,
                    revision=at,
                    at=float(at),
                    user_id=7,
                    target=edit.target,
                    name=edit.name,
                    before=before.get(key),
                    after=edit.value,
                )
            )
    return changes


@given(STATES, STATES)
def test_one_state_is_made_of_another(now: State, wanted: State) -> None:
    edits = towards(wanted, now)

    assert applied(edits, now) == wanted
    assert differing(edits, now) == edits
    check_edits(edits)


@given(STATES)
def test_a_state_needs_nothing_to_become_itself(now: State) -> None:
    assert towards(now, now) == ()


@given(st.lists(STATES, min_size=2, max_size=5))
def test_undoing_all_changes_backwards_leads_to_the_start(states: list[State]) -> None:
    edits = [undo(change) for change in reversed(history(states))]

    assert applied(edits, states[-1]) == states[0]


@given(st.lists(STATES, min_size=2, max_size=5), st.data())
def test_every_moment_can_be_restored(states: list[State], data: st.DataObject) -> None:
    moment = data.draw(st.integers(0, len(states) - 1))
    changes = data.draw(st.permutations(history(states)))

    assert applied(restore(changes, float(moment)), states[-1]) == states[moment]


def test_only_the_last_edit_of_a_value_counts_and_only_if_it_changes_something() -> None:
    edits = [edit("steps", 5), edit("steps", 9), edit("count", 2), edit("style", None)]

    assert differing(edits, {(SERVER, "count"): 2}) == (edit("steps", 9),)


def edit(name: str, value: Value | None) -> Edit:
    return Edit(target=SERVER, name=name, value=value)


def test_one_bad_edit_refuses_them_all() -> None:
    with pytest.raises(ValueNotAllowed):
        check_edits([edit("steps", 5), edit("count", 99)])


def test_a_state_is_what_is_stored() -> None:
    assert state([Stored(target=SERVER, name="steps", value=9, revision=3)]) == {(SERVER, "steps"): 9}
