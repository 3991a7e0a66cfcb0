"""What does it cost to look for a server's words in a prompt?

    python benchmarks/words.py

5,000 rules and prompts of 1,000 characters: ours beside the plain way, one regular expression of all rules
with word boundaries, which sees through no disguise but capitals. The prompts take turns; a figure is
the least CPU time of many looks, in milliseconds, for the slowest prompt of its kind.
"""

import random
import re
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot import lookalikes
from bot.domain.words.folding import Folding
from bot.domain.words.matcher import Matcher
from bot.domain.words.verdict import WordRules

RULES = 5000
LENGTH = 1000  # characters of a prompt
RUNS = {"ours": 30, "in six lists": 30, "one expression": 2}
HOSTILE = (
    "1",
    "1 ",
    "il",
    "kill ",
    "k.",
    "!",
    "a ",
    "殺",
    "é",
    "!a",
    "kilkil",
    "\u0301",
    "k i l l  ",
    "аѕ",
    "🔫",
)
WORD_REST = r"\w*"
SYLLABLES = ["ba", "cor", "di", "el", "fu", "gan", "hi", "jo", "ka", "lis", "mo", "ner", "or", "pi", "qua"]


def main() -> None:
    """Print the table."""
    chance = random.Random(5)  # noqa: S311  # the same words each time
    rules = [rule(chance) for _ in range(RULES)]
    begin = time.process_time()
    folding = Folding(lookalikes.load())
    loaded = time.process_time()
    ours = Matcher.of(rules, folding)
    made = time.process_time()
    plain = re.compile("|".join(map(expression, rules)), re.IGNORECASE)
    compiled = time.process_time()
    print(f"look-alikes: {1000 * (loaded - begin):.0f} ms, once")
    print(
        f"{RULES} rules: {1000 * (made - loaded):.0f} ms, {size(rules, folding):.1f} MB of Python's memory;"
    )
    print(f"one expression: {1000 * (compiled - made):.0f} ms\n")
    lists = ("operator", "blocked", "mature", "reviewed", "warned", "allowed")
    six = WordRules(**{name: Matcher.of(rules[at::6], folding) for at, name in enumerate(lists)})
    kinds = prompts(rules, chance, plain)
    looks: dict[str, Callable[[str], object]] = {
        "ours": ours.find,
        "in six lists": lambda prompt: six.judge(prompt, is_age_restricted=False),
        "one expression": plain.findall,
    }
    figures = {name: measured(look, kinds, RUNS[name]) for name, look in looks.items()}
    print(f"| prompt | found | {' | '.join(looks)} | found |\n| --- |{' ---: |' * 5}")
    for name, texts in kinds.items():
        cells = " | ".join(f"{figures[look][name]:.2f}" for look in looks)
        found = (sum(len(look(text)) for text in texts) / len(texts) for look in (ours.find, plain.findall))
        print(f"| {name} | {next(found):.0f} | {cells} | {next(found):.0f} |")


def prompts(rules: list[str], chance: random.Random, plain: re.Pattern[str]) -> dict[str, list[str]]:
    """Return the prompts by their kind."""
    clean = [prompt(chance, plain) for _ in range(10)]
    with_five = [with_rules(text, rules, chance) for text in clean]
    first = rules[0].strip("*")
    return {
        "clean": clean,
        "clean, with numbers": [text.replace(" ", " 35 ")[:LENGTH] for text in clean],
        "five rules in each": with_five,
        "five, all disguised": [disguised(text) for text in with_five],
        "spaced out": [" ".join(text[: LENGTH // 2]) for text in clean],
        "five, disguised and spaced out": [" ".join(disguised(text)[: LENGTH // 2]) for text in with_five],
        "a rule again and again": [(f"{first} " * LENGTH)[:LENGTH]],
        "the same, disguised": [disguised(f"{first} " * LENGTH)[:LENGTH]],
        "the same in one word": [(first * LENGTH)[:LENGTH]],
    } | {f"hostile: {unit!a}": [(unit * LENGTH)[:LENGTH]] for unit in HOSTILE}


def rule(chance: random.Random) -> str:
    """Return a made-up word or phrase, one in five with a `*`."""
    words = [word(chance) for _ in range(chance.choice((1, 1, 1, 2)))]
    return " ".join(words) + chance.choice(("", "", "", "", "*"))


def word(chance: random.Random) -> str:
    """Return a made-up word of two to four syllables."""
    return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))


def prompt(chance: random.Random, plain: re.Pattern[str]) -> str:
    """Return words that look much like the rules, and are none."""
    words = (word(chance) for _ in range(LENGTH))
    return " ".join(one for one in words if plain.search(one) is None)[:LENGTH].rpartition(" ")[0]


def with_rules(text: str, rules: list[str], chance: random.Random) -> str:
    """Return a text with five of the rules in it."""
    chosen = " ".join(one.rstrip("*") for one in chance.choices(rules, k=5))
    return f"{chosen} {text}"[:LENGTH]


def disguised(text: str) -> str:
    """Return a text in leetspeak and Cyrillic."""
    return text.translate(str.maketrans("aioe", "а10е"))


def expression(line: str) -> str:
    """Return the plain regular expression of a rule."""
    return rf"\b{re.escape(line.rstrip('*'))}{WORD_REST if line.endswith('*') else ''}\b"


def size(rules: list[str], folding: Folding) -> float:
    """Return the megabytes of Python's memory that rules take; the automaton has its own beside it."""
    tracemalloc.start()
    kept = Matcher.of(rules, folding)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return size / 1e6


def measured(look: Callable[[str], object], kinds: dict[str, list[str]], runs: int) -> dict[str, float]:
    """Return the least milliseconds of CPU time of a look at the slowest prompt of each kind."""
    least: dict[tuple[str, str], float] = {}
    for _ in range(runs):
        for name, texts in kinds.items():
            for text in texts:
                begin = time.process_time_ns()
                look(text)
                spent = (time.process_time_ns() - begin) / 1e6
                least[name, text] = min(spent, least.get((name, text), spent))
    return {name: max(least[name, text] for text in texts) for name, texts in kinds.items()}


if __name__ == "__main__":
    main()
