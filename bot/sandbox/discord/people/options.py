"""What a person types after a slash, checked as Discord's client checks it, in the form that is sent.

Pure. Source: Discord's documentation, interactions/application-commands, "Application Command Option
Structure".
"""

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any

from bot.sandbox.discord.people.refused import Refused
from bot.sandbox.discord.wire import Json

Convert = Callable[[int, Any], Any]


class OptionType(IntEnum):
    """What an option holds."""

    SUBCOMMAND = 1
    GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10
    ATTACHMENT = 11


TYPES: dict[int, tuple[type, ...]] = {
    OptionType.STRING: (str,),
    OptionType.INTEGER: (int,),
    OptionType.BOOLEAN: (bool,),
    OptionType.NUMBER: (int, float),
}


def fill(
    command: Json, path: list[str], given: Mapping[str, Any], convert: Convert, *, checked: bool
) -> list[Json]:
    """Return the `options` of an interaction.

    Args:
        command: The command as registered.
        path: The subcommands after its name, at most two.
        given: What the person entered, by option name.
        convert: Turns a person, channel, role or file into the id that is sent.
        checked: False sends anything, as no client would.

    Raises:
        Refused: Discord's client would not send this.
    """
    if not path:
        return _values(command, given, convert, checked=checked)
    known = {one["name"]: one for one in command.get("options") or []}
    if path[0] not in known or known[path[0]]["type"] not in (OptionType.SUBCOMMAND, OptionType.GROUP):
        raise Refused(f"{command['name']} has no subcommand {path[0]}")
    part = known[path[0]]
    inner = fill(part, path[1:], given, convert, checked=checked)
    return [{"name": part["name"], "type": part["type"], "options": inner}]


def _values(command: Json, given: Mapping[str, Any], convert: Convert, *, checked: bool) -> list[Json]:
    known = {one["name"]: one for one in command.get("options") or []}
    if checked:
        _check_names(command["name"], known, given)
    filled = []
    for name, value in given.items():
        option = known.get(name, {"name": name, "type": OptionType.STRING})
        chosen = _chosen(option, value)
        if checked:
            check(option, chosen)
        filled.append({"name": name, "type": option["type"], "value": convert(option["type"], chosen)})
    return filled


def _check_names(name: str, known: Mapping[str, Json], given: Mapping[str, Any]) -> None:
    if any(one["type"] in (OptionType.SUBCOMMAND, OptionType.GROUP) for one in known.values()):
        raise Refused(f"{name} is only a group; name one of {', '.join(known)}")
    if unknown := given.keys() - known.keys():
        raise Refused(f"{name} has no option {', '.join(sorted(unknown))}")
    missing = [one for one in known if known[one].get("required") and one not in given]
    if missing:
        raise Refused(f"{name} needs {', '.join(missing)}")


def _chosen(option: Json, value: Any) -> Any:
    """People pick a choice by its name; its value is what is sent."""
    return next((one["value"] for one in option.get("choices") or [] if one["name"] == value), value)


def check(option: Json, value: Any) -> None:
    """Check a value against its option.

    Raises:
        Refused: It does not fit.
    """
    name, kind = option["name"], option["type"]
    wanted = TYPES.get(kind)
    if wanted and (not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted)):
        raise Refused(f"{name} takes {' or '.join(one.__name__ for one in wanted)}, not {value!r}")
    choices = [one["value"] for one in option.get("choices") or []]
    if choices and value not in choices:
        raise Refused(f"{name} offers {choices}, not {value!r}")
    size = len(value) if kind == OptionType.STRING else value
    limits = ("min_length", "max_length") if kind == OptionType.STRING else ("min_value", "max_value")
    least, most = (option.get(limit) for limit in limits)
    if (least is not None and size < least) or (most is not None and size > most):
        raise Refused(f"{name} must lie between {least} and {most}, not {size}")
