"""A rule: a word or a phrase, and how it is spelled.

`*` at an end of a word stands for any letters more. A rule is spelled out against all places of some words at
once, with one bit for each place, so that a text made of `1`s cannot make it try every spelling.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from bot.domain.words.folding import Folding

DRAWN_OUT = 3  # letters in a row, which no word has, stand for fewer
_BLANKS = re.compile(r"\s+")


class _Run(NamedTuple):
    """So many of a character in a row, and from how many more on there may be any number; None for never."""

    char: str
    times: int
    drawn_out: int | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, ready to be looked for.

    Attributes:
        line: It, as moderators wrote it.
        pattern: Its folded letters, with blanks around whole words and `*` where letters may follow.
        words: How many words it finds at most.
    """

    line: str
    pattern: str
    words: int
    _runs: tuple[_Run, ...]

    @classmethod
    def of(cls, line: str, folding: Folding) -> "Rule":
        """Make one of a line; without any letter its pattern is nothing but stars and blanks."""
        words = (_word(word, folding) for word in line.split())
        pattern = _BLANKS.sub(" ", f" {' '.join(words)} ").removeprefix(" *").removesuffix("* ")
        runs = tuple(_run(char, len(list(run))) for char, run in groupby(pattern))
        return cls(line, pattern, len(pattern.split()), runs)

    def key(self, folding: Folding) -> str:
        """Return the coarse letters up to its first `*`, each run of the same ones as one."""
        return "".join(char for char, _ in groupby(folding.coarse(self.pattern.partition("*")[0])))

    def count(self, window: str, fits: Mapping[str, int]) -> int:
        """Return how many words it finds if it begins in the first one; 0 if it does not.

        Args:
            window: At least as many words of a text as it may find, folded, with all blanks around.
            fits: The places in them whose character may stand for one, as bits.
        """
        first = len(window) - len(window.lstrip(" "))
        begin, end = (0, first) if self.pattern[0] == " " else (first, window.index(" ", first))
        now = (1 << end) - (1 << begin)
        for char, times, drawn_out in self._runs:
            fitting = fits.get(char, 0)
            now = _step(now, fitting, times)
            if drawn_out is not None and now & fitting:
                now |= _onwards(_step(now, fitting, drawn_out), fitting)
            if not now:
                return 0
        return len(window[: (now & -now).bit_length() - 1].split())


def _word(word: str, folding: Folding) -> str:
    folded = folding.fold(folding.clean(word.strip("*")))
    return f"{'*' * word.startswith('*')}{folded}{'*' * word.endswith('*')}"


def _run(char: str, count: int) -> _Run:
    match char:
        case " ":
            return _Run(char, 1, 0)
        case "*":
            return _Run(char, 0, 0)
        case _:
            return _Run(char, count, max(1, DRAWN_OUT - count) if char.isalpha() else None)


def _step(now: int, fitting: int, times: int) -> int:
    for _ in range(times):
        now = (now & fitting) << 1
    return now


def _onwards(now: int, fitting: int) -> int:
    """Return the places reached over any number of fitting ones; the carry of a sum runs over them."""
    return (((now & fitting) + fitting) ^ fitting) | now
