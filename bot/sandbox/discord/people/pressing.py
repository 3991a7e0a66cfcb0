"""Finding the button or menu on a message that a person means. Pure."""

from typing import Any

from bot.sandbox.discord.components import SELECTS, Kind, walk
from bot.sandbox.discord.model import Message
from bot.sandbox.discord.people.forms import check_choice
from bot.sandbox.discord.people.refused import Refused
from bot.sandbox.discord.wire import Json

SILENT = {5, 6}  # link and premium buttons tell the application nothing


def button(message: Message, *, custom_id: str | None, label: str | None) -> Json:
    """Return the button with a custom_id or, as people know it, a label or an emoji.

    Raises:
        Refused: There is none, it is disabled, or the application never hears of it.
    """
    buttons = [one for one in walk(message.components) if one["type"] == Kind.BUTTON]
    for one in buttons:
        if custom_id in _names(one, "custom_id") or label in _names(one, "label"):
            if one.get("disabled") or one["style"] in SILENT:
                raise Refused(f"{label or custom_id} cannot be pressed")
            return one
    labels = [one.get("label") or (one.get("emoji") or {}).get("name") for one in buttons]
    raise Refused(f"no button {label or custom_id!r}; there are {labels}")


def _names(part: Json, key: str) -> set[str]:
    names = {part.get(key), (part.get("emoji") or {}).get("name") if key == "label" else None}
    return {name for name in names if name is not None}


def menu(message: Message, custom_id: str, values: list[Any]) -> Json:
    """Return the select menu with a custom_id.

    Raises:
        Refused: There is none, it is disabled, or the values are not on offer.
    """
    menus = [one for one in walk(message.components) if one["type"] in SELECTS]
    found = next((one for one in menus if one["custom_id"] == custom_id), None)
    if found is None or found.get("disabled"):
        raise Refused(f"no menu {custom_id!r}; there are {[one['custom_id'] for one in menus]}")
    if not found["min_values"] <= len(values) <= found["max_values"]:
        raise Refused(f"{custom_id} takes {found['min_values']} to {found['max_values']} values")
    if found["type"] == Kind.SELECT:
        check_choice(custom_id, values, [one["value"] for one in found["options"]])
    return found
