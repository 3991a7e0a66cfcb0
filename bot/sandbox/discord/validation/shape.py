"""Whether a message's body is made of what it should be made of, before anybody looks at the contents."""

from typing import Any

from bot.sandbox.discord.errors import Problems
from bot.sandbox.discord.wire import Json

FIELDS: dict[str, tuple[type, str, str]] = {
    "content": (str, "STRING_TYPE_CONVERT", "Could not interpret value as string."),
    "flags": (int, "NUMBER_TYPE_COERCE", "Value is not int."),
    "embeds": (list, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"),
    "components": (list, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"),
    "attachments": (list, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"),
    "allowed_mentions": (dict, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType"),
}
CHILDREN = ("components", "items")
CHILD = ("component", "accessory")


def check(body: Json) -> None:
    """Check the types of a message's fields.

    Raises:
        ApiError: 400/50035.
    """
    problems = Problems()
    for key, (wanted, code, text) in FIELDS.items():
        if body.get(key) is not None and not isinstance(body[key], wanted):
            problems.add((key,), code, text)
    problems.refuse()
    for key in ("embeds", "attachments"):
        for number, entry in enumerate(body.get(key) or []):
            _object(entry, (key, number), problems)
    for number, component in enumerate(body.get("components") or []):
        _component(component, ("components", number), problems)
    problems.refuse()


def _object(value: Any, path: tuple[str | int, ...], problems: Problems) -> bool:
    if not isinstance(value, dict):
        problems.add(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
    return isinstance(value, dict)


def _component(value: Any, path: tuple[str | int, ...], problems: Problems) -> None:
    if not _object(value, path, problems):
        return
    if "items" not in path and not isinstance(value.get("type"), int):
        problems.add((*path, "type"), "BASE_TYPE_REQUIRED", "This field is required")
    for key in CHILDREN:
        for number, child in enumerate(value.get(key) or []):
            _component(child, (*path, key, number), problems)
    for key in CHILD:
        if value.get(key) is not None:
            _component(value[key], (*path, key), problems)
