"""What **Why?** says: each value that holds for a member in a channel, and the place it came from."""

from bot.domain.settings.catalogue import BY_NAME
from bot.domain.settings.layers import Given
from bot.ui.wording.quoting import cut
from bot.ui.wording.settings.names import label, where
from bot.ui.wording.settings.values import value

MEMBER = "Another member"
ORDER = (
    "-# Later ones win: the server, the category, the channel, the member's roles. "
    "Of two roles, the more generous number counts; else the value that was set last."
)

_SHOWN = 18  # characters of a text or a list; all settings together must fit into one message
_LONGEST = 45  # characters of a value


def heading(user_id: int, channel_id: int) -> str:
    """Return for whom, and where."""
    return f"## What holds for <@{user_id}> in <#{channel_id}>"


def line(name: str, given: Given) -> str:
    """Return a setting's value and its place."""
    held = value(name, given.value, _SHOWN)
    return f"{label(name)}: {held if held.startswith('<') else cut(held, _LONGEST)} · {_place(name, given)}"


def _place(name: str, given: Given) -> str:
    if given.asked is not None and given.source is not None:
        return f"operator's limit, {value(name, given.asked)} in {where(given.source)}"
    if given.source is not None:
        return where(given.source)
    return "bot's own" if given.value == BY_NAME[name].default else "operator's limit"
