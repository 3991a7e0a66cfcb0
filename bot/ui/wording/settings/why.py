"""What **Why?** says: each value that holds for a member in a channel, and the place it came from."""

from bot.domain.settings.catalogue import BY_NAME
from bot.domain.settings.layers import Given
from bot.ui.wording.language import N_, _
from bot.ui.wording.quoting import cut
from bot.ui.wording.settings.names import label, where
from bot.ui.wording.settings.values import value

MEMBER = N_("Another member")
ORDER = N_(
    "-# Later ones win: the server, the category, the channel, the member's roles. "
    "Of two roles, the more generous number counts; else the value that was set last."
)

_SHOWN = 18  # characters of a text or a list; all settings together must fit into one message
_LONGEST = 45  # characters of a value


def heading(user_id: int, channel_id: int) -> str:
    """Return for whom, and where."""
    return _("## What holds for <@{user}> in <#{channel}>").format(user=user_id, channel=channel_id)


def line(name: str, given: Given) -> str:
    """Return a setting's value and its place."""
    held = value(name, given.value, _SHOWN)
    return f"{label(name)}: {held if held.startswith('<') else cut(held, _LONGEST)} · {_place(name, given)}"


def _place(name: str, given: Given) -> str:
    if given.asked is not None and given.source is not None:
        text = _("operator's limit, {value} in {where}")
        return text.format(value=value(name, given.asked), where=where(given.source))
    if given.source is not None:
        return where(given.source)
    return _("bot's own") if given.value == BY_NAME[name].default else _("operator's limit")
