"""The forms of the panel: what is filled in is read again, and what cannot be is refused."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import ValueNotAllowed
from bot.domain.settings.catalogue import BY_NAME, SETTINGS, Setting
from bot.domain.settings.kinds import Flag, Ids, Value
from bot.ui.settings import answers, forms
from bot.ui.settings.keys import Seen
from tests.domain.settings.samples import values
from tests.ui.settings.cards import opened, submitted

LONG = tuple(f"{number:0100}" for number in range(5000))
FORMED = [one for one in SETTINGS if not isinstance(one.kind, Flag | Ids)]


def read(name: str, held: Value | None = None, file: str | None = None, **given_: Any) -> Value:
    """Return the value of a form that somebody opened, filled in and sent."""
    setting = BY_NAME[name]
    data = submitted(forms.edit(setting, Seen(), held), **given_)
    return answers.value(setting, data, held, file)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(FORMED).flatmap(lambda one: st.tuples(st.just(one), values(one.kind))))
def test_a_form_opens_with_any_value_there_may_be(drawn: tuple[Setting, Value]) -> None:
    opened(forms.edit(drawn[0], Seen(), drawn[1]))


@pytest.mark.usefixtures("every_language")
@pytest.mark.parametrize("setting", [one for one in SETTINGS if not isinstance(one.kind, Flag)])
def test_a_form_opens_where_nothing_is_set(setting: Setting) -> None:
    opened(forms.edit(setting, Seen(), setting.default))


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("steps", 20),
        ("guidance_scale", 4.5),
        ("negative_prompt", "blurry"),
        ("privacy", "always_private"),
        ("language", ""),
        ("closed_options", ("seed", "model")),
        ("blocked_words", ("kill*", "hate speech")),
    ],
)
def test_a_form_sent_as_it_is_changes_nothing(name: str, held: Value) -> None:
    if name == "closed_options":
        assert set(read(name, held)) == set(held)  # type: ignore[arg-type] # a tuple
    else:
        assert read(name, held) == held


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("steps", " 30 ", 30),
        ("guidance_scale", "3,5", 3.5),
        ("pause_text", " back soon ", "back soon"),
        ("negative_prompt", "", ""),
        ("language", ["-"], ""),
        ("aspect_ratio", ["16:9"], "16:9"),
        ("closed_options", [], ()),
        ("allowed_channels", ["7", "8"], ("7", "8")),
        ("log_channel", [], ()),
    ],
)
def test_what_is_filled_in_is_read(name: str, typed: Any, value: Value) -> None:
    assert read(name, value=typed) == value


@pytest.mark.parametrize(
    ("name", "typed"), [("steps", "51"), ("steps", "many"), ("steps", "4.5"), ("guidance_scale", "nan")]
)
def test_what_a_setting_does_not_take_is_refused(name: str, typed: str) -> None:
    with pytest.raises(ValueNotAllowed):
        read(name, value=typed)


def test_a_list_is_one_entry_a_line_without_repetition() -> None:
    assert read("blocked_words", lines="kill*\n\n hate speech \nkill*") == ("kill*", "hate speech")


def test_a_long_list_is_added_to_and_taken_from() -> None:
    changed = read("blocked_words", LONG[:-1], add="new", take=f"{LONG[0]}\n{LONG[1]}")

    assert changed == (*LONG[2:-1], "new")


def test_a_file_replaces_a_list() -> None:
    assert read("blocked_words", ("a",), "b\r\nc\n") == ("b", "c")


def test_too_long_a_list_is_refused() -> None:
    with pytest.raises(ValueNotAllowed):
        read("blocked_words", LONG, add="one more")


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("1970-01-02", 86400.0),
        (" 1970-01-01 01:00 ", 3600.0),
        ("1970-01-01T01:00+01:00", 0.0),
        ("yesterday", None),
        ("0001-01-01T00:00+23:00", None),
    ],
)
def test_a_date_is_utc_unless_it_says_otherwise(typed: str, moment: float | None) -> None:
    assert answers.date(submitted(forms.date(Seen()), value=typed)) == moment


def test_a_document_comes_as_a_file_or_as_text() -> None:
    form = forms.taking_in(Seen())
    typed = submitted(form, value="{}")
    with_file = submitted(form, file=["9"]) | {"resolved": {"attachments": {"9": {"size": 2}}}}

    assert (answers.text(typed), answers.uploaded(typed)) == ("{}", None)
    assert answers.uploaded(with_file) == {"size": 2}


def test_a_prompt_can_be_tested() -> None:
    assert answers.text(submitted(forms.test(Seen()), value="a fox")) == "a fox"
