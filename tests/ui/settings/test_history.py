"""The history, and what is about to change."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.settings.catalogue import Layer
from bot.domain.settings.history import Change, Edit, Key, State, towards
from bot.domain.settings.kinds import Value
from bot.domain.settings.layers import SERVER, Target
from bot.ui import layout
from bot.ui.settings.history import difference, history, meanwhile, moment_key, moment_of
from bot.ui.settings.keys import Seen
from bot.ui.wording.settings.history import save
from tests.domain.settings.samples import STATES, entries
from tests.ui.settings.cards import checked, controls, labels, words


def change(
    number: int = 1, before: Value | None = 20, after: Value | None = 30, name: str = "steps"
) -> Change:
    return Change(
        id=number,
        revision=number,
        at=1000.0 + number,
        user_id=7,
        target=SERVER,
        name=name,
        before=before,
        after=after,
    )


@st.composite
def changes(draw: st.DrawFn) -> list[Change]:
    def one(number: int) -> Change:
        (target, name), after = draw(entries())
        return Change(
            id=number,
            revision=(number + 1) // 2,
            at=1000.0 + number // 2,
            user_id=2**62,
            target=target,
            name=name,
            before=None,
            after=after,
        )

    return [one(number) for number in range(draw(st.integers(0, 60)), 0, -1)]


@settings(max_examples=50, deadline=None)
@given(changes(), st.integers(0, 9))
def test_whatever_was_changed_discord_takes_the_history(made: list[Change], number: int) -> None:
    checked(history(Seen(), made, number))


@settings(max_examples=50, deadline=None)
@given(STATES, STATES)
def test_whatever_would_change_discord_takes_the_difference(wanted: State, now: State) -> None:
    edits = towards(wanted, now)
    view = layout.view(*difference(Seen(topic="import"), "## Title", edits, now))

    checked(view)
    assert ("Apply" in labels(view)) == bool(edits)


@settings(max_examples=30, deadline=None)
@given(changes())
def test_whatever_was_changed_meanwhile_discord_takes_it(made: list[Change]) -> None:
    checked(meanwhile(Seen(), made))


def test_the_longest_differences_fit() -> None:
    target = Target(Layer.ROLE, 2**63 - 1)
    words_ = tuple(f"{'`' * 50}{number:050}" for number in range(5000))
    now: dict[Key, Value] = {(target, "blocked_words"): words_[:2000]}
    edits = [Edit(target=target, name="blocked_words", value=words_[1000:])] * 40

    checked(layout.view(*difference(Seen(), "## Title", edits, now)))


def test_a_change_is_told_with_its_undo() -> None:
    view = history(Seen(revision=3), [change(10)], 0)
    [undo] = controls(view, "set-undo")

    assert "**Steps** in this server: 20 → 30" in words(view)
    assert "<@7>" in words(view)
    assert undo["custom_id"].endswith("-undo_a:")


def test_pages_are_turned_where_there_are_several() -> None:
    assert "Older" not in labels(history(Seen(), [change()], 0))
    assert "Older" in labels(history(Seen(), [change(number) for number in range(20, 0, -1)], 0))


def test_a_page_behind_the_last_is_the_last() -> None:
    assert "page 3 of 3" in words(history(Seen(), [change(number) for number in range(20, 0, -1)], 99))


def test_without_changes_there_is_nothing_to_take_back() -> None:
    assert "Nothing was changed yet." in words(history(Seen(), [], 0))


def test_saves_are_offered_once_each_the_newest_first() -> None:
    both = [change(2, name="steps"), change(2, name="count"), change(1)]
    [menu] = controls(history(Seen(), both, 0), "set-restore")

    assert [one["label"] for one in menu["options"]] == [save(1002.0, [])[0], save(1001.0, [])[0]]
    assert menu["options"][0]["description"] == "Steps, Pictures"


@pytest.mark.parametrize(("before", "after", "said"), [
    (("a", "b"), ("b", "c"), "+ `c` − `a`"),
    (None, ("a",), "not set → `a`"),
    (("a", "b"), ("b", "a"), "another order"),
    (20, None, "20 → not set"),
])  # fmt: skip
def test_of_lists_what_came_and_what_went_is_told(
    before: Value | None, after: Value | None, said: str
) -> None:
    name = "steps" if before == 20 else "blocked_words"

    assert said in words(history(Seen(), [change(before=before, after=after, name=name)], 0))


@given(st.floats(0, 4e9))
def test_a_moment_in_a_custom_id_is_never_before_the_save(moment: float) -> None:
    assert moment <= moment_of(moment_key(moment)) <= moment + 0.0011
