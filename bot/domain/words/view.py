"""One way to read a text: which of its characters make words.

Its compact form is made at the speed of the string methods; what only a word that may be a rule needs is
worked out when it is asked for.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from operator import itemgetter

_BLANKS = re.compile(" +")
_REPEATED = re.compile(r"(.)\1+")
_JOINT = "\0"  # where a blank was; no folded text has one
_WORD = re.compile(rf"[^ \n{_JOINT}][^ \n]*")


class View:
    """A text's words in one of its readings, numbered from 0.

    Attributes:
        compact: The coarse letters, each run of the same ones as one; a blank for any number of others.
    """

    def __init__(self, letters: str, coarse: str, joined: Sequence[tuple[int, int]] = ()) -> None:
        """Make one of folded characters, the coarse ones of them, and the stretches without their blanks."""
        self._folded = letters
        self._joined = joined
        words = " ".join(_joined(coarse, joined).split())  # leaves little to the slower substitution
        self.compact = _REPEATED.sub(itemgetter(1), f" {words} ")

    def word_at(self, place: int) -> int:
        """Return which word a character of `compact` belongs to; a blank belongs to the next."""
        return self.compact.count(" ", 0, place + 1) - 1

    def window(self, word: int, count: int) -> str:
        """Return so many words, or as many as there are, with all blanks around them."""
        blanks = self._blanks
        return self._letters[blanks[word][0] : blanks[min(word + count, len(blanks) - 1)][1]]

    def span(self, word: int, count: int) -> tuple[int, int]:
        """Return where so many words begin and end among the folded characters."""
        return self._words[word][0], self._words[word + count - 1][1]

    @cached_property
    def _letters(self) -> str:
        return f" {_joined(self._folded, self._joined)} ".replace("\n", " ")

    @cached_property
    def _blanks(self) -> list[tuple[int, int]]:
        """Where those before each word begin and end, and those at the end."""
        return [blanks.span() for blanks in _BLANKS.finditer(self._letters)]

    @cached_property
    def _words(self) -> list[tuple[int, int]]:
        """Where each begins and ends among the folded characters."""
        return [word.span() for word in _WORD.finditer(_joined(self._folded, self._joined, _JOINT))]


def _joined(letters: str, runs: Sequence[tuple[int, int]], joint: str = "") -> str:
    """Return characters with something else for each blank in some stretches."""
    pieces: list[str] = []
    done = 0
    for begin, end in runs:
        pieces += letters[done:begin], letters[begin:end].replace(" ", joint)
        done = end
    return "".join((*pieces, letters[done:]))
