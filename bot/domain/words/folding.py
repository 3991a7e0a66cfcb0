"""Which characters of a text are letters, and which letters a to z each of them may stand for.

A character always stands for itself, in lower case; a look-alike, an accented letter, a digit or a symbol may
stand for a letter a to z as well. So a rule finds itself and its disguises, and nothing is taken for a rule
that is disguised itself: `ano` finds `año`, and `año` does not find `ano`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Final

# What digits and symbols are written for; `1` and bars for either of two letters.
LEET: Final[Mapping[str, str]] = {
    **dict(zip("023456789@$€£¥¢", "ozeasgtbgaselyc", strict=True)),
    **dict.fromkeys("1!|", "il"),
}
# Scripts written without blanks: each character is a word, so a rule is found anywhere.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
# Joiners, fillers, variation selectors, skin tones: with the categories Cc and Cf, all that nobody sees.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]"
)
# Around a word these are signs; only inside one are they letters.
_EDGES = re.compile(r"(?<![^ \n])[!|]+|(?<![!|])[!|]++(?![^ \n])")
_ACCENT = re.compile("[\u0300-\u036f]")
_LATIN_NAME = re.compile(
    r"(?:.*LATIN|REGIONAL INDICATOR SYMBOL)"
    r" (?:LETTER SMALL CAPITAL|(?:SMALL |CAPITAL )?LETTER) ([A-Z])(?: WITH .+)?"
)


class Folding:
    """Folds texts; it remembers each character that it has met.

    Attributes:
        lookalikes: The letter a to z that a character looks like, by lower-case character.
    """

    def __init__(self, lookalikes: Mapping[str, str]) -> None:
        self.lookalikes = lookalikes
        self._visible = _Memo(lambda char: "" if _is_invisible(char) else char)
        self._folded = _Memo(self._fold)
        self._latin = _Memo(self._find_latin)
        self._stands = _Memo(lambda char: char + self.latin(char))
        self._coarse = _Memo(lambda char: (self.latin(char) or char)[0].replace("l", "i"))
        self._letters = _Memo(lambda char: char if char == "\n" or _is_letter(char) else " ")
        self._signs = _Memo(lambda char: "a" if _is_letter(char) else char if char in " \n" else "!")
        self._widths = _Memo(lambda char: chr(len(self._folded[ord(char)])))

    def clean(self, text: str) -> str:
        """Return a text without what nobody sees and without accents that belong to no letter."""
        composed = unicodedata.normalize("NFC", text.translate(self._visible))
        return unicodedata.normalize("NFC", _ACCENT.sub("", composed))

    def fold(self, clean: str) -> str:
        """Return a clean text in lower case, with a blank for whatever can be no part of a word.

        What is a word by itself, as an emoji, has line ends around it.
        """
        folded = clean.translate(self._folded)
        return _EDGES.sub(blanked, folded) if "!" in folded or "|" in folded else folded

    def widths(self, clean: str) -> Iterator[int]:
        """Return how many characters each one of a clean text is folded to."""
        return map(ord, clean.translate(self._widths))

    def latin(self, char: str) -> str:
        """Return the letters a to z that a folded character may stand for, beside itself."""
        return self._latin[ord(char)]

    def stands(self, folded: str) -> Iterator[str]:
        """Return for each character all that it may stand for, itself included."""
        return map(self._stands.__getitem__, map(ord, folded))

    def coarse(self, folded: str) -> str:
        """Return as many characters, with one letter for all that may stand for the same one."""
        return folded.translate(self._coarse)

    def letters(self, folded: str) -> str:
        """Return as many characters, with a blank for each that is no letter; line ends stay."""
        return folded.translate(self._letters)

    def signs(self, folded: str) -> str:
        """Return as many characters, with an `a` for each letter and a `!` for each that is none."""
        return folded.translate(self._signs)

    def _fold(self, char: str) -> str:
        plain = _ACCENT.sub("", unicodedata.normalize("NFKC", char).casefold())
        plain = unicodedata.normalize("NFKC", plain).casefold()
        return "".join(map(self._part, unicodedata.normalize("NFKC", plain)))

    def _part(self, char: str) -> str:
        category = unicodedata.category(char)
        if unicodedata.name(char, "").startswith(_UNSPACED) or (category == "So" and not self.latin(char)):
            return f"\n{char}\n"
        return char if category[0] in "LMN" or self.latin(char) else " "

    def _find_latin(self, char: str) -> str:
        if char in LEET:
            return LEET[char]
        if char.isascii():
            return ""
        if letter := self.lookalikes.get(char, ""):
            return "il" if letter == "l" else letter  # bars of all kinds are listed as l
        if named := _LATIN_NAME.fullmatch(unicodedata.name(char, "")):
            return named[1].lower()
        base = unicodedata.normalize("NFD", char)[0]
        if base == char:
            return ""
        return base if base.isascii() and base.isalpha() else self.latin(base)


class _Memo(dict[int, str]):
    """What a character becomes, worked out when it is first met."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, code: int) -> str:
        self[code] = made = self._make(chr(code))
        return made


def _is_letter(char: str) -> bool:
    """Whether a character makes words: a letter, a mark or an emoji."""
    category = unicodedata.category(char)
    return category[0] in "LM" or category == "So"


def blanked(stretch: re.Match[str]) -> str:
    """Return as many blanks."""
    return " " * len(stretch[0])


def _is_invisible(char: str) -> bool:
    is_control = unicodedata.category(char) in {"Cc", "Cf"} and not char.isspace()
    return is_control or _INVISIBLE.match(char) is not None
