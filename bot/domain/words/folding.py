"""Which characters of a text are letters, and which letters a to z each of them may stand for.

A character always stands for itself, in lower case; a look-alike, an accented letter, a digit or a symbol may
stand for a letter a to z as well. So a rule finds itself and its disguises, and nothing is taken for a rule
that is disguised itself: `ano` finds `año`, and `año` does not find `ano`.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
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
_EDGED = re.compile(r"[^ \n]+")
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
        self._coarse = _Memo(lambda char: (self.latin(char) or char)[0].replace("l", "i"))

    def clean(self, text: str) -> str:
        """Return a text without what nobody sees and without accents that belong to no letter."""
        composed = unicodedata.normalize("NFC", text.translate(self._visible))
        return unicodedata.normalize("NFC", _ACCENT.sub("", composed))

    def fold(self, clean: str) -> str:
        """Return a clean text in lower case, with a blank for whatever can be no part of a word.

        What is a word by itself, as an emoji, has line ends around it.
        """
        folded = clean.translate(self._folded)
        return _EDGED.sub(_inner, folded) if "!" in folded or "|" in folded else folded

    def latin(self, char: str) -> str:
        """Return the letters a to z that a folded character may stand for, beside itself."""
        return self._latin[ord(char)]

    def coarse(self, folded: str) -> str:
        """Return as many characters, with one letter for all that may stand for the same one."""
        return folded.translate(self._coarse)

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


def _inner(word: re.Match[str]) -> str:
    """Return a word without the `!` and `|` around it, which are signs there, and letters only inside."""
    inner = word[0].strip("!|")
    begin = word[0].index(inner)
    return " " * begin + inner + " " * (len(word[0]) - begin - len(inner))


def _is_invisible(char: str) -> bool:
    is_control = unicodedata.category(char) in {"Cc", "Cf"} and not char.isspace()
    return is_control or _INVISIBLE.match(char) is not None
