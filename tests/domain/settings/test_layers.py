"""Server, category, channel, role: which value holds, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import SettingNotAllowed, SettingUnknown, ValueNotAllowed
from bot.domain.settings.catalogue import BY_NAME, SETTINGS, Layer
from bot.domain.settings.kinds import Value
from bot.domain.settings.layers import SERVER, Given, Spot, Stored, Target, check, resolve

SPOT = Spot(channel_id=10, category_id=20, role_ids=frozenset({30, 31}))
CATEGORY, CHANNEL, ROLE = Target(Layer.CATEGORY, 20), Target(Layer.CHANNEL, 10), Target(Layer.ROLE, 30)
OTHER_ROLE = Target(Layer.ROLE, 31)


def stored(target: Target, value: Value, name: str = "steps", revision: int = 1) -> Stored:
    return Stored(target=target, name=name, value=value, revision=revision)


def holds(*values: Stored, name: str = "steps", **ceilings: float) -> Given:
    return resolve(values, SPOT, ceilings)[name]


@given(st.permutations([SERVER, CATEGORY, CHANNEL, ROLE]), st.integers(1, 4))
def test_the_nearest_layer_wins_in_whatever_order_they_are_kept(targets: list[Target], number: int) -> None:
    order = [SERVER, CATEGORY, CHANNEL, ROLE]
    given_ = [stored(target, order.index(target) + 1) for target in targets if target in order[:number]]

    assert holds(*given_) == Given(value=number, source=order[number - 1])


def test_nothing_set_is_the_default_of_nobody() -> None:
    assert resolve([], SPOT, {}) == {setting.name: Given(value=setting.default) for setting in SETTINGS}


@pytest.mark.parametrize(
    "target", [Target(Layer.CATEGORY, 21), Target(Layer.CHANNEL, 11), Target(Layer.ROLE, 32)]
)
def test_what_is_set_elsewhere_does_not_count(target: Target) -> None:
    assert holds(stored(target, 9)).source is None


def test_a_channel_without_a_category_is_in_none() -> None:
    spot = Spot(channel_id=10)

    assert resolve([stored(CATEGORY, 9), stored(ROLE, 8)], spot, {})["steps"].source is None


@pytest.mark.parametrize(("name", "less", "more"), [("max_steps", 5, 9), ("user_cooldown", 60, 10)])
def test_of_two_roles_the_more_generous_number_counts(name: str, less: int, more: int) -> None:
    both = [stored(ROLE, more, name, 1), stored(OTHER_ROLE, less, name, 2)]

    assert holds(*both, name=name) == Given(value=more, source=ROLE)


@pytest.mark.parametrize(
    ("name", "values"), [("style", ("Ink", "Photo")), ("steps", (9, 5)), ("spoiler", (True, False))]
)
def test_of_two_roles_otherwise_the_value_set_last_counts(name: str, values: tuple[Value, Value]) -> None:
    both = [stored(ROLE, values[0], name, 1), stored(OTHER_ROLE, values[1], name, 2)]

    assert holds(*both, name=name) == Given(value=values[1], source=OTHER_ROLE)


@pytest.mark.parametrize(
    ("name", "ceiling", "asked", "value"),
    [("max_steps", 20, 30, 20), ("user_cooldown", 30, 10, 30)],
)
def test_the_operators_ceiling_bounds_whatever_is_set(
    name: str, ceiling: float, asked: int, value: int
) -> None:
    given_ = holds(stored(CHANNEL, asked, name), name=name, **{name: ceiling})

    assert given_ == Given(value=value, source=CHANNEL, asked=asked)


@pytest.mark.parametrize(("name", "ceiling", "asked"), [("max_steps", 20, 20), ("user_cooldown", 30, 60)])
def test_what_is_inside_the_ceiling_holds(name: str, ceiling: float, asked: int) -> None:
    given_ = holds(stored(CHANNEL, asked, name), name=name, **{name: ceiling})

    assert given_ == Given(value=asked, source=CHANNEL)


def test_a_ceiling_holds_where_nothing_is_set() -> None:
    assert holds(name="user_daily", user_daily=50) == Given(value=50)


def test_a_ceiling_of_what_is_no_maximum_is_none() -> None:
    assert holds(stored(SERVER, 30), steps=20) == Given(value=30, source=SERVER)


def test_a_value_that_may_be_set_is_accepted_and_so_is_none() -> None:
    check("steps", Layer.ROLE, 20)
    check("steps", Layer.ROLE, None)

    assert BY_NAME["steps"].kind.holds(20)


@pytest.mark.parametrize(
    ("name", "layer", "value", "error"),
    [
        ("stepz", Layer.SERVER, 1, SettingUnknown),
        ("log_channel", Layer.CHANNEL, ("1",), SettingNotAllowed),
        ("paused", Layer.ROLE, None, SettingNotAllowed),
        ("steps", Layer.SERVER, 0, ValueNotAllowed),
        ("steps", Layer.SERVER, "9", ValueNotAllowed),
    ],
)
def test_what_may_not_be_set_is_refused(
    name: str, layer: Layer, value: Value | None, error: type[Exception]
) -> None:
    with pytest.raises(error):
        check(name, layer, value)
