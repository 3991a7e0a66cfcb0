"""What does it cost to look for a server's words in a prompt?

    python benchmarks/words.py

5,000 rules and prompts of 1,000 characters: ours beside the plain way, one regular expression of all rules
with word boundaries, which sees through no disguise but capitals. Prints medians in milliseconds.
"""

import random
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot import lookalikes
from bot.domain.words.folding import Folding
from bot.domain.words.matcher import Matcher

RULES = 5000
LENGTH = 1000  # characters of a prompt
RUNS = 300
WORD_REST = r"\w*"
SYLLABLES = ["ba", "cor", "di", "el", "fu", "gan", "hi", "jo", "ka", "lis", "mo", "ner", "or", "pi", "qua"]


def main() -> None:
    """Print the table."""
    chance = random.Random(5)  # noqa: S311  # the same words each time
    rules = [rule(chance) for _ in range(RULES)]
    begin = time.perf_counter()
    folding = Folding(lookalikes.load())
    loaded = time.perf_counter()
    ours = Matcher.of(rules, folding)
    made = time.perf_counter()
    plain = re.compile("|".join(map(expression, rules)), re.IGNORECASE)
    compiled = time.perf_counter()
    print(f"look-alikes: {1000 * (loaded - begin):.0f} ms, once")
    print(
        f"{RULES} rules: {1000 * (made - loaded):.0f} ms; one expression: {1000 * (compiled - made):.0f} ms\n"
    )
    print("| prompt | ours | found | one expression | found |\n| --- | ---: | ---: | ---: | ---: |")
    clean = [prompt(chance, plain) for _ in range(20)]
    kinds = {
        "clean": clean,
        "clean, with numbers": [text.replace(" ", " 35 ")[:LENGTH] for text in clean],
        "five rules in each": [with_rules(text, rules, chance) for text in clean],
        "five in disguise in each": [disguised(with_rules(text, rules, chance)) for text in clean],
        "spaced out": [" ".join(text[: LENGTH // 2]) for text in clean],
        "hostile: 1111…": ["1" * LENGTH],
        "hostile: killkill…": [(rules[0].strip("*") * LENGTH)[:LENGTH]],
    }
    for name, prompts in kinds.items():
        cells = [cell for find in (ours.find, plain.findall) for cell in measured(find, prompts)]
        print(f"| {name} | {cells[0]:.2f} | {cells[1]:.0f} | {cells[2]:.2f} | {cells[3]:.0f} |")


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


def measured(find: Callable[[str], object], prompts: list[str]) -> tuple[float, float]:
    """Return the median milliseconds of a look, and how much was found in a prompt on average."""
    seconds, found = [], 0
    for run in range(RUNS if find.__name__ == "find" else len(prompts)):
        text = prompts[run % len(prompts)]
        begin = time.perf_counter()
        result = find(text)
        seconds.append(time.perf_counter() - begin)
        found += len(result)  # type: ignore[arg-type]  # a list or a tuple
    return 1000 * statistics.median(seconds), found / len(seconds)


if __name__ == "__main__":
    main()
