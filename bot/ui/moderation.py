"""What moderators see of reports and blocks, and the forms of those who report and block.

A card keeps nothing: its buttons name the job, and what it shows is read anew for each press.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ButtonStyle, Colour, ui

from bot.domain.case import Case
from bot.domain.errors import ControlUnknown
from bot.domain.job import Job
from bot.domain.moderation import MAX_REASON, Block, Entry
from bot.ui import layout
from bot.ui.custom_id import Action, CustomId
from bot.ui.wording import moderation as texts
from bot.ui.wording.language import _

REASON, HOURS = "reason", "hours"
BLOCKS_ON_PAGE = 10

_LIST = "open"  # a custom_id names something; a list has nothing to name but itself
_NO_END = "-"  # a menu's value


@dataclass(frozen=True, slots=True)
class Turn:
    """Where in a list a page is.

    Attributes:
        number: From 0.
        pages: How many there are.
    """

    number: int
    pages: int


def report_button(job: Job) -> layout.Item:
    """Return the button for the card of a public picture in a server."""
    return layout.button(CustomId(Action.REPORT, job.id), _(texts.REPORT), "🚩")


def report_form(job_id: str) -> ui.Modal:
    """Return the form in which somebody says what is wrong with a picture."""
    form = ui.Modal(title=_(texts.REPORT_FORM), custom_id=str(CustomId(Action.REPORT, job_id)))
    field = _reason(required=True)
    form.add_item(ui.Label(text=_(texts.REASON), description=_(texts.REASON_HINT), component=field))
    form.stop()  # or discord.py would keep it until it comes back, which it may never
    return form


def block_form(job_id: str) -> ui.Modal:
    """Return the form in which a moderator blocks a picture's user."""
    form = ui.Modal(title=_(texts.BLOCK_FORM), custom_id=str(CustomId(Action.REPORT_BLOCK, job_id)))
    options = [
        discord.SelectOption(label=_(label), value=_value(hours), default=hours == 24)
        for hours, label in texts.HOURS.items()
    ]
    menu = ui.Select[ui.Modal](custom_id=HOURS, options=options, required=True)
    form.add_item(ui.Label(text=_(texts.BLOCK_HOURS), component=menu))
    reason = _reason(required=False)
    form.add_item(
        ui.Label(text=_(texts.BLOCK_REASON), description=_(texts.BLOCK_REASON_HINT), component=reason)
    )
    form.stop()
    return form


def read_reason(data: Mapping[str, Any]) -> str:
    """Return the reason of a submitted form, from the `data` of the interaction."""
    return str(dict(_answers(data))[REASON] or "").strip()


def read_hours(data: Mapping[str, Any]) -> int | None:
    """Return for how many hours a submitted form blocks; None for no end.

    Raises:
        ControlUnknown: Somebody made their own form.
    """
    chosen = str(dict(_answers(data))[HOURS])
    for hours in texts.HOURS:
        if chosen == _value(hours):
            return hours
    raise ControlUnknown


def card(case: Case, turn: Turn | None = None) -> ui.LayoutView:
    """Return a reported picture with what moderators may do about it.

    Args:
        case: It.
        turn: Where in the list of open reports it is; None where it stands alone.
    """
    container: ui.Container[ui.LayoutView] = ui.Container(
        ui.TextDisplay(texts.reported(case)), accent_colour=Colour.red()
    )
    job_id = case.job.id
    buttons = [
        layout.button(CustomId(Action.REPORT_DELETE, job_id), _(texts.DELETE), "🗑️", style=ButtonStyle.danger),
        *([] if case.block else [layout.button(CustomId(Action.REPORT_BLOCK, job_id), _(texts.BLOCK), "🚫")]),
        layout.button(CustomId(Action.REPORT_DISMISS, job_id), _(texts.DISMISS), "✅"),
    ]
    container.add_item(layout.row(*buttons))
    return layout.view(container, *_turning(Action.REPORTS, turn))


def settled(case: Case, by: int | None, *, is_listed: bool) -> ui.LayoutView:
    """Return a reported picture about which something was done.

    Args:
        case: It.
        by: Who did it; None if that is not known here.
        is_listed: Whether it was looked at in the list of open reports, to which a button leads back.
    """
    container: ui.Container[ui.LayoutView] = ui.Container(
        ui.TextDisplay(texts.reported(case)),
        ui.TextDisplay(texts.settled(case, by)),
        accent_colour=Colour.greyple(),
    )
    back = layout.button(CustomId(Action.REPORTS, _LIST, 0), _(texts.OPEN_REPORTS), "🚩")
    return layout.view(container, *([layout.row(back)] if is_listed else []))


def blocks(shown: Sequence[Block], number: int) -> ui.LayoutView:
    """Return a page of a server's blocks; the last one if it has fewer pages.

    Args:
        shown: All blocks.
        number: The page, from 0.
    """
    if not shown:
        return layout.sentence(_(texts.NO_BLOCKS))
    pages = -(-len(shown) // BLOCKS_ON_PAGE)
    turn = Turn(min(number, pages - 1), pages)
    start = turn.number * BLOCKS_ON_PAGE
    text = texts.blocks(list(shown[start : start + BLOCKS_ON_PAGE]))
    return layout.view(ui.TextDisplay(text), *_turning(Action.BLOCKS, turn))


def line(entry: Entry, url: str | None = None) -> ui.LayoutView:
    """Return a line for a server's log channel; the arguments are those of `texts.line`."""
    return layout.sentence(texts.line(entry, url))


def review(user_id: int, channel_id: int, prompts: tuple[str, ...], words: tuple[str, ...]) -> ui.LayoutView:
    """Return a prompt that was held back; the arguments are those of `texts.review`."""
    return layout.sentence(texts.review(user_id, channel_id, prompts, words))


def _turning(action: Action, turn: Turn | None) -> Iterator[layout.Item]:
    if turn is None or turn.pages < 2:
        return
    last = turn.pages - 1
    yield ui.TextDisplay(texts.page(turn.number + 1, turn.pages))
    yield layout.row(
        layout.button(
            CustomId(action, _LIST, max(0, turn.number - 1)), _(texts.NEWER), "◀️", disabled=turn.number == 0
        ),
        layout.button(
            CustomId(action, _LIST, min(last, turn.number + 1)),
            _(texts.OLDER),
            "▶️",
            disabled=turn.number == last,
        ),
    )


def _value(hours: int | None) -> str:
    return _NO_END if hours is None else str(hours)


def _reason(*, required: bool) -> ui.TextInput[ui.Modal]:
    return ui.TextInput(
        custom_id=REASON,
        style=discord.TextStyle.paragraph,
        required=required,
        max_length=MAX_REASON,
    )


def _answers(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for part in data["components"]:
        field = part["component"]
        yield field["custom_id"], field["value"] if "value" in field else next(iter(field["values"]), "")
