"""`{red, blue} fox`: one prompt that stands for several.

Braces with a comma between them are a choice; choices may be nested, and several multiply. A doubled brace
is a brace, in a choice as outside of one; there, `}}` is one where a `{{` waits for it, else it ends two
choices. Braces that do not pair, or have nothing to choose from, are text.
"""

import re
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import TypeAlias

from bot.domain.errors import OutOfRange
from bot.domain.job import MAX_PICTURES

_TOKEN = re.compile(r"\{\{|\}\}|[{},]|[^{},]+")

Part: TypeAlias = "str | tuple[Sequence, ...]"
Sequence: TypeAlias = "tuple[Part, ...]"


@dataclass(slots=True)
class _Open:
    """A choice whose end was not read yet; the outermost is the prompt itself.

    Attributes:
        options: What was read between its commas; the last one grows.
        literals: How many `{{` wait for their `}}`.
    """

    options: list[list[Part]] = field(default_factory=lambda: [[]])
    literals: int = 0

    def add(self, *parts: Part) -> None:
        self.options[-1].extend(parts)

    def as_choice(self) -> list[Part]:
        """Return it with its closing brace read."""
        if len(self.options) == 1:
            return ["{", *self.options[0], "}"]
        return [tuple(tuple(option) for option in self.options)]

    def as_text(self) -> list[Part]:
        """Return it as what stands between an opening brace and the end, of which there is none."""
        parts = list(self.options[0])
        for option in self.options[1:]:
            parts += [",", *option]
        return parts


def expand(prompt: str, most: int = MAX_PICTURES) -> tuple[str, ...]:
    """Return the prompts that a prompt stands for, each once, the first choice varying slowest.

    Args:
        prompt: As the user wrote it.
        most: How many there may be.

    Raises:
        OutOfRange: There are more, before equal ones are counted as one.
    """
    sequence = _parse(prompt)
    number = _count(sequence)
    if number > most:
        raise OutOfRange("count", number, 1, most)
    return tuple(dict.fromkeys(" ".join(text.split()) for text in _texts(sequence)))


def doubled(text: str) -> str:
    """Return a text that stands for itself alone: each of its braces doubled."""
    return text.replace("{", "{{").replace("}", "}}")


def _parse(prompt: str) -> Sequence:
    stack, position = [_Open()], 0
    while found := _TOKEN.match(prompt, position):
        mark = found[0]
        if mark == "}}" and len(stack) > 1 and not stack[-1].literals:
            mark = "}"  # the next one is read anew
        _read(mark, stack)
        position += len(mark)
    while len(stack) > 1:
        unfinished = stack.pop()
        stack[-1].add("{", *unfinished.as_text())
    return tuple(stack[0].as_text())


def _read(mark: str, stack: list[_Open]) -> None:
    top = stack[-1]
    match mark:
        case "{{" | "}}":
            top.literals += 1 if mark == "{{" else -1
            top.add(mark[0])
        case "{":
            stack.append(_Open())
        case "}" if len(stack) > 1:
            stack.pop()
            stack[-1].add(*top.as_choice())
        case ",":
            top.options.append([])
        case _:
            top.add(mark)


def _count(sequence: Sequence) -> int:
    return prod(sum(map(_count, part)) for part in sequence if not isinstance(part, str))


def _texts(sequence: Sequence) -> list[str]:
    choices = [
        [part] if isinstance(part, str) else [text for option in part for text in _texts(option)]
        for part in sequence
    ]
    return ["".join(parts) for parts in product(*choices)]
