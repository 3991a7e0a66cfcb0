"""Words that moderators have rules for: found in every disguise, and nothing else is taken for them."""

import sys
from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import lookalikes
from bot.domain.words.folding import Folding
from bot.domain.words.matcher import MOST_SPELLED, Matcher
from bot.domain.words.text import Text
from bot.domain.words.verdict import Act, WordRules

FOLDING = Folding(lookalikes.load())
NONE = Matcher.of((), FOLDING)
LATIN = "abcdefghijklmnopqrstuvwxyz"
WORDS = st.text(LATIN, min_size=3, max_size=10)


def found(prompt: str, *rules: str) -> list[str]:
    return [one.rule for one in Matcher.of(rules, FOLDING).find(prompt)]


def written(prompt: str, *rules: str) -> list[str]:
    return [one.written for one in Matcher.of(rules, FOLDING).find(prompt)]


@pytest.mark.parametrize(
    ("prompt", "rule"),
    [
        ("skill", "kill"),
        ("Scunthorpe", "cunt"),
        ("classic glass", "ass"),
        ("the 1st, 2nd and 3rd", "ist"),
        ("the 1st!", "ist"),
        ("a ball", "bail"),
        ("bail him out", "ball"),
        ("to kiil", "kill"),
        ("as if", "ass"),
        ("455 and 8008", "ass"),
        ("a 4k 3d model of the 80s", "ak"),
        ("1 girl", "lgirl"),
        ("a portrait of Ana!", "anal"),
        ("c l a s s", "ass"),
        ("kill-free", "killfree"),
        ("20000 leagues", "2000"),
        ("corn", "com"),
        ("はか", "ばか"),
        ("kill", "kіll"),  # that rule is a disguise itself
        ("ano", "año"),
    ],
)
def test_a_word_that_only_looks_a_little_like_a_rule_is_not_found(prompt: str, rule: str) -> None:
    assert found(prompt, rule) == []


@pytest.mark.parametrize(
    "disguise",
    [
        "KILL",
        "kіll",  # Cyrillic і
        "κill",  # Greek κ
        "Κіⅼⅼ",
        "k\u200bi\u00adl\u2060l",
        "k\x00ill",
        "kïłł",
        "k̷i̷l̷l̷",
        "ќїll",  # Cyrillic, with accents
        "ｋｉｌｌ",
        "𝓀𝒾𝓁𝓁",
        "ⓚⓘⓛⓛ",
        "🅺🅸🅻🅻",
        "🇰🇮🇱🇱",
        "ᴋɪʟʟ",
        "k1ll",
        "ki11",
        "k!ll",
        "k|££",
        "k111",
        "killllll",
        "kkkk1111lll",
        "k i l l",
        "k. i. l. l.",
        "k-i-l-l",
        "k_i_l_l",
        "k\ni\nl\nl",
        "к і 1 l",
        "kill!!",
        "kill2",
        "'kill'",
        "(kill:1.3)",
        "kill|cat",
    ],
)
def test_a_word_is_found_in_disguise(disguise: str) -> None:
    assert found(f"please {disguise} it", "kill") == ["kill"]


@pytest.mark.parametrize(
    ("prompt", "rule"),
    [
        ("$ex", "sex"),
        ("4ss", "ass"),
        ("a$$", "ass"),
        ("a k i l l", "kill"),
        ("k i l l 😈", "kill"),
        ("l337", "leet"),
    ],
)
def test_other_disguises_are_seen_through_too(prompt: str, rule: str) -> None:
    assert found(prompt, rule) == [rule]


@pytest.mark.parametrize(
    ("rule", "caught", "free"),
    [
        ("kill", ["kill", "kill-joy", "KILL."], ["kills", "overkill", "skill"]),
        ("kill*", ["kill", "killing", "k1ller"], ["overkill", "skill"]),
        ("*kill", ["kill", "overkill", "skill"], ["killing"]),
        ("*kill*", ["kill", "overkill", "killing", "skills"], ["kil", "k illness"]),
        (
            "red fox",
            ["red fox", "a red, (fox)", "RED\nFOX", "red - fox"],
            ["red a fox", "redfox", "bred fox"],
        ),
        ("kill* him", ["kill him", "killing him", "killed, him!"], ["kill her", "kill them him"]),
        ("red *fox", ["red fox", "red firefox"], ["red foxes"]),
        ("don't", ["don't", "don’t"], ["dont", "don"]),
        ("c3po", ["C3PO"], ["cepo"]),
        ("420", ["420", "at 420"], ["4200", "a20"]),
    ],
)
def test_a_rule_finds_whole_words_and_its_stars_what_they_stand_for(
    rule: str, caught: list[str], free: list[str]
) -> None:
    assert [prompt for prompt in [*caught, *free] if found(prompt, rule)] == caught


@pytest.mark.parametrize(
    ("prompt", "rule"),
    [
        ("хочу убить", "убить"),
        ("УБИТЬ", "убить"),
        ("у б и т ь", "убить"),
        ("να σκοτώσω", "σκοτώσω"),
        ("人を殺すな", "殺す"),
        ("バカな人", "バカ"),
        ("ｶﾐ", "カミ"),
        ("죽여 줘", "죽*"),
        ("a 🔫!", "🔫"),
        ("👍🏽", "👍"),
        ("fox🔫fox", "🔫"),
        ("flag 🇷🇺", "🇷🇺"),
        ("kill인", "*인"),
    ],
)
def test_rules_in_any_script_are_found_as_they_are(prompt: str, rule: str) -> None:
    assert found(prompt, rule) == [rule]


@pytest.mark.parametrize(
    ("prompt", "rule"),
    [("красный рот", "pot"), ("большой сор", "cop"), ("άλλο ον", "ov"), ("it is", "🇮🇹"), ("воз", "bos")],
)
def test_words_of_other_scripts_are_not_taken_for_latin_ones(prompt: str, rule: str) -> None:
    assert found(prompt, rule) == []


def test_a_word_of_nothing_but_look_alikes_in_a_latin_text_is_seen_through() -> None:
    assert found("a big аѕѕ", "ass") == ["ass"]


def test_the_words_are_named_as_they_were_written() -> None:
    assert written("Straße, Ki\u200bLLing ﬁsh; o.v.e.r", "kill*", "fish", "over", "strasse") == [
        "Straße",
        "KiLLing",
        "ﬁsh",
        "o.v.e.r",
    ]


@pytest.mark.parametrize("line", ["", " ", "*", "* *", "...", "-*", "\u200b"])
def test_a_rule_without_a_letter_finds_nothing(line: str) -> None:
    assert found("any thing * ... -", line) == []


def test_all_rules_are_found_each_at_its_places() -> None:
    prompt = "kill the killer, kill"

    assert written(prompt, "kill", "kill*") == ["kill", "kill", "killer", "kill", "kill"]


# --- verdicts -------------------------------------------------------------------------------------------


@pytest.fixture
def rules() -> Callable[..., WordRules]:
    def make(**lists: tuple[str, ...]) -> WordRules:
        names = ("operator", "blocked", "mature", "reviewed", "warned", "allowed")
        return WordRules(**{name: Matcher.of(lists.get(name, ()), FOLDING) for name in names})

    return make


def verdict(
    rules: WordRules, prompt: str, *, is_age_restricted: bool = False
) -> tuple[Act, tuple[str, ...]] | None:
    judged = rules.judge(prompt, is_age_restricted=is_age_restricted)
    return None if judged is None else (judged.act, judged.words)


def test_the_gravest_act_counts(rules: Callable[..., WordRules]) -> None:
    made = rules(blocked=("a1",), mature=("b2",), reviewed=("c3",), warned=("d4",))

    assert verdict(made, "a1 b2 c3 d4") == (Act.BLOCK, ("a1",))
    assert verdict(made, "d4 c3 b2") == (Act.MATURE, ("b2",))
    assert verdict(made, "d4 c3 b2", is_age_restricted=True) == (Act.REVIEW, ("c3",))
    assert verdict(made, "d4 fox D4") == (Act.WARN, ("d4", "D4"))
    assert verdict(made, "fox") is None


def test_what_is_allowed_exempts_what_it_covers_and_no_more(rules: Callable[..., WordRules]) -> None:
    made = rules(blocked=("kill*", "switch me"), allowed=("kill switch",))

    assert verdict(made, "a Kill Switch") is None
    assert verdict(made, "kill the kill switch") == (Act.BLOCK, ("kill",))
    assert verdict(made, "kill switch me") == (Act.BLOCK, ("switch me",))


@pytest.mark.parametrize("name", ["mature", "reviewed", "warned"])
def test_what_is_allowed_is_so_in_every_list(rules: Callable[..., WordRules], name: str) -> None:
    made = rules(**{name: ("kill*",), "allowed": ("killer whale",)})

    assert verdict(made, "a killer whale") is None
    assert verdict(made, "a killer") is not None


def test_a_server_cannot_exempt_what_the_operator_blocks(rules: Callable[..., WordRules]) -> None:
    made = rules(operator=("kill*",), blocked=("gun",), allowed=("kill switch", "gun"))

    assert verdict(made, "kill switch, gun") == (Act.BLOCK, ("kill",))


def test_around_means_from_end_to_end(rules: Callable[..., WordRules]) -> None:
    made = rules(warned=("b c", "c d", "d e"), allowed=("b c d",))

    assert verdict(made, "b c d") is None
    assert verdict(made, "b c d e") == (Act.WARN, ("d e",))
    assert verdict(rules(warned=("b c d",), allowed=("b c", "c d")), "b c d") == (Act.WARN, ("b c d",))
    assert verdict(rules(warned=("b",), allowed=("b",)), "b") is None


# --- laws -----------------------------------------------------------------------------------------------


@given(st.text())
def test_folding_what_is_folded_changes_nothing_but_line_ends(text: str) -> None:
    once = FOLDING.fold(FOLDING.clean(text))

    assert FOLDING.fold(FOLDING.clean(once)).replace("\n", " ").split() == once.split()


@given(st.text())
def test_cleaning_what_is_clean_changes_nothing(text: str) -> None:
    assert FOLDING.clean(FOLDING.clean(text)) == FOLDING.clean(text)


LEETS = {letter: [sign for sign in "0123456789$@" if letter in FOLDING.latin(sign)] for letter in LATIN}
ALIKES = {letter: [char for char, like in FOLDING.lookalikes.items() if like == letter] for letter in LATIN}


@st.composite
def disguises(draw: st.DrawFn) -> tuple[str, str]:
    """A word, and the same in a disguise."""
    word = draw(WORDS.filter(lambda word: all(word[at : at + 2] != 2 * word[at] for at in range(len(word)))))
    letters = [
        draw(st.sampled_from([letter, letter.upper(), *LEETS[letter], *alike(letter)]))
        * draw(st.sampled_from([1, 3, 5]))
        for letter in word
    ]
    return word, draw(st.sampled_from(["", "\u200b", "\u0301"])).join(letters)


def alike(letter: str) -> list[str]:
    return [char for char in ALIKES[letter] if char.isalpha() and FOLDING.fold(char) == char]


@given(disguises())
def test_a_rule_is_found_in_any_disguise_that_has_a_letter_left(pair: tuple[str, str]) -> None:
    word, disguise = pair
    context = Text(f"the {disguise} here", FOLDING)

    assert word in [one.rule for one in Matcher.of([word], FOLDING).find(context)] or context.is_plain(
        FOLDING.fold(FOLDING.clean(disguise))
    )


@given(st.lists(WORDS, min_size=1, max_size=5), st.text(st.sampled_from(" .-,_/\n"), min_size=1, max_size=3))
def test_a_phrase_finds_itself_whatever_signs_are_between(words: list[str], between: str) -> None:
    assert " ".join(words) in found(between.join(words), " ".join(words))


@given(WORDS, st.integers(3, 6), st.sampled_from(" .-_"))
def test_a_rule_is_found_with_its_letters_spaced_out(word: str, drawn_out: int, sign: str) -> None:
    assert found(f"see {sign.join(word)} now", word) == [word]


@given(st.text(min_size=1, max_size=12))
def test_every_rule_finds_itself(line: str) -> None:
    rule = line.replace("*", "")
    has_letter = any(char not in " \n" for char in FOLDING.fold(FOLDING.clean(rule)))

    assert bool(found(rule, rule)) == has_letter


@given(st.lists(WORDS, max_size=12), st.lists(WORDS, min_size=1, max_size=12))
def test_words_that_are_no_rules_are_never_found(rules: list[str], words: list[str]) -> None:
    prompt = [word for word in words if not {word, undrawn(word)} & {undrawn(rule) for rule in rules}]

    assert found(" ".join(prompt), *rules) == []


def undrawn(word: str) -> str:
    return "".join(char for at, char in enumerate(word) if word[at - 1 : at] != char)


@given(st.text(max_size=60), st.lists(st.text("ab1il*! 殺к", min_size=1, max_size=8), max_size=8))
def test_whatever_is_found_is_in_the_text(text: str, rules: list[str]) -> None:
    clean = FOLDING.clean(text)

    for one in Matcher.of(rules, FOLDING).find(text):
        assert one.written == clean[one.begin : one.end] != ""


HOSTILE = ("1", "1 ", "il", "kill ", "k.", "!", "a ", "殺", "é", "!a", "kilkil", "\u0301", "k i l l  ", "аѕ")


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_text_costs_in_proportion_to_its_length(unit: str) -> None:
    matcher = Matcher.of(
        ["kill", "*kil*", "ilililililil", "*lll", "k i l l", "1*", "a* a* b", "殺殺殺b", "ass"], FOLDING
    )

    short, long = (work(matcher, (unit * length)[:length]) for length in (1000, 8000))

    assert long < 10 * short  # eight times the length; a quadratic cost would be 64 times


@pytest.mark.parametrize("prompt", ["il1l1l1l1l1l " * 80, "11111111111! a " * 60])
def test_a_list_made_to_be_slow_ends_early_and_lets_nothing_through(prompt: str) -> None:
    alike = Matcher.of(map("".join, product("il", repeat=12)), FOLDING)

    assert alike.find(prompt) != ()
    assert work(alike, prompt) < 100_000  # 4,096 rules at each letter would be many millions


def test_what_is_taken_as_found_is_in_the_text() -> None:
    anything = Matcher.of([f"-* * a{number}" for number in range(2 * MOST_SPELLED)], FOLDING)

    assert [one.written for one in anything.find("- fox")] == ["fox"]
    assert anything.find("-") == ()


def work(matcher: Matcher, text: str) -> int:
    """Return how many calls a look makes, once all of its characters are known."""
    matcher.find(text)
    calls = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        matcher.find(text)
    finally:
        sys.setprofile(None)
    return calls


def test_five_thousand_rules_cost_as_much_as_five() -> None:
    few = [f"{LATIN[at % 26]}word{at}" for at in range(5)]
    many = [f"{LATIN[at % 26]}word{at}" for at in range(5000)]
    prompt = "a quiet lake at dawn, wording of mist and pines " * 20

    assert work(Matcher.of(many, FOLDING), prompt) < 1.5 * work(Matcher.of(few, FOLDING), prompt)
