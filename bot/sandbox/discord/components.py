"""Trees of message components: how to walk one, and how Discord gives it back.

Pure. Discord numbers every component and fills in what the application left out.
"""

from collections.abc import Callable, Iterator
from enum import IntEnum
from typing import Any

from bot.sandbox.discord.wire import Json


class Kind(IntEnum):
    """Component types. Source: Discord's documentation, components/reference."""

    ROW = 1
    BUTTON = 2
    SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT = 10
    THUMBNAIL = 11
    GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    UPLOAD = 19
    RADIO = 21
    CHECKBOXES = 22
    CHECKBOX = 23


SELECTS = {
    Kind.SELECT,
    Kind.USER_SELECT,
    Kind.ROLE_SELECT,
    Kind.MENTIONABLE_SELECT,
    Kind.CHANNEL_SELECT,
}
_FILLED: dict[int, Json] = {
    **{kind: {"min_values": 1, "max_values": 1} for kind in SELECTS},
    Kind.THUMBNAIL: {"description": None, "spoiler": False},
    Kind.FILE: {"name": None, "size": None, "spoiler": False},
    Kind.SEPARATOR: {"spacing": 1, "divider": True},
    Kind.CONTAINER: {"accent_color": None, "spoiler": False},
}
_MEDIA = ("media", "file")


def walk(components: list[Json]) -> Iterator[Json]:
    """Yield every component of a tree, parents before children."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        yield from walk([component[key] for key in ("accessory", "component") if component.get(key)])


def texts(components: list[Json]) -> Iterator[str]:
    """Yield what the tree's text displays say."""
    return (part.get("content") or "" for part in walk(components) if part["type"] == Kind.TEXT)


def media(components: list[Json]) -> Iterator[tuple[Json, str]]:
    """Yield each media object of a tree, such as `{"url": "attachment://a.png"}`, with its URL."""
    for part in walk(components):
        for holder in (part, *(part.get("items") or [])):
            for key in _MEDIA:
                if isinstance(found := holder.get(key), dict):
                    yield found, found.get("url") or ""


def numbered(components: list[Json]) -> list[Json]:
    """Return the tree as Discord stores it: every component with an id, defaults filled in, nulls gone."""
    taken = {part.get("id") for part in walk(components)}
    free = (number for number in range(1, 1000) if number not in taken)
    return [_stored(component, lambda: next(free)) for component in components]


def _stored(component: Json, number: Callable[[], int]) -> Json:
    defaults = _FILLED.get(component["type"], {})
    given = {key: _clean(value) for key, value in component.items() if value is not None}
    stored: Json = {"id": number(), **defaults, **given} if "id" not in given else {**defaults, **given}
    for key in ("components", "accessory", "component"):
        if isinstance(stored.get(key), list):
            stored[key] = [_stored(child, number) for child in stored[key]]
        elif key in stored:
            stored[key] = _stored(stored[key], number)
    if "items" in stored:
        stored["items"] = [{"description": None, "spoiler": False, **item} for item in stored["items"]]
    return stored


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items() if one is not None}
    return [_clean(one) for one in value] if isinstance(value, list) else value
