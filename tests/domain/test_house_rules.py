"""What moderators set, applied to what a member wishes."""

from typing import Any

import pytest

from bot.domain.aspect_ratio import AspectRatio
from bot.domain.errors import (
    AboveMaximum,
    AgeRestrictedOnly,
    ChannelClosed,
    HouseRule,
    OptionClosed,
    Paused,
    RoleMissing,
)
from bot.domain.house_rules import Rules, bounded, check_place, furnish, public_language
from bot.domain.limits import DOCUMENTED, Range
from bot.domain.settings.catalogue import OPTIONS
from bot.domain.settings.here import Here
from bot.domain.settings.kinds import Value
from bot.domain.settings.layers import SERVER, Spot, Stored, resolve
from bot.domain.styles import Style
from bot.domain.wish import Wish

HERE = Here(channel_id=10, category_id=20, role_ids=frozenset({30}))
STYLE = Style(
    name="Wide",
    before="ink of",
    after="bold",
    negative_prompt="colour",
    steps=12,
    guidance_scale=2.5,
    aspect_ratio="21:9",
)
# What a member may give, as they could give it.
CHOICES: dict[str, Any] = {
    "negative_prompt": "text",
    "aspect_ratio": AspectRatio.parse("16:9"),
    "width": 512,
    "height": 512,
    "guidance_scale": 0.0,
    "steps": 1,
    "seed": 0,
    "model": "m",
    "style": "Ink",
    "count": 1,
    "private": False,
    "spoiler": False,
}


def rules(**values: Value) -> Rules:
    stored = [Stored(target=SERVER, name=name, value=value, revision=1) for name, value in values.items()]
    return Rules(resolve(stored, HERE.spot, {}))


def wish(**values: Any) -> Wish:
    return Wish(prompts=("a fox",), **values)


# --- the place ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"allowed_channels": ("10",)},
        {"allowed_channels": ("9", "20")},
        {"allowed_roles": ("29", "30")},
        {"paused": False, "pause_text": "later"},
    ],
)
def test_a_member_may_draw_where_nothing_forbids_it(values: dict[str, Value]) -> None:
    check_place(rules(**values), HERE)

    assert rules(**values).flag("paused") is False


@pytest.mark.parametrize(
    ("values", "error", "facts"),
    [
        ({"paused": True, "pause_text": "later"}, Paused, {"text": "later"}),
        ({"allowed_channels": ("9",)}, ChannelClosed, {"channel_ids": (9,)}),
        ({"allowed_roles": ("29",)}, RoleMissing, {"role_ids": (29,)}),
        ({"age_restricted_only": True}, AgeRestrictedOnly, {"for_words": False}),
    ],
)
def test_a_place_that_is_closed_says_why(
    values: dict[str, Value], error: type[HouseRule], facts: dict[str, Any]
) -> None:
    with pytest.raises(error) as caught:
        check_place(rules(**values), HERE)

    assert vars(caught.value) == facts


def test_a_channel_marked_age_restricted_is_one() -> None:
    here = Here(channel_id=10, is_age_restricted=True)
    check_place(rules(age_restricted_only=True), here)

    assert here.spot == Spot(channel_id=10)


def test_a_channel_in_no_category_is_not_allowed_by_one() -> None:
    with pytest.raises(ChannelClosed):
        check_place(rules(allowed_channels=("20",)), Here(channel_id=10))


# --- the wish -------------------------------------------------------------------------------------------


def test_what_the_user_gave_comes_first() -> None:
    set_ = rules(steps=9, negative_prompt="x", model="n", spoiler=True, privacy="private", width=640)

    made = furnish(wish(**CHOICES), set_, None)

    given = CHOICES.items() - {("style", CHOICES["style"])}
    assert {name: getattr(made, name) for name, _ in given} == dict(given)


def test_what_is_left_open_is_what_moderators_set() -> None:
    made = furnish(
        wish(),
        rules(steps=9, guidance_scale=3.0, count=2, model="m", negative_prompt="text", spoiler=True),
        None,
    )

    assert (made.steps, made.guidance_scale, made.count, made.model) == (9, 3.0, 2, "m")
    assert (made.negative_prompt, made.spoiler, made.private) == ("text", True, False)


def test_nothing_is_left_open_that_a_picture_needs() -> None:
    made = furnish(wish(), rules(), None)

    assert (made.aspect_ratio, made.width, made.height) == (AspectRatio.SQUARE, None, None)
    assert None not in {made.steps, made.guidance_scale, made.count, made.private, made.spoiler}


def test_a_style_comes_before_what_moderators_set_and_after_what_the_user_gave() -> None:
    made = furnish(wish(steps=3), rules(steps=9, guidance_scale=3.0, aspect_ratio="1:1"), STYLE)

    assert made.prompts == ("ink of, a fox, bold",)
    assert (made.steps, made.guidance_scale, made.aspect_ratio) == (3, 2.5, AspectRatio.parse("21:9"))


def test_a_styles_ratio_comes_before_the_sides_that_moderators_set() -> None:
    made = furnish(wish(), rules(width=512, height=512), STYLE)

    assert (made.aspect_ratio, made.width, made.height) == (AspectRatio.parse("21:9"), None, None)


@pytest.mark.parametrize("size", [{"aspect_ratio": AspectRatio.parse("16:9")}, {"width": 640}])
def test_sides_that_moderators_set_do_not_spoil_a_size_that_the_user_gave(size: dict[str, Any]) -> None:
    made = furnish(wish(**size), rules(width=512, height=512), None)

    assert (made.width, made.height) == (size.get("width"), None)


def test_sides_that_moderators_set_hold_where_nobody_gives_any() -> None:
    made = furnish(wish(), rules(width=512, height=768), None)

    assert (made.width, made.height) == (512, 768)


def test_what_is_always_to_be_avoided_is_added_last() -> None:
    both = rules(negative_prompt="text", always_negative="gore")

    assert furnish(wish(), both, STYLE).negative_prompt == "text, colour, gore"
    assert furnish(wish(negative_prompt="hands"), both, None).negative_prompt == "hands, gore"
    assert furnish(wish(), rules(always_negative="gore"), None).negative_prompt == "gore"


@pytest.mark.parametrize(
    ("given", "negative"),
    [
        ("text, gore", "text, gore"),
        ("gore, text", "gore, text"),
        ("gored", "gored, gore"),
        ("no gore", "no gore, gore"),
    ],
)
def test_what_is_always_to_be_avoided_is_added_unless_it_is_there(given: str, negative: str) -> None:
    made = furnish(wish(negative_prompt=given), rules(always_negative="gore"), None)

    assert made.negative_prompt == negative


@pytest.mark.parametrize(
    ("privacy", "chosen", "private"),
    [
        ("public", None, False),
        ("public", True, True),
        ("private", None, True),
        ("private", False, False),
        ("always_public", None, False),
        ("always_public", False, False),
        ("always_private", None, True),
        ("always_private", False, True),
        ("always_private", True, True),
    ],
)
def test_a_reply_is_as_private_as_moderators_and_then_the_user_say(
    privacy: str, *, chosen: bool | None, private: bool
) -> None:
    assert furnish(wish(private=chosen), rules(privacy=privacy), None).private is private


def test_a_private_reply_where_all_are_public_is_refused_rather_than_shown() -> None:
    with pytest.raises(OptionClosed) as caught:
        furnish(wish(private=True), rules(privacy="always_public"), None)

    assert caught.value.option == "private"


@pytest.mark.parametrize(
    ("decided", "server", "user", "spoken"),
    [
        ("de", "fr", "ja", "de"),  # what moderators decided counts most
        ("en-US", "de", "de", "en-US"),
        ("", "fr", "ja", "fr"),  # then what the server says of itself
        ("", "", "ja", "ja"),  # where there is none, nobody else reads it
    ],
)
def test_what_everybody_sees_is_in_one_language(decided: str, server: str, user: str, spoken: str) -> None:
    assert public_language(rules(language=decided), server, user) == spoken


@pytest.mark.parametrize("option", OPTIONS)
def test_an_option_that_is_closed_is_refused_only_to_who_chose_it(option: str) -> None:
    closed = rules(closed_options=(option,))
    chosen = wish(**{option: CHOICES[option]})

    with pytest.raises(OptionClosed) as caught:
        furnish(chosen, closed, None)
    assert caught.value.option == option
    assert furnish(chosen, closed, None, frozenset({option})).prompts == ("a fox",)
    assert furnish(wish(), closed, None).prompts == ("a fox",)


@pytest.mark.parametrize(
    ("option", "value", "most"),
    [
        ("width", 1024, 512),
        ("height", 1024, 512),
        ("steps", 30, 20),
        ("guidance_scale", 7.5, 5.0),
        ("count", 4, 2),
    ],
)
def test_more_than_the_maximum_is_refused(option: str, value: float, most: float) -> None:
    limited = rules(**{f"max_{option}": most})

    with pytest.raises(AboveMaximum) as caught:
        furnish(wish(**{option: value}), limited, None)
    assert vars(caught.value) == {"field": option, "value": value, "maximum": most}
    assert getattr(furnish(wish(**{option: most}), limited, None), option) == most


def test_what_nobody_chose_is_brought_under_the_maximum() -> None:
    limited = rules(steps=30, count=4, max_steps=10, max_count=2, max_guidance_scale=1.0)

    made = furnish(wish(), limited, STYLE)

    assert (made.steps, made.count, made.guidance_scale) == (10, 2, 1.0)


# --- the limits -----------------------------------------------------------------------------------------


def test_a_providers_limits_are_narrowed_and_never_widened() -> None:
    limits = bounded(DOCUMENTED, rules(max_width=int(DOCUMENTED.width.maximum) - 64))

    assert limits.width == Range(DOCUMENTED.width.minimum, DOCUMENTED.width.maximum - 64)
    assert limits.height == DOCUMENTED.height
    assert limits.steps == DOCUMENTED.steps


def test_a_maximum_below_what_a_provider_draws_leaves_its_smallest() -> None:
    lowest = Rules(resolve([], HERE.spot, {"max_width": 1}))

    assert bounded(DOCUMENTED, lowest).width == Range(DOCUMENTED.width.minimum, DOCUMENTED.width.minimum)


def test_settings_are_read_as_what_they_are() -> None:
    some = rules(steps=9, model="m", spoiler=True, allowed_roles=("7",))

    assert (some.whole("steps"), some.text("model"), some.flag("spoiler"), some.ids("allowed_roles")) == (
        9,
        "m",
        True,
        (7,),
    )
    assert (some.text("steps"), some.number("spoiler"), some.names("model"), some.whole("width")) == (
        "",
        None,
        (),
        None,
    )
