"""Settings as a JSON document: exported, and taken in again as a whole or not at all."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bot.domain.errors import DocumentRefused, SettingError
from bot.domain.settings.catalogue import SETTINGS, Layer
from bot.domain.settings.history import State
from bot.domain.settings.kinds import ID, Value
from bot.domain.settings.layers import Target, check

FORMAT = "imagine-settings"
VERSION = 1
MAX_BYTES = 4_000_000  # more than five full lists of words have


def dump(guild_id: int, state: State) -> str:
    """Return a server's settings as JSON, in an order that does not change."""
    values = [
        {"layer": target.layer.value, "id": str(target.id), "name": name, "value": value}
        for (target, name), value in state.items()
    ]
    values.sort(key=lambda one: (str(one["layer"]), str(one["id"]), str(one["name"])))
    document = {"format": FORMAT, "version": VERSION, "server": str(guild_id), "values": values}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def load(guild_id: int, text: str) -> dict[tuple[Target, str], Value]:
    """Return the settings that a document holds.

    Args:
        guild_id: The server that takes them in.
        text: The document.

    Raises:
        DocumentRefused: It is none of ours, or another server's, or a value in it may not be.
    """
    try:
        document = json.loads(text, parse_float=_number)
        json.dumps(document, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        raise DocumentRefused("not JSON") from None
    match document:
        case {
            "format": str(format_),
            "version": int(version),
            "server": str(server),
            "values": list(values),
            **rest,
        }:
            pass
        case _:
            raise DocumentRefused("not settings")
    if format_ != FORMAT or rest:
        raise DocumentRefused("not settings")
    if version is True or version != VERSION:
        raise DocumentRefused("another version")
    if server != str(guild_id):
        raise DocumentRefused("another server")
    found: dict[tuple[Target, str], Value] = {}
    for number, entry in enumerate(values, 1):
        key, value = _entry(entry, number)
        if key in found:
            raise DocumentRefused("twice", number, key[1])
        found[key] = value
    return found


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the documents, made of the settings' own descriptions."""
    entries = [
        {
            "type": "object",
            "properties": {
                "layer": {"enum": sorted(layer.value for layer in setting.layers)},
                "id": {"type": "string"},
                "name": {"const": setting.name},
                "value": setting.kind.schema(),
            },
            "required": ["layer", "id", "name", "value"],
            "additionalProperties": False,
        }
        for setting in SETTINGS
    ]
    place = {
        "if": {"properties": {"layer": {"const": Layer.SERVER.value}}},
        "then": {"properties": {"id": {"const": "0"}}},
        "else": {"properties": {"id": {"pattern": f"^{ID}$"}}},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "version": {"const": VERSION},
            "server": {"type": "string", "pattern": f"^{ID}$"},
            "values": {"type": "array", "items": {"oneOf": entries, **place}},
        },
        "required": ["format", "version", "server", "values"],
        "additionalProperties": False,
    }


def _entry(entry: Any, number: int) -> tuple[tuple[Target, str], Value]:
    match entry:
        case {"layer": str(layer), "id": str(target_id), "name": str(name), "value": raw, **rest} if not rest:
            pass
        case _:
            raise DocumentRefused("not a value", number)
    if layer not in set(_layers()) or not re.fullmatch("0" if layer == Layer.SERVER.value else ID, target_id):
        raise DocumentRefused("not a place", number, name)
    target = Target(Layer(layer), int(target_id))
    value = tuple(raw) if isinstance(raw, list) else raw
    try:
        check(name, target.layer, value)
    except SettingError:
        raise DocumentRefused("not allowed", number, name) from None
    if value is None:
        raise DocumentRefused("not allowed", number, name)
    return (target, name), value


def _number(text: str) -> float:
    """Return an integer where a number is one however it is written, as JSON Schema has it."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _layers() -> Iterator[str]:
    return (layer.value for layer in Layer)
