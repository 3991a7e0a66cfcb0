"""What is said of changes: those that were made, those that are about to be, and those of somebody else."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bot.domain.settings.history import Change, Edit, State
from bot.domain.settings.kinds import Value
from bot.ui.wording.limits import counted
from bot.ui.wording.quoting import cut, relative
from bot.ui.wording.settings.names import label, where
from bot.ui.wording.settings.values import value

HISTORY = "## History"
EMPTY = "Nothing was changed yet."
NEWER = "Newer"
OLDER = "Older"
UNDO = "Undo"
RESTORE = "Make everything as it was after…"
OTHER_DATE = "At a date…"
APPLY = "Apply"

DATE_FORM = "As it was at a date"
DATE = "Date and time, UTC"
DATE_HINT = "Like 2026-08-01 14:30"
DATE_UNREADABLE = "Write the date as `2026-08-01 14:30`."

SAME = "Nothing would change."
GONE = "There is no such change in this server."

_SHOWN = 60  # characters of a text or a list


def title(of: int, page: int, pages: int) -> str:
    """Return the heading of a page of so many changes; pages count from 0."""
    return f"{HISTORY}\n-# {counted(of, 'change')} · page {page + 1} of {pages}"


def change(one: Change) -> str:
    """Return a change: what, where, by whom and when."""
    return "\n".join(
        (
            f"**{label(one.name)}** in {where(one.target)}: {_turn(one.name, one.before, one.after)}",
            f"-# <@{one.user_id}> {relative(one.at)}",
        )
    )


def save(at: float, changes: Sequence[Change]) -> tuple[str, str]:
    """Return a save for a menu, which shows no markup: when it was, and what it changed."""
    when = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return when, cut(", ".join(dict.fromkeys(label(one.name) for one in changes)), 100)


def undoing(one: Change) -> str:
    """Return what taking a change back is called."""
    return f"## Undo the change of {label(one.name)}"


def restoring(moment: float) -> str:
    """Return what going back to a moment is called; Unix time in seconds."""
    return f"## As it was on <t:{int(moment)}:f>"


def edit(one: Edit, now: State) -> str:
    """Return what an edit would do."""
    before = now.get((one.target, one.name))
    return f"- **{label(one.name)}** in {where(one.target)}: {_turn(one.name, before, one.value)}"


def more(number: int) -> str:
    """Return that there are more than are listed."""
    return f"-# and {number} more"


def meanwhile(changes: Sequence[Change], most: int) -> str:
    """Return that somebody else was faster; what they did, and up to how many lines of it."""
    return "\n".join(_meanwhile(changes, most))


def _meanwhile(changes: Sequence[Change], most: int) -> Iterator[str]:
    yield "**Not saved: this was changed meanwhile.**"
    for one in changes[-most:]:
        what = f"{label(one.name)}** in {where(one.target)}: {_turn(one.name, one.before, one.after)}"
        yield f"- **{what}, by <@{one.user_id}> {relative(one.at)}"
    if len(changes) > most:
        yield more(len(changes) - most)


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
    return " ".join(parts) or "another order"


def _held(name: str, held: Value | None) -> str:
    return "not set" if held is None else value(name, held, _SHOWN)
