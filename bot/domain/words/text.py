"""A text as rules are looked for in it: the several ways in which it may be meant."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import TypeAlias

from bot.domain.words.folding import Folding, blanked
from bot.domain.words.view import View

# An ordinal, or a number with one letter after it (3d, 4k, 80s), is nothing but a number.
_NUMBER = re.compile(r"(?<![^ \n])[^\w \n]*+\d++(?:st|nd|rd|th|[a-z])?+[^\w \n]*+(?![^ \n])")
_WORD = re.compile(r"[^ ]+")
_LATIN = re.compile(r"[a-z]")
_SIGN = re.compile(r"[^a-z \n]")
_LETTERLESS = re.compile(r"(?<![^ \n])!+(?![^ \n])")
# A character alone, before a blank: where three are spaced out, there are two.
_APART = re.compile(r"(?<![^ \n])[^ \n](?= )")
# Three or more characters, each alone: with one sign between them, or with any number.
_SPACED = (
    re.compile(r"(?<![^ \n])[^ \n](?: [^ \n]){2,}(?![^ \n])"),
    re.compile(r"(?<![^ \n])[^ \n](?: +[^ \n]){2,}(?![^ \n])"),
)
_ARTICLES = "ai"  # as the first of spaced letters they may be a word: "a k i l l"

_Runs: TypeAlias = tuple[tuple[int, int], ...]
_Readings: TypeAlias = dict[tuple[str, _Runs], None]


class Text:
    """A text to look for rules in.

    Attributes:
        written: It, without what nobody sees.
        folding: What it is folded with.
    """

    def __init__(self, text: str, folding: Folding) -> None:
        self.written = folding.clean(text)
        self.folding = folding
        self._folded = folding.fold(self.written)
        self._fits: dict[str, dict[str, int]] = {}

    @cached_property
    def views(self) -> tuple[View, ...]:
        """The ways to read it, the plainest first."""
        plain = whole = self._folded
        if _SIGN.search(whole):
            plain = self.folding.letters(_NUMBER.sub(blanked, whole))
        readings: _Readings = dict.fromkeys([(plain, ()), (whole, ())])
        if len(_APART.findall(whole)) > 1:
            worded = whole if plain == whole else self._worded()
            readings |= dict.fromkeys([*self._joined(whole), *self._joined(worded)])
        coarse = {letters: self.folding.coarse(letters) for letters, _ in readings}
        return tuple(View(letters, coarse[letters], runs) for letters, runs in readings)

    def fits(self, window: str) -> dict[str, int]:
        """Return the places in some folded words whose character may stand for one, as bits.

        `*` has those of any but a blank.
        """
        if window not in self._fits:
            self._fits[window] = self._find_fits(window)
        return self._fits[window]

    def is_plain(self, word: str) -> bool:
        """Whether a folded word stands for nothing but itself: a number, or one of another script's text."""
        if _NUMBER.fullmatch(word):
            return True
        if _LATIN.search(word):
            return word.isascii() and word.isalpha()
        if self.folding.letters(word).isspace():
            return True
        scripts = {_script(char) for char in word if char.isalpha()}
        return len(scripts) == 1 and not scripts & {"", "LATIN"} and bool(scripts & self._scripts)

    def written_span(self, begin: int, end: int) -> tuple[int, int]:
        """Return where the written characters begin and end that some folded ones come from."""
        return bisect_right(self._ends, begin), bisect_right(self._ends, end - 1) + 1

    def _find_fits(self, window: str) -> dict[str, int]:
        fits = {" ": (1 << len(window)) - 1}
        for word in _WORD.finditer(window):
            begin, end = word.span()
            fits[" "] ^= (1 << end) - (1 << begin)
            stands = word[0] if self.is_plain(word[0]) else self.folding.stands(word[0])
            for place, chars in enumerate(stands, begin):
                for char in chars:
                    fits[char] = fits.get(char, 0) | 1 << place
        return fits | {"*": (1 << len(window)) - 1 ^ fits[" "]}

    def _worded(self) -> str:
        """Return the folded text without the words that have no letter."""
        pieces: list[str] = []
        done = 0
        for word in _LETTERLESS.finditer(self.folding.signs(self._folded)):
            pieces += self._folded[done : word.start()], blanked(word)
            done = word.end()
        return "".join((*pieces, self._folded[done:]))

    def _joined(self, letters: str) -> Iterator[tuple[str, _Runs]]:
        for spaced in _SPACED:
            if runs := tuple(run.span() for run in spaced.finditer(letters)):
                yield letters, runs
                firsts = (self.folding.coarse(letters[begin]) in _ARTICLES for begin, _ in runs)
                yield (
                    letters,
                    tuple((begin + 2 * first, end) for first, (begin, end) in zip(firsts, runs, strict=True)),
                )

    @cached_property
    def _scripts(self) -> frozenset[str]:
        """The scripts that the text is written in: those of its letters that look like no letter a to z."""
        return frozenset(
            _script(char) for char in set(self._folded) if char.isalpha() and not self.folding.latin(char)
        )

    @cached_property
    def _ends(self) -> list[int]:
        """Where the folded characters of each written one end."""
        return list(accumulate(self.folding.widths(self.written)))


def _script(char: str) -> str:
    return "LATIN" if char.isascii() else unicodedata.name(char, "").partition(" ")[0]
