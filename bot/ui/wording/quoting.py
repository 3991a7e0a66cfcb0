"""Words of others, made harmless and short: nothing in them is rendered, and nobody is called by them."""

import re
from math import ceil

_MAX_QUOTE = 200  # characters of a service's words that are shown
_BACKTICKS = "`\u200b`"
# What Discord's markup is made of. A backslash before any of these shows the character itself.
_MARKUP = re.compile(r"[\\*_~|`<>\[\]():@#]|^(?=[-+])")


def quote(words: str) -> str:
    """Return foreign words as code: neither mentions nor markup of theirs do anything."""
    return f"`{cut(' '.join(words.replace('`', 'ˋ').split()), _MAX_QUOTE)}`"


def escape(words: str) -> str:
    """Return one line of foreign words as they are, with no markup working; at most twice as long."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}", words)


def shortened(words: str, limit: int) -> str:
    """Return one line of foreign words with no markup working, or as much of it as fits.

    Args:
        words: One line.
        limit: Characters that the result may have, markup included; at least 2.
    """
    kept, taken = escape(words), len(words)
    while len(kept) > limit:
        taken = max(0, taken - max(1, (len(kept) - limit) // 2))
        kept = f"{escape(words[:taken].rstrip())}…"
    return kept


def cut(text: str, limit: int) -> str:
    """Return a text, or as much of it as fits into `limit` characters with an ellipsis."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def block(text: str) -> str:
    """Return a line as a block of code, from which phones copy with one touch.

    Backticks that would end the block get a zero-width space between them, which `/imagine` takes out again.
    """
    return f"```\n{text.replace('``', _BACKTICKS)}\n```"


def relative(unix_time: float) -> str:
    """Return Discord's own countdown to a point in time; it counts in the reader's client."""
    return f"<t:{ceil(unix_time)}:R>"
