"""A command's options: the typed line taken apart and each text turned into a value, in the real browser."""

from typing import Any

import pytest
from playwright.async_api import Page

MODULE = "/options.js"
STRING, INTEGER, BOOLEAN, USER, NUMBER = 3, 4, 5, 6, 10
OPTIONS: list[dict[str, Any]] = [
    {"type": STRING, "name": "prompt", "required": True, "name_localizations": {"de": "bild"}},
    {"type": INTEGER, "name": "steps"},
    {"type": STRING, "name": "aspect_ratio"},
]
BOB = {"label": "@bob", "value": {"user": "7"}}


async def parse(modules: Page, text: str, locale: str = "en-US") -> dict[str, str]:
    """Return the texts of a typed line by option."""
    script = f"""async (given) => Object.fromEntries((await import("{MODULE}")).parse(...given))"""
    found: dict[str, str] = await modules.evaluate(script, [text, OPTIONS, locale])
    return found


async def read(modules: Page, option: dict[str, Any], text: str, *picks: dict[str, Any]) -> dict[str, Any]:
    """Return the value that a field's text means, or the problem."""
    script = f"""async (given) => (await import("{MODULE}")).read(...given)"""
    found: dict[str, Any] = await modules.evaluate(script, [{"name": "x"} | option, text, list(picks)])
    return found


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("prompt: a fox steps: 20", {"prompt": "a fox", "steps": "20"}),
        ("steps:20 prompt:a fox", {"prompt": "a fox", "steps": "20"}),
        ("a fox steps: 20", {"prompt": "a fox", "steps": "20"}),
        ("20 prompt: a fox", {"prompt": "a fox", "steps": "20"}),
        ("a fox", {"prompt": "a fox"}),
        ("prompt: a sign: no entry, 10:30", {"prompt": "a sign: no entry, 10:30"}),
        ("prompt: a fox aspect_ratio: 16:9", {"prompt": "a fox", "aspect_ratio": "16:9"}),
        ("prompt: one prompt: two", {"prompt": "one prompt: two"}),
        ("prompt:", {"prompt": ""}),
        ("", {}),
    ],
)
async def test_a_typed_line_is_taken_apart_at_the_options_names(
    modules: Page, typed: str, meant: dict[str, str]
) -> None:
    assert await parse(modules, typed) == meant


async def test_translated_names_are_understood(modules: Page) -> None:
    assert await parse(modules, "Bild: ein Fuchs STEPS: 3", "de") == {"prompt": "ein Fuchs", "steps": "3"}


@pytest.mark.parametrize(
    ("option", "text", "value"),
    [
        ({"type": STRING}, "  a fox ", "a fox"),
        ({"type": STRING, "max_length": 2}, "🦊🦊", "🦊🦊"),
        ({"type": INTEGER}, "-3", -3),
        ({"type": INTEGER, "min_value": 1, "max_value": 50}, "50", 50),
        ({"type": NUMBER}, "0.25", 0.25),
        ({"type": NUMBER, "min_value": 0}, "0", 0),
    ],
)
async def test_a_text_becomes_the_value_that_is_sent(
    modules: Page, option: dict[str, Any], text: str, value: object
) -> None:
    assert await read(modules, option, text) == {"value": value}


@pytest.mark.parametrize(
    ("option", "text", "problem"),
    [
        ({"type": STRING, "required": True}, " ", {"why": "required"}),
        ({"type": STRING, "min_length": 3, "max_length": 5}, "ab", {"why": "length", "least": 3, "most": 5}),
        ({"type": STRING, "max_length": 5}, "abcdef", {"why": "length", "least": 0, "most": 5}),
        ({"type": INTEGER}, "1.5", {"why": "integer"}),
        ({"type": INTEGER}, "9007199254740993", {"why": "integer"}),
        ({"type": INTEGER, "min_value": 1, "max_value": 50}, "51", {"why": "range", "least": 1, "most": 50}),
        ({"type": INTEGER, "min_value": 1}, "0", {"why": "range", "least": 1}),
        ({"type": NUMBER}, "1e3", {"why": "number"}),
        ({"type": NUMBER}, "many", {"why": "number"}),
        ({"type": BOOLEAN}, "perhaps", {"why": "pick"}),
        ({"type": USER}, "nobody", {"why": "pick"}),
    ],
)
async def test_what_does_not_fit_is_a_problem(
    modules: Page, option: dict[str, Any], text: str, problem: dict[str, Any]
) -> None:
    found = await read(modules, option, text)

    assert {name: value for name, value in found["problem"].items() if value is not None} == problem


async def test_an_optional_field_may_be_empty(modules: Page) -> None:
    assert await read(modules, {"type": INTEGER}, "") == {}


@pytest.mark.parametrize("text", ["@bob", "BOB", "7"])
async def test_a_person_is_meant_by_name_with_or_without_its_sign_or_by_id(modules: Page, text: str) -> None:
    assert await read(modules, {"type": USER}, text, BOB) == {"value": {"user": "7"}}


async def test_a_choice_is_meant_by_its_name_before_its_value(modules: Page) -> None:
    choices = [{"label": "small", "value": "large"}, {"label": "large", "value": "small"}]

    assert await read(modules, {"type": STRING, "choices": choices}, "large", *choices) == {"value": "small"}


async def test_a_suggestion_may_be_ignored(modules: Page) -> None:
    suggested = {"label": "Amber", "value": "#fb0"}

    assert await read(modules, {"type": STRING}, "teal", suggested) == {"value": "teal"}
    assert await read(modules, {"type": STRING}, "amber", suggested) == {"value": "#fb0"}


async def test_yes_and_no_are_offered_for_a_boolean(modules: Page) -> None:
    script = f"""async (given) => (await import("{MODULE}")).choices(...given)"""

    offered = await modules.evaluate(script, [{"type": BOOLEAN}, "en-US", {"yes": "Yes", "no": "No"}])

    assert offered == [{"label": "Yes", "value": True}, {"label": "No", "value": False}]
