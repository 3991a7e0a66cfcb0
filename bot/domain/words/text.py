"""A text as rules are looked for in it: the several ways in which it may be meant."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from bot.domain.words.folding import Folding

_WORD = re.compile(r"[^ \n]+")
_RUN = re.compile(r"(.)\1*")
_REPEATED = re.compile(r"(.)\1+")
_ONE = ord("1")
# An ordinal, or a number with one letter after it (3d, 4k, 80s), is nothing but a number.
_NUMBER = re.compile(r"\W*\d+(?:st|nd|rd|th|[a-z])?\W*")
# Three or more characters, each alone: with one sign between them, or with any number.
_SIGN = re.compile(r"[^a-z \n]")
_SPACED = (
    re.compile(r"(?<![^ \n])[^ \n](?: [^ \n]){2,}(?![^ \n])"),
    re.compile(r"(?<![^ \n])[^ \n](?: +[^ \n]){2,}(?![^ \n])"),
)
_ARTICLES = "ai"  # as the first of spaced letters they may be a word: "a k i l l"


class View:
    """One way to read a text: which of its characters make words.

    Attributes:
        compact: The coarse letters, each run of the same ones as one; a blank for any number of others.
    """

    def __init__(self, letters: str, places: Sequence[int], text: "Text") -> None:
        self._letters = f" {letters} ".replace("\n", " ")  # folded, with blanks around words
        self._places = (-1, *places, -1)
        self._text = text
        self._coarse = text.folding.coarse(self._letters)
        self.compact = _REPEATED.sub(r"\1", self._coarse)

    def start(self, run: int) -> int:
        """Return where a run of `compact` is, as bits: all the places where a rule may begin in it."""
        begin, end = self._bounds[run : run + 2]
        return (1 << end) - (1 << begin)

    def fits(self, char: str) -> int:
        """Return the places whose character may stand for one, as bits; a `*` for any but a blank."""
        return self._masks.get(char, 0)

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """Return where the whole words of a stretch of this view begin and end in the written text."""
        while self._letters[begin] == " ":
            begin += 1
        while self._letters[end - 1] == " ":
            end -= 1
        begin = self._letters.rindex(" ", 0, begin) + 1
        end = self._letters.index(" ", end)
        return self._text.written_at(self._places[begin]), self._text.written_at(self._places[end - 1]) + 1

    @cached_property
    def _bounds(self) -> list[int]:
        return [*(run.start() for run in _RUN.finditer(self._coarse)), len(self._coarse)]

    @cached_property
    def _masks(self) -> dict[str, int]:
        size = len(self._letters)
        digits: dict[str, bytearray] = {}
        for place, stands in enumerate(self._stands()):
            for char in stands:
                digits.setdefault(char, bytearray(b"0" * size))[size - 1 - place] = _ONE
        masks = {char: int(bits, 2) for char, bits in digits.items()}
        return masks | {"*": (1 << size) - 1 ^ masks[" "]}

    def _stands(self) -> list[str]:
        """Return what each character may stand for."""
        stands = list(self._letters)
        for word in _WORD.finditer(self._letters):
            if not self._text.is_plain(word[0]):
                for place in range(*word.span()):
                    stands[place] += self._text.folding.latin(stands[place])
        return stands


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

    @cached_property
    def views(self) -> tuple[View, ...]:
        """The ways to read it, the plainest first."""
        plain = whole = worded = self._folded
        if _SIGN.search(whole):
            plain = _WORD.sub(_letters_only, whole)
            worded = _WORD.sub(_with_letters, whole)
        readings = dict.fromkeys((plain, whole))
        views = [View(letters, range(len(letters)), self) for letters in readings]
        joined = dict.fromkeys(
            join for letters in dict.fromkeys((whole, worded)) for join in self._joined(letters)
        )
        views += [View("".join(letters[at] for at in kept), kept, self) for letters, kept in joined]
        return tuple(views)

    def is_plain(self, word: str) -> bool:
        """Whether a folded word stands for nothing but itself: a number, or one of another script's text."""
        if word.isascii() and word.isalpha():
            return True
        if _NUMBER.fullmatch(word) or not any(map(_is_letter, word)):
            return True
        scripts = {_script(char) for char in word if char.isalpha()}
        return len(scripts) == 1 and not scripts & {"", "LATIN"} and bool(scripts & self._scripts)

    def written_at(self, place: int) -> int:
        """Return which written character a folded one comes from."""
        return self._origins[place]

    def _joined(self, letters: str) -> Iterator[tuple[str, tuple[int, ...]]]:
        for spaced in _SPACED:
            runs = [(*run.span(), run[0][0]) for run in spaced.finditer(letters)]
            if runs:
                yield letters, _without_blanks(letters, [(begin, end) for begin, end, _ in runs])
                starts = [
                    (begin + (self.folding.coarse(first) in _ARTICLES) * 2, end) for begin, end, first in runs
                ]
                yield letters, _without_blanks(letters, starts)

    @cached_property
    def _scripts(self) -> frozenset[str]:
        """The scripts that the text is written in: those of its letters that look like no letter a to z."""
        return frozenset(
            _script(char) for char in set(self._folded) if char.isalpha() and not self.folding.latin(char)
        )

    @cached_property
    def _origins(self) -> list[int]:
        widths = (len(self.folding.fold(char)) for char in self.written)
        ends = accumulate(widths, initial=0)
        return [at for at, (begin, end) in enumerate(pairwise(ends)) for _ in range(begin, end)]


def _letters_only(word: re.Match[str]) -> str:
    if word[0].isalpha():
        return word[0]
    if _NUMBER.fullmatch(word[0]):
        return " " * len(word[0])
    return "".join(char if _is_letter(char) else " " for char in word[0])


def _with_letters(word: re.Match[str]) -> str:
    return word[0] if any(map(_is_letter, word[0])) else " " * len(word[0])


def _is_letter(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] in "LM" or category == "So"


def _without_blanks(letters: str, runs: list[tuple[int, int]]) -> tuple[int, ...]:
    dropped = {at for begin, end in runs for at in range(begin, end) if letters[at] == " "}
    return tuple(at for at in range(len(letters)) if at not in dropped)


def _script(char: str) -> str:
    return "LATIN" if char.isascii() else unicodedata.name(char, "").partition(" ")[0]
