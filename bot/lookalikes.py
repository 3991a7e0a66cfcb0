"""The table of characters that look like Latin letters, from Unicode's own list of confusables."""

import json
from collections.abc import Iterable, Mapping
from importlib import resources


def load() -> dict[str, str]:
    """Return the lower-case letters a to z that other characters look like, by character."""
    data = resources.files("confusable_homoglyphs").joinpath("confusables.json").read_text("utf-8")
    confusables: Mapping[str, Iterable[Mapping[str, str]]] = json.loads(data)
    letters = {
        char: letter
        for char, alike in confusables.items()
        if len(char) == 1 and not char.isascii()
        for letter in _letters(alike)
    }
    # prompts are read in lower case, so a letter looks like what its capital looks like, too
    capitals = {char.lower(): letter for char, letter in letters.items() if len(char.lower()) == 1}
    return capitals | letters


def _letters(alike: Iterable[Mapping[str, str]]) -> list[str]:
    return [
        one["c"].lower() for one in alike if len(one["c"]) == 1 and one["c"].isascii() and one["c"].isalpha()
    ]
