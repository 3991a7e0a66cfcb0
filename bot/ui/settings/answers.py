"""What is read from the panel's forms when they come back."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.domain.errors import ValueNotAllowed
from bot.domain.settings.catalogue import Setting
from bot.domain.settings.kinds import Choice, Choices, Flag, Ids, Lines, Number, Text, Value
from bot.ui.settings.forms import ADD, FILE, LINES, NOTHING, TAKE, VALUE


def fields(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a submitted form: a text, or a list of what was chosen.

    Args:
        data: The `data` of the interaction.
    """
    filled = [part["component"] for part in data["components"] if "component" in part]
    return {field["custom_id"]: field.get("value", field.get("values")) for field in filled}


def text(data: Mapping[str, Any]) -> str:
    """Return what was typed into a form's one text field."""
    return str(fields(data)[VALUE] or "")


def uploaded(data: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return what Discord says of the file that came with a form; None for none."""
    chosen = fields(data).get(FILE)
    if not chosen:
        return None
    file: Mapping[str, Any] = data["resolved"]["attachments"][chosen[0]]
    return file


def date(data: Mapping[str, Any]) -> float | None:
    """Return the Unix time of a submitted date, UTC unless it says so; None if it is no date since 1970."""
    try:
        day = datetime.fromisoformat(text(data).strip())
    except ValueError:
        return None
    moment = (day if day.tzinfo else day.replace(tzinfo=UTC)).timestamp()
    return moment if moment >= 0 else None


def value(setting: Setting, data: Mapping[str, Any], held: Value | None, file: str | None) -> Value:
    """Return the value of a submitted form.

    Args:
        setting: Whose form it is.
        data: The `data` of the interaction.
        held: What holds there now; None for nothing.
        file: What stands in the file that came along; None for none.

    Raises:
        ValueNotAllowed: It is none that the setting takes.
    """
    given = fields(data)
    read = _words(given, held, file) if isinstance(setting.kind, Lines) else _one(setting, given[VALUE])
    if not setting.kind.holds(read):
        raise ValueNotAllowed(setting.name)
    return read


def _one(setting: Setting, given: Any) -> Value:
    match setting.kind:
        case Number(is_whole=is_whole):
            return _number(setting.name, str(given), is_whole=is_whole)
        case Text():
            return str(given or "").strip()
        case Choice():
            chosen = str(next(iter(given), ""))
            return "" if chosen == NOTHING else chosen
        case Choices(names=known):
            return tuple(one for one in known if one in given)
        case Ids():
            return tuple(map(str, given))
        case Flag() | Lines():
            raise ValueNotAllowed(setting.name)  # somebody made their own form


def _number(name: str, given: str, *, is_whole: bool) -> float:
    try:
        return int(given) if is_whole else float(given.strip().replace(",", "."))
    except ValueError:
        raise ValueNotAllowed(name) from None


def _words(given: Mapping[str, Any], held: Value | None, file: str | None) -> tuple[str, ...]:
    if file is not None:
        return _split(file)
    if LINES in given:
        return _split(given[LINES])
    taken = set(_split(given[TAKE]))
    kept = tuple(one for one in (held if isinstance(held, tuple) else ()) if one not in taken)
    return tuple(dict.fromkeys((*kept, *_split(given[ADD]))))


def _split(lines: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for line in map(str.strip, str(lines or "").splitlines()) if line))
