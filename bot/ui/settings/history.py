"""The history of a server's settings, and what an undo, a restore or an import would change."""

from collections.abc import Sequence
from itertools import groupby
from math import ceil

import discord
from discord import ButtonStyle, ui

from bot.domain.settings.history import Change, Edit, State
from bot.ui import layout
from bot.ui.custom_id import Action, CustomId
from bot.ui.settings.keys import Seen
from bot.ui.settings.panel import back
from bot.ui.wording.language import _
from bot.ui.wording.settings import history as texts
from bot.ui.wording.settings import panel

PAGE = 8  # changes
LINES = 12  # changes that are listed one by one; of the longest ones, as many fit into a message
SAVES = 25  # on offer to go back to; Discord's menus hold no more


def history(seen: Seen, changes: Sequence[Change], number: int) -> ui.LayoutView:
    """Return a page of the history.

    Args:
        seen: Where in the panel somebody is.
        changes: All of them, the newest first.
        number: The page, from 0; the last one stands for those behind it.
    """
    pages = max(1, -(-len(changes) // PAGE))
    number = min(number, pages - 1)
    if not changes:
        return layout.view(ui.TextDisplay(f"{_(texts.HISTORY)}\n{_(texts.EMPTY)}"), layout.row(back(seen)))
    container: ui.Container[ui.LayoutView] = ui.Container(
        ui.TextDisplay(texts.title(len(changes), number, pages))
    )
    for one in changes[number * PAGE : (number + 1) * PAGE]:
        control = CustomId(Action.SET_UNDO, str(seen.about(f"undo_{one.id:x}")))
        undo = layout.button(control, _(texts.UNDO), "↩️")
        container.add_item(ui.Section(ui.TextDisplay(texts.change(one)), accessory=undo))
    container.add_item(layout.row(_saves(seen, changes)))
    container.add_item(layout.row(*_turning(seen, number, pages)))
    return layout.view(container)


def difference(seen: Seen, title: str, edits: Sequence[Edit], now: State) -> list[layout.Item]:
    """Return what would change, with the button that does it.

    Args:
        seen: Its topic says what is applied.
        title: What would be done.
        edits: What changes something.
        now: All values of the server.
    """
    if not edits:
        return [ui.TextDisplay(f"{title}\n{_(texts.SAME)}"), layout.row(back(seen))]
    lines = [title, *(texts.edit(one, now) for one in edits[:LINES])]
    if len(edits) > LINES:
        lines.append(texts.more(len(edits) - LINES))
    control = CustomId(Action.SET_APPLY, str(seen))
    apply = layout.button(control, _(texts.APPLY), "✅", style=ButtonStyle.primary)
    return [ui.TextDisplay("\n".join(lines)), layout.row(apply, back(seen))]


def meanwhile(seen: Seen, changes: Sequence[Change]) -> ui.LayoutView:
    """Return that nothing was saved, for somebody else was faster; and the way to what there is now."""
    fresh = back(seen, _(panel.FRESH))
    return layout.view(ui.TextDisplay(texts.meanwhile(changes, LINES)), layout.row(fresh))


def _saves(seen: Seen, changes: Sequence[Change]) -> layout.Item:
    """Return the menu of the last saves; a value is the save's own moment in milliseconds, rounded up."""
    saves = [list(group) for _, group in groupby(changes, key=lambda one: one.revision)]
    options: list[discord.SelectOption] = []
    for save in saves[:SAVES]:
        label, description = texts.save(save[0].at, save)
        value = moment_key(save[0].at)
        if value not in {option.value for option in options}:  # two in one millisecond are the same moment
            options.append(discord.SelectOption(label=label, value=value, description=description))
    control = CustomId(Action.SET_RESTORE, str(seen))
    return ui.Select(custom_id=str(control), placeholder=_(texts.RESTORE), options=options)


def moment_key(moment: float) -> str:
    """Return a moment, Unix time in seconds, as custom_ids have it: in milliseconds, rounded up."""
    return f"{ceil(moment * 1000):x}"


def moment_of(key: str) -> float:
    """Return the moment of a key; raises ValueError if it is none."""
    return int(key, 16) / 1000


def _turning(seen: Seen, number: int, pages: int) -> list[layout.Item]:
    key = str(seen)
    newer = CustomId(Action.SET_HISTORY, key, max(0, number - 1))
    older = CustomId(Action.SET_HISTORY, key, min(pages - 1, number + 1))
    turning = [
        layout.button(newer, _(texts.NEWER), "◀️", disabled=number == 0),
        layout.button(older, _(texts.OLDER), "▶️", disabled=number == pages - 1),
    ]
    return [
        *(turning if pages > 1 else []),
        layout.button(CustomId(Action.SET_DATE, key), _(texts.OTHER_DATE), "📅"),
        back(seen),
    ]
