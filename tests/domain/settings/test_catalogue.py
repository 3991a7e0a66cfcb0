"""Each setting, and what it can hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bot.domain.settings.catalogue import BY_NAME, SETTINGS, Generous, Setting
from bot.domain.settings.kinds import Choice, Choices, Flag, Ids, Kind, Lines, Number, Text
from tests.domain.settings.samples import values

EVERY = pytest.mark.parametrize("setting", SETTINGS, ids=[setting.name for setting in SETTINGS])


@EVERY
def test_a_default_is_something_that_the_setting_holds(setting: Setting) -> None:
    assert setting.default is None or setting.kind.holds(setting.default)


@EVERY
def test_a_setting_can_be_set_somewhere_and_only_numbers_are_bounded(setting: Setting) -> None:
    assert setting.layers
    assert setting.generous is None or isinstance(setting.kind, Number)


def test_names_are_unique() -> None:
    assert len(BY_NAME) == len(SETTINGS)


def test_every_maximum_is_one_where_more_is_more_generous() -> None:
    maxima = [setting for setting in SETTINGS if setting.name.startswith("max_")]

    assert len(maxima) == 5
    assert {setting.generous for setting in maxima} == {Generous.MORE}


@given(st.sampled_from(SETTINGS).flatmap(lambda one: st.tuples(st.just(one), values(one.kind))))
def test_what_a_setting_holds_fits_its_schema(pair: tuple[Setting, object]) -> None:
    setting, value = pair

    assert setting.kind.holds(value)
    assert fits(setting.kind, value)


def fits(kind: Kind, value: object) -> bool:
    as_json = list(value) if isinstance(value, tuple) else value
    return bool(Draft202012Validator(kind.schema()).is_valid(as_json))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Flag(), 1),
        (Flag(), "true"),
        (Number(minimum=1, maximum=9), 0),
        (Number(minimum=1, maximum=9), 10),
        (Number(minimum=1, maximum=9), 1.5),
        (Number(minimum=1, maximum=9), True),
        (Number(minimum=0, maximum=9, is_whole=False), False),
        (Number(minimum=0, maximum=9, is_whole=False), float("nan")),
        (Number(minimum=0, maximum=9), "1"),
        (Choice(("a", "b")), "c"),
        (Choice(("a", "b")), ("a",)),
        (Choices(("a", "b")), ("c",)),
        (Choices(("a", "b")), ("a", "a")),
        (Choices(("a", "b")), "a"),
        (Choices(("a", "b")), ({},)),
        (Text(3), "four"),
        (Text(3), 4),
        (Lines(most=2, maximum=3), ("a", "b", "c")),
        (Lines(most=2, maximum=3), ("",)),
        (Lines(most=2, maximum=3), ("four",)),
        (Lines(most=2, maximum=3), ("a", "a")),
        (Lines(most=2, maximum=3), (["a"],)),
        (Lines(most=2, maximum=3), "a"),
        (Ids("role", 1), ("1", "2")),
        (Ids("role"), ("1", "1")),
        (Ids("role"), ("0",)),
        (Ids("role"), ("01",)),
        (Ids("role"), ("٣",)),
        (Ids("role"), ("-1",)),
        (Ids("role"), ("9223372036854775808",)),
        (Ids("role"), (1,)),
        (Ids("role"), "1"),
    ],
)
def test_what_does_not_fit_is_not_held(kind: Kind, value: object) -> None:
    assert not kind.holds(value)
    assert value != value or not fits(kind, value)  # noqa: PLR0124  # JSON has no NaN
