"""The quick way to find words finds what a slow and obvious one finds."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import groupby, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import lookalikes
from bot.domain.words.folding import Folding
from bot.domain.words.matcher import Matcher
from bot.domain.words.rule import Rule
from bot.domain.words.text import Text
from bot.domain.words.verdict import Act, Verdict, WordRules

FOLDING = Folding(lookalikes.load())
NUMBER = re.compile(r"\W*\d+(?:st|nd|rd|th|[a-z])?\W*")
SIGNS = "abiiklls013!|  -.,*\nкіраéß½ﬁ😈殺\u200b\u0301"
UNITS = [
    "kill",
    "k1ll",
    "ball",
    "bail",
    "1st",
    "3d",
    "12",
    "аѕѕ",
    "рот",
    "k.i.l.l",
    "i",
    "k",
    "l",
    "!",
    "!a",
    "1a1",
]
BETWEEN = [" ", " ", "  ", "", ", ", "-", "\n", " 7 "]
DISGUISES: list[Callable[[str], str]] = [
    str,
    str.upper,
    "kill {}s".format,
    " ".join,
    "  ".join,
    " 1 ".join,
    ".".join,
    "a   ".join,
    lambda word: "".join(3 * char for char in word),
    lambda word: word.translate(str.maketrans("ilas", "11а5")),
]

UNIT = st.one_of(st.sampled_from(UNITS), st.text(SIGNS.replace("*", ""), min_size=1, max_size=4))
STARRED = st.tuples(st.sampled_from(["", "", "*"]), UNIT, st.sampled_from(["", "", "*"])).map("".join)
RULE = st.lists(st.one_of(STARRED, STARRED, st.just("*")), min_size=1, max_size=3).map(" ".join)
RULES = st.lists(RULE, max_size=6)


@st.composite
def prompts(draw: st.DrawFn, rules: list[str]) -> str:
    """A prompt of the rules' words and others, in disguises."""
    words = [word.replace("*", "") for rule in rules for word in (rule, *rule.split())]
    word = st.one_of(st.sampled_from([*words, "a"]), UNIT)
    pieces = draw(st.lists(st.tuples(word, st.sampled_from(DISGUISES), st.sampled_from(BETWEEN)), max_size=6))
    return "".join(disguise(word) + between for word, disguise, between in pieces)


Cell = tuple[str, int]  # a folded character, and which folded one it is


@given(st.data(), RULES)
def test_the_quick_way_finds_what_the_slow_one_finds(data: st.DataObject, rules: list[str]) -> None:
    assert_same(data.draw(prompts(rules)), rules)


@pytest.mark.parametrize(
    ("prompt", "rule"),
    [
        ("a, b and a b", "a * b"),
        ("fox,  3d", "-* * 3d"),
        ("a  k  i  l l, him", "kill him"),
        ("k 1 i 22 l 3 l", "kill"),
        ("kkk1l1 kkill", "kill*"),
        ("kk kkk kkkk", "kk"),
        ("𝓀𝒾𝓁𝓁 ﷺ k½ll ﬁll", "*ll"),
    ],
)
def test_they_agree_where_it_is_hard(prompt: str, rule: str) -> None:
    assert_same(prompt, [rule])


@given(st.data(), RULES, RULES)
def test_what_is_allowed_exempts_what_it_is_found_around(
    data: st.DataObject, rules: list[str], free: list[str]
) -> None:
    prompt = data.draw(prompts([*rules, *free]))
    none, warned, allowed = (Matcher.of(lines, FOLDING) for lines in ((), rules, free))
    judged = WordRules(
        operator=none, blocked=none, mature=none, reviewed=none, warned=warned, allowed=allowed
    ).judge(prompt, is_age_restricted=False)
    left = tuple(
        one
        for one in warned.find(prompt)
        if not any(around.begin <= one.begin and one.end <= around.end for around in allowed.find(prompt))
    )

    assert judged == (Verdict(Act.WARN, left) if left else None)


def assert_same(prompt: str, rules: list[str]) -> None:
    found = Matcher.of(rules, FOLDING).find(prompt)

    assert [(one.begin, one.end, one.rule) for one in found] == sorted(slowly(Text(prompt, FOLDING), rules))


def slowly(text: Text, lines: list[str]) -> set[tuple[int, int, str]]:
    """Return where rules begin and end: each of them tried at each word of each reading."""
    origins = [at for at, char in enumerate(text.written) for _ in FOLDING.fold(char)]
    return {
        (origins[words[0][0][1]], origins[words[-1][-1][1]] + 1, line)
        for reading in readings(FOLDING.fold(text.written))
        for line in lines
        for words in places(Rule.of(line, FOLDING).pattern, reading, text)
    }


def readings(folded: str) -> Iterator[list[Cell]]:
    """Yield the letters alone; all that is there; and both ways to join what is spaced out, in two texts."""
    words = re.split(r"([ \n])", folded)
    worded = "".join(word if word == "\n" or has_letter(word) else " " * len(word) for word in words)
    yield numbered("".join(map(letters_only, words)))
    yield numbered(folded)
    for letters, most in product((folded, worded), (1, len(folded))):
        runs = list(spaced_out(letters, most))
        firsts = [at + 2 * (FOLDING.coarse(letters[at]) in "ai") for at, _ in runs]
        if not runs:
            continue
        yield without_blanks(numbered(letters), runs)
        yield without_blanks(
            numbered(letters), [(first, end) for first, (_, end) in zip(firsts, runs, strict=True)]
        )


def numbered(letters: str) -> list[Cell]:
    return list(zip(letters, range(len(letters)), strict=True))


def letters_only(word: str) -> str:
    if word == "\n":
        return word
    return "".join(char if is_letter(char) and not NUMBER.fullmatch(word) else " " for char in word)


def is_letter(char: str) -> bool:
    return unicodedata.category(char) == "So" or unicodedata.category(char)[0] in "LM"


def has_letter(word: str) -> bool:
    return any(map(is_letter, word))


def spaced_out(letters: str, most: int) -> Iterator[tuple[int, int]]:
    """Yield where three or more characters begin and end each alone, at most so many blanks apart."""
    words = [word.span() for word in re.finditer(r"[^ \n]+", letters)]
    chain: list[int] = []
    for (begin, end), (after, _) in pairwise([*words, (len(letters), 0)]):
        if end - begin > 1:
            chain = []
            continue
        chain.append(begin)
        between = letters[end:after]
        ends_alone = after < len(letters) and dict(words)[after] - after == 1
        if not (ends_alone and len(between) <= most and "\n" not in between):
            if len(chain) > 2:
                yield chain[0], end
            chain = []


def without_blanks(cells: list[Cell], runs: list[tuple[int, int]]) -> list[Cell]:
    return [cell for cell in cells if cell[0] != " " or not any(at <= cell[1] < end for at, end in runs)]


def places(pattern: str, reading: list[Cell], text: Text) -> Iterator[list[list[Cell]]]:
    """Yield the words that a rule finds, the fewest that it can from where it begins."""
    cells = [(" ", -1), *((" " if char == "\n" else char, at) for char, at in reading), (" ", -1)]
    stretches = [list(stretch) for _, stretch in groupby(cells, lambda cell: cell[0] == " ")]
    stands = [
        {char, *("" if text.is_plain(word) else FOLDING.latin(char))}
        for stretch in stretches
        for word in ["".join(char for char, _ in stretch)]
        for char in word
    ]
    if not pattern.strip(" *") or pattern[0] == "*":  # what begins with any word is no rule
        return
    for first in range(pattern[0] != " ", len(stretches), 2):
        begin = sum(map(len, stretches[:first]))
        ends = spelled(pattern, stands, set(range(begin, begin + len(stretches[first]))))
        if ends:
            count = len("".join(char for char, _ in cells[begin : min(ends)]).split())
            yield stretches[first + (pattern[0] == " ") :][: 2 * count : 2]


def spelled(pattern: str, stands: list[set[str]], now: set[int]) -> set[int]:
    """Return where a rule may end that begins at one of some places."""
    for char, run in groupby(pattern):
        length = len(list(run))
        least, most = {" ": (1, len(stands)), "*": (0, len(stands))}.get(char, (length, length))
        now = {
            end for at in now for end in reached(at, char, stands) if fits_times(end - at, char, least, most)
        }
    return now


def reached(at: int, char: str, stands: list[set[str]]) -> Iterator[int]:
    """Yield each end of a stretch of places that all may stand for a character."""
    yield at
    while at < len(stands) and (stands[at] != {" "} if char == "*" else char in stands[at]):
        at += 1
        yield at


def fits_times(times: int, char: str, least: int, most: int) -> bool:
    is_drawn_out = char.isalpha() and times > least and times >= 3
    return least <= times <= most or is_drawn_out
