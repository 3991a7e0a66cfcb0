"""What is said of changes: those that were made, those that are about to be, and those of somebody else."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bot.domain.settings.history import Change, Edit, State
from bot.domain.settings.kinds import Value
from bot.domain.settings.layers import Target
from bot.ui.wording.language import N_, _, ngettext
from bot.ui.wording.quoting import cut, relative
from bot.ui.wording.settings.names import label, where
from bot.ui.wording.settings.values import value

HISTORY = N_("## History")
EMPTY = N_("Nothing was changed yet.")
NEWER = N_("Newer")
OLDER = N_("Older")
UNDO = N_("Undo")
RESTORE = N_("Make everything as it was after…")
OTHER_DATE = N_("At a date…")
APPLY = N_("Apply")

DATE_FORM = N_("As it was at a date")
DATE = N_("Date and time, UTC")
DATE_HINT = N_("Like 2026-08-01 14:30")
DATE_UNREADABLE = N_("Write the date as `2026-08-01 14:30`.")

SAME = N_("Nothing would change.")
GONE = N_("There is no such change in this server.")

_SHOWN = 60  # characters of a text or a list


def title(of: int, page: int, pages: int) -> str:
    """Return the heading of a page of so many changes; pages count from 0."""
    text = ngettext(
        "{number} change · page {page} of {pages}", "{number} changes · page {page} of {pages}", of
    )
    return f"{_(HISTORY)}\n-# {text.format(number=of, page=page + 1, pages=pages)}"


def change(one: Change) -> str:
    """Return a change: what, where, by whom and when."""
    return f"{_told(one)}\n-# <@{one.user_id}> {relative(one.at)}"


def save(at: float, changes: Sequence[Change]) -> tuple[str, str]:
    """Return a save for a menu, which shows no markup: when it was, and what it changed."""
    when = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return when, cut(", ".join(dict.fromkeys(label(one.name) for one in changes)), 100)


def undoing(one: Change) -> str:
    """Return what taking a change back is called."""
    return _("## Undo the change of {label}").format(label=label(one.name))


def restoring(moment: float) -> str:
    """Return what going back to a moment is called; Unix time in seconds."""
    return _("## As it was on <t:{time}:f>").format(time=int(moment))


def edit(one: Edit, now: State) -> str:
    """Return what an edit would do."""
    before = now.get((one.target, one.name))
    return f"- {_said(one.name, one.target, _turn(one.name, before, one.value))}"


def more(number: int) -> str:
    """Return that there are more than are listed."""
    return _("-# and {number} more").format(number=number)


def meanwhile(changes: Sequence[Change], most: int) -> str:
    """Return that somebody else was faster; what they did, and up to how many lines of it."""
    return "\n".join(_meanwhile(changes, most))


def _meanwhile(changes: Sequence[Change], most: int) -> Iterator[str]:
    yield _("**Not saved: this was changed meanwhile.**")
    for one in changes[-most:]:
        text = _("- {change}, by <@{user}> {when}")
        yield text.format(change=_told(one), user=one.user_id, when=relative(one.at))
    if len(changes) > most:
        yield more(len(changes) - most)


def _told(one: Change) -> str:
    return _said(one.name, one.target, _turn(one.name, one.before, one.after))


def _said(name: str, target: Target, turn: str) -> str:
    return _("**{label}** in {where}: {turn}").format(label=label(name), where=where(target), turn=turn)


def _turn(name: str, before: Value | None, after: Value | None) -> str:
    if isinstance(before, tuple) and isinstance(after, tuple):
        return _lists(name, before, after)
    return f"{_held(name, before)} → {_held(name, after)}"


def _lists(name: str, before: tuple[str, ...], after: tuple[str, ...]) -> str:
    """Return what came to a list and what went; its order means nothing."""
    parts = []
    if came := tuple(one for one in after if one not in set(before)):
        parts.append(f"+ {value(name, came, _SHOWN)}")
    if went := tuple(one for one in before if one not in set(after)):
        parts.append(f"− {value(name, went, _SHOWN)}")
    return " ".join(parts) or _("another order")


def _held(name: str, held: Value | None) -> str:
    return _("not set") if held is None else value(name, held, _SHOWN)
