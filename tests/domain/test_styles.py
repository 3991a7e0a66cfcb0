"""Styles: presets that dress a prompt up."""

from typing import Any

import pytest

from bot.domain.errors import StyleRefused, StyleUnknown
from bot.domain.styles import BUILT_IN, MAX_TEXT, Style, available, find

OWN = Style(name="Ink", after="ours")


@pytest.mark.parametrize("name", ["a", "Pixel art 2", "Größe-1", "水彩", "x" * 32, "a  b"])
def test_a_name_is_letters_digits_blanks_and_hyphens(name: str) -> None:
    assert Style(name=name, after="x").name == name


@pytest.mark.parametrize("name", ["", " a", "a ", "-a", "a_b", "a.b", "a\nb", "@here", "x" * 33])
def test_any_other_name_is_refused(name: str) -> None:
    with pytest.raises(StyleRefused) as caught:
        Style(name=name, after="x")

    assert caught.value.reason == "name"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, "empty"),
        ({"before": "x" * (MAX_TEXT + 1)}, "too long"),
        ({"negative_prompt": "x" * (MAX_TEXT + 1)}, "too long"),
        ({"steps": 0}, "value"),
        ({"steps": 1.5}, "value"),
        ({"guidance_scale": -1}, "value"),
        ({"aspect_ratio": "17:9"}, "value"),
        ({"aspect_ratio": ""}, "value"),
    ],
)
def test_a_style_that_says_nothing_or_too_much_is_refused(values: dict[str, Any], reason: str) -> None:
    with pytest.raises(StyleRefused) as caught:
        Style(name="a", **values)

    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "values", [{"guidance_scale": 0.0}, {"steps": 1}, {"aspect_ratio": "16:9"}, {"after": "x" * MAX_TEXT}]
)
def test_one_thing_is_enough_for_a_style(values: dict[str, Any]) -> None:
    assert Style(name="a", **values).dress("fox").startswith("fox")


def test_a_prompt_is_put_between_what_the_style_adds() -> None:
    style = Style(name="a", before="ink of", after="bold", negative_prompt="colour")

    assert style.dress("a fox") == "ink of, a fox, bold"
    assert style.avoid("text") == "text, colour"
    assert style.avoid("") == "colour"


def test_a_style_that_adds_nothing_to_a_text_leaves_it_alone() -> None:
    style = Style(name="a", steps=20)

    assert style.dress("a fox") == "a fox"
    assert style.avoid("") == ""


def test_a_style_is_found_whatever_its_case_the_servers_own_first() -> None:
    assert find("iNK", [OWN]) is OWN
    assert find("ink", []) is BUILT_IN["ink"]


def test_an_unknown_style_is_named() -> None:
    with pytest.raises(StyleUnknown) as caught:
        find("Inkk", [OWN])

    assert caught.value.name == "Inkk"


def test_all_styles_are_listed_the_servers_own_first_and_in_place_of_the_built_in() -> None:
    listed = available([OWN, Style(name="Aqua", after="x")])

    assert [style.name for style in listed[:3]] == ["Aqua", "Ink", "Anime"]
    assert len(listed) == len(BUILT_IN) + 1
    assert BUILT_IN["ink"] not in listed
