"""Filling in a modal: the values in the shape that is submitted, checked as Discord's client checks them.

Source: Discord's documentation, components/reference, "Label", "Text Input", "File Upload".
"""

from collections.abc import Callable, Mapping
from typing import Any

from bot.sandbox.discord.components import Kind, numbered
from bot.sandbox.discord.people.refused import Refused
from bot.sandbox.discord.wire import Json

Convert = Callable[[int, Any], Any]
SINGLE = {Kind.TEXT_INPUT, Kind.RADIO, Kind.CHECKBOX}


def submission(modal: Json, values: Mapping[str, Any], convert: Convert, *, checked: bool) -> Json:
    """Return the `data` of a submitted modal.

    Args:
        modal: The form as it was opened.
        values: What the person enters, by the field's custom_id; fields left out keep their value.
        convert: Turns people, channels, roles and files into ids.
        checked: False submits anything.

    Raises:
        Refused: A required field is empty, a text too short or too long, a field unknown.
    """
    fields = numbered(modal["components"])
    known = {field["custom_id"] for field in _fields(fields)}
    if checked and (unknown := values.keys() - known):
        raise Refused(f"the form has no field {', '.join(sorted(unknown))}")
    filled = [_filled(field, values, convert, checked=checked) for field in fields]
    return {"custom_id": modal["custom_id"], "components": filled}


def _fields(components: list[Json]) -> list[Json]:
    inner = [one.get("component") or (one.get("components") or [{}])[0] for one in components]
    return [one for one in inner if "custom_id" in one]


def _filled(part: Json, values: Mapping[str, Any], convert: Convert, *, checked: bool) -> Json:
    shell: Json = {"type": part["type"], "id": part["id"]}
    if part["type"] == Kind.LABEL:
        return shell | {"component": _field(part["component"], values, convert, checked=checked)}
    if part["type"] == Kind.ROW:
        children = [_field(one, values, convert, checked=checked) for one in part["components"]]
        return shell | {"components": children}
    return shell


def _field(part: Json, values: Mapping[str, Any], convert: Convert, *, checked: bool) -> Json:
    value = values.get(part["custom_id"], _standing(part))
    if checked:
        _check(part, value)
    shell: Json = {"type": part["type"], "id": part["id"], "custom_id": part["custom_id"]}
    if part["type"] in SINGLE:
        return shell | {"value": value}
    return shell | {"values": [convert(part["type"], one) for one in value]}


def _standing(part: Json) -> Any:
    """What a field holds before anybody touches it."""
    match part["type"]:
        case Kind.TEXT_INPUT:
            return part.get("value") or ""
        case Kind.CHECKBOX:
            return bool(part.get("default"))
        case Kind.RADIO:
            return next((one["value"] for one in part.get("options") or [] if one.get("default")), None)
    return [one["value"] for one in part.get("options") or [] if one.get("default")]


def _check(part: Json, value: Any) -> None:
    name = part["custom_id"]
    if part.get("required", True) and value in ("", None, []):
        raise Refused(f"{name} is required")
    if isinstance(value, str) and value and part["type"] == Kind.TEXT_INPUT:
        least, most = part.get("min_length") or 0, part.get("max_length") or 4000
        if not least <= len(value) <= most:
            raise Refused(f"{name} must have {least} to {most} characters, not {len(value)}")
    options = [one["value"] for one in part.get("options") or []]
    chosen = value if isinstance(value, list) else [value]
    if options and part["type"] in (Kind.SELECT, Kind.RADIO, Kind.CHECKBOXES):
        check_choice(name, [one for one in chosen if one is not None], options)


def check_choice(name: str, chosen: list[Any], options: list[Any]) -> None:
    """Check that everything chosen is on offer.

    Raises:
        Refused: Something is not.
    """
    if strangers := [one for one in chosen if one not in options]:
        raise Refused(f"{name} offers {options}, not {strangers}")
