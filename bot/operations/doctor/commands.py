"""Whether Discord has the commands of this version: what we send, and what it keeps, in one form.

Translations are left out, which Discord leaves out of its list, too.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from bot.operations.doctor.facts import Command

_KEPT = (
    "name",
    "type",
    "value",
    "description",
    "required",
    "choices",
    "options",
    "min_value",
    "max_value",
    "min_length",
    "max_length",
    "autocomplete",
    "channel_types",
    "nsfw",
)

_Form: TypeAlias = Mapping[str, Any]


def differing(ours: Iterable[Command], theirs: Iterable[Command]) -> list[str]:
    """Return the names of the commands that Discord lacks, has too many, or has otherwise; in order."""
    mine, known = _by_key(ours), _by_key(theirs)
    keys = mine.keys() | known.keys()
    return sorted({name for name, kind in keys if mine.get((name, kind)) != known.get((name, kind))})


def _by_key(commands: Iterable[Command]) -> dict[tuple[str, int], _Form]:
    return {(one["name"], one.get("type") or 1): _command(one) for one in commands}


def _command(command: Command) -> _Form:
    rights = command.get("default_member_permissions")
    return _part(command) | {
        "rights": None if rights is None else str(rights),
        "contexts": sorted(command.get("contexts") or ()),
        "installs": sorted(command.get("integration_types") or ()),
    }


def _part(part: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a command, an option or a choice says; what is left to its default is missing."""
    return {name: _value(name, part[name]) for name in _KEPT if not _is_default(part.get(name))}


def _is_default(value: Any) -> bool:
    return value is None or value is False or value in ("", [])


def _value(name: str, value: Any) -> Any:
    if name in {"options", "choices"}:
        return [_part(one) for one in value]
    return sorted(value) if name == "channel_types" else value
