"""Who set what, when, from what to what; and how it is taken back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.settings.kinds import Value
from bot.domain.settings.layers import Stored, Target, check

Key: TypeAlias = tuple[Target, str]  # where, and which setting
State: TypeAlias = Mapping[Key, Value]  # all values of a server


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A value that shall change.

    Attributes:
        target: Where.
        name: The setting.
        value: To what; None takes it away.
    """

    target: Target
    name: str
    value: Value | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A value that has changed.

    Attributes:
        id: Its number in the store.
        revision: The server's revision that it made; those of one save have the same.
        at: Unix time in seconds.
        user_id: Who did it.
        target: Where.
        name: The setting.
        before: What it was; None for nothing.
        after: What it became; None for nothing.
    """

    id: int
    revision: int
    at: float
    user_id: int
    target: Target
    name: str
    before: Value | None
    after: Value | None


def state(stored: Iterable[Stored]) -> State:
    """Return the values of a server."""
    return {(one.target, one.name): one.value for one in stored}


def check_edits(edits: Sequence[Edit]) -> None:
    """Check edits as a whole; raises as `bot.domain.settings.layers.check` does."""
    for edit in edits:
        check(edit.name, edit.target.layer, edit.value)


def differing(edits: Iterable[Edit], now: State) -> tuple[Edit, ...]:
    """Return the edits that change something, the last one of each value."""
    last = {(edit.target, edit.name): edit for edit in edits}
    return tuple(edit for key, edit in last.items() if edit.value != now.get(key))


def undo(change: Change) -> Edit:
    """Return the edit that takes a change back."""
    return Edit(target=change.target, name=change.name, value=change.before)


def restore(changes: Iterable[Change], moment: float) -> tuple[Edit, ...]:
    """Return the edits that make everything as it was at a moment.

    Args:
        changes: All changes since then, in any order.
        moment: Unix time in seconds.
    """
    first: dict[Key, Change] = {}
    for change in sorted(changes, key=lambda one: one.id, reverse=True):
        if change.at > moment:
            first[change.target, change.name] = change
    return tuple(undo(change) for change in first.values())


def towards(wanted: State, now: State) -> tuple[Edit, ...]:
    """Return the edits that make one state of another."""
    gone = [
        Edit(target=target, name=name, value=None) for target, name in now if (target, name) not in wanted
    ]
    set_anew = [
        Edit(target=target, name=name, value=value)
        for (target, name), value in wanted.items()
        if now.get((target, name)) != value
    ]
    return (*gone, *set_anew)
