"""Rules, looked for in a text all at once.

A rule is a word or a phrase; `*` at an end of a word stands for any letters more. All rules are in one tree
of coarse letters, where i is l and a run is one letter, so that a look costs the same whatever their number;
what the tree finds is then spelled out exactly.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice

from bot.domain.words.folding import Folding
from bot.domain.words.text import Text, View

DRAWN_OUT = 3  # letters in a row, which no word has, stand for fewer
MOST_SPELLED = 1000  # in one view; only a list made for it has more, and the next is taken as found
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A rule, found.

    Attributes:
        rule: Its line, as moderators wrote it.
        written: The whole words that it found, as the user wrote them.
        begin: Where they begin in the text without what nobody sees, in characters.
        end: Where they end.
    """

    rule: str
    written: str
    begin: int
    end: int

    def covers(self, other: "Found") -> bool:
        """Whether it is found around another one."""
        return self.begin <= other.begin and other.end <= self.end


@dataclass(frozen=True, slots=True)
class _Rule:
    line: str
    runs: tuple[tuple[str, int], ...]  # of letters, blanks and stars, and how long each is


@dataclass(slots=True)
class _Node:
    rules: list[_Rule] = field(default_factory=list)
    after: "dict[str, _Node]" = field(default_factory=dict)


class Matcher:
    """Finds rules."""

    def __init__(self, root: _Node, folding: Folding) -> None:
        self._root = root
        self.folding = folding

    @classmethod
    def of(cls, lines: Iterable[str], folding: Folding) -> "Matcher":
        """Make one of rules, a word or a phrase each; a line without any letter is none."""
        root = _Node()
        for line in lines:
            pattern = _pattern(line, folding)
            if not pattern.strip(" *"):
                continue
            node = root
            for char, _ in groupby(folding.coarse(pattern.partition("*")[0])):
                node = node.after.setdefault(char, _Node())
            node.rules.append(_Rule(line, tuple((char, len(list(run))) for char, run in groupby(pattern))))
        return cls(root, folding)

    def find(self, prompt: "str | Text") -> tuple[Found, ...]:
        """Return the rules that a prompt holds, in the order of where, each of them once at a place."""
        text = Text(prompt, self.folding) if isinstance(prompt, str) else prompt
        if not self._root.after:
            return ()
        found = {one: None for view in text.views for one in self._in_view(view, text)}
        return tuple(sorted(found, key=lambda one: (one.begin, one.end)))

    def _in_view(self, view: View, text: Text) -> Iterator[Found]:
        for looked, (run, rule) in enumerate(islice(self._candidates(view.compact), MOST_SPELLED + 1)):
            starts = view.start(run)
            ends = _spelled(rule, view, starts) if looked < MOST_SPELLED else starts << 1
            if ends:
                begin = (starts & -starts).bit_length() - 1
                begin, end = view.span(begin, (ends & -ends).bit_length() - 1)
                yield Found(rule=rule.line, written=text.written[begin:end], begin=begin, end=end)

    def _candidates(self, compact: str) -> Iterator[tuple[int, _Rule]]:
        """Return which rules may begin at which run of letters."""
        first = self._root.after
        for start, char in enumerate(compact):
            node, at = first.get(char), start
            while node is not None:
                for rule in node.rules:
                    yield start, rule
                at += 1
                node = node.after.get(compact[at]) if at < len(compact) else None


def _pattern(line: str, folding: Folding) -> str:
    """Return a rule as folded letters, with blanks around whole words and `*` where letters may follow."""
    words = (_word(word, folding) for word in line.split())
    pattern = _BLANKS.sub(" ", f" {' '.join(words)} ")
    return pattern.removeprefix(" *").removesuffix("* ")


def _word(word: str, folding: Folding) -> str:
    inner = word.strip("*")
    folded = folding.fold(folding.clean(inner))
    return f"{'*' * word.startswith('*')}{folded}{'*' * word.endswith('*')}"


def _spelled(rule: _Rule, view: View, starts: int) -> int:
    """Return where a rule ends that begins at one of some places, as bits; 0 if it does not."""
    now = starts
    for char, count in rule.runs:
        fitting = view.fits(char)
        if char == "*":
            now = _onwards(now, fitting)
        elif char == " ":
            now = _onwards(_step(now, fitting, 1), fitting)
        else:
            exact = _step(now, fitting, count)
            drawn_out = _step(exact, fitting, max(1, DRAWN_OUT - count)) if char.isalpha() else 0
            now = exact | _onwards(drawn_out, fitting)
    return now


def _step(now: int, fitting: int, times: int) -> int:
    for _ in range(times):
        now = (now & fitting) << 1
    return now


def _onwards(now: int, fitting: int) -> int:
    """Return the places reached over any number of fitting ones; the carry of a sum runs over them."""
    return (((now & fitting) + fitting) ^ fitting) | now
