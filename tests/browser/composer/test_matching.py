"""What the composer offers for the text so far, decided in the real browser."""

from typing import Any

from playwright.async_api import Page

MODULE = "/matching.js"
COMMANDS: list[dict[str, Any]] = [
    {"type": 1, "name": "settings", "description": "How it draws", "options": [
        {"type": 1, "name": "limits", "description": "How much each may draw"},
        {"type": 2, "name": "model", "description": "-", "options": [
            {"type": 1, "name": "choose", "description": "Which model"},
        ]},
    ]},
    {"type": 1, "name": "imagine", "description": "Draw", "name_localizations": {"de": "träume"}},
    {"type": 1, "name": "imagine-last", "description": "Show again"},
    {"type": 3, "name": "Imagine: details"},
]  # fmt: skip


async def labels(modules: Page, text: str, locale: str = "en-US") -> list[str]:
    """Return the labels that are offered, best first."""
    script = f"""async ([commands, locale, text]) => {{
        const {{ flatten, matching }} = await import("{MODULE}");
        return matching(flatten(commands, locale), text).map((offer) => offer.label);
    }}"""
    found: list[str] = await modules.evaluate(script, [COMMANDS, locale, text])
    return found


async def named(modules: Page, line: str, locale: str = "en-US") -> list[str] | None:
    """Return the name of the command that a line means, and what follows it."""
    script = f"""async ([commands, locale, line]) => {{
        const {{ flatten, named }} = await import("{MODULE}");
        const found = named(flatten(commands, locale), line);
        return found && [found.offer.name, found.rest];
    }}"""
    found: list[str] | None = await modules.evaluate(script, [COMMANDS, locale, line])
    return found


async def test_every_subcommand_is_offered_with_its_parents_names(modules: Page) -> None:
    assert await labels(modules, "") == [
        "imagine",
        "imagine-last",
        "settings limits",
        "settings model choose",
    ]


async def test_what_starts_with_the_text_comes_before_what_holds_it(modules: Page) -> None:
    assert await labels(modules, "im") == ["imagine", "imagine-last", "settings limits"]


async def test_a_word_inside_a_name_is_found(modules: Page) -> None:
    assert await labels(modules, "last") == ["imagine-last"]


async def test_a_description_is_found_last(modules: Page) -> None:
    assert await labels(modules, "draw") == ["imagine", "settings limits"]


async def test_case_and_accents_do_not_matter(modules: Page) -> None:
    assert await labels(modules, "TRAUME", "de") == ["träume"]


async def test_nothing_is_offered_for_what_nothing_holds(modules: Page) -> None:
    assert await labels(modules, "xyz") == []


async def test_the_longest_name_wins(modules: Page) -> None:
    assert await named(modules, "/imagine-last") == ["imagine-last", ""]


async def test_what_follows_the_name_is_kept(modules: Page) -> None:
    assert await named(modules, "/settings limits member: @bob") == ["settings limits", "member: @bob"]


async def test_both_the_name_and_its_translation_are_understood(modules: Page) -> None:
    assert await named(modules, "/Träume ein Fuchs", "de") == ["imagine", "ein Fuchs"]
    assert await named(modules, "/imagine a fox", "de") == ["imagine", "a fox"]


async def test_a_name_that_only_begins_alike_is_not_meant(modules: Page) -> None:
    assert await named(modules, "/imaginefox") is None


async def test_a_line_without_a_slash_is_no_command(modules: Page) -> None:
    assert await named(modules, "imagine a fox") is None
