"""Rules, looked for in a text all at once.

All rules are in one automaton of coarse letters, where i is l and a run is one letter, so that a look costs
the same whatever their number; what the automaton finds is then spelled out exactly, word by word.
"""

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from bot.domain.words.folding import Folding
from bot.domain.words.rule import Rule
from bot.domain.words.text import Text
from bot.domain.words.view import View

MOST_SPELLED = 1000  # in one prompt; only a list made for it has more, and the next is taken as found


class Found(NamedTuple):
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


class Matcher:
    """Finds rules.

    Attributes:
        folding: What they are folded with.
    """

    def __init__(self, rules: Iterable[Rule], folding: Folding) -> None:
        self.folding = folding
        alike: dict[str, list[Rule]] = {}
        for rule in rules:
            alike.setdefault(rule.key(folding), []).append(rule)
        alike.pop("", None)  # a phrase that begins with a word of any letters finds nothing
        self._alike = tuple(alike.values())
        self._longest = tuple(max(rule.words for rule in rules) for rules in self._alike)
        self._automaton = AhoCorasick(alike)

    @classmethod
    def of(cls, lines: Iterable[str], folding: Folding) -> "Matcher":
        """Make one of rules, a word or a phrase each; a line without any letter is none."""
        rules = (Rule.of(line, folding) for line in dict.fromkeys(lines))
        return cls((rule for rule in rules if rule.pattern.strip(" *")), folding)

    def find(self, prompt: "str | Text") -> tuple[Found, ...]:
        """Return the rules that a prompt holds, in the order of where, each of them once at a place."""
        if not self._alike:
            return ()
        text = Text(prompt, self.folding) if isinstance(prompt, str) else prompt
        return tuple(
            Found(rule=line, written=text.written[begin:end], begin=begin, end=end)
            for begin, end, line in sorted(set(self._places(text)))
        )

    def _places(self, text: Text) -> Iterator[tuple[int, int, str]]:
        """Yield where each rule begins and ends, and its line."""
        spelled: dict[tuple[int, str], list[tuple[int, str]]] = {}
        left = MOST_SPELLED
        for view in text.views:
            for word, key in self._candidates(view):
                window = view.window(word, self._longest[key])
                if (key, window) not in spelled:
                    rules, fits = self._alike[key], text.fits(window)
                    counts = [(rule.count(window, fits), rule.line) for rule in rules[:left]]
                    spelled[key, window] = [*filter(itemgetter(0), counts)]
                    spelled[key, window] += [(1, rule.line) for rule in rules[left : left + 1]]
                    left -= len(rules)
                for count, line in spelled[key, window]:
                    yield *text.written_span(*view.span(word, count)), line
                if left < 0:
                    return

    def _candidates(self, view: View) -> set[tuple[int, int]]:
        """Return in which words rules may begin, and which: those with the same coarse letters."""
        hits = self._automaton.find_matches_as_indexes(view.compact, overlapping=True)
        last = len(view.compact) - 1  # a blank, after which there is no word
        return {(view.word_at(begin), key) for key, begin, _ in hits if begin < last}
