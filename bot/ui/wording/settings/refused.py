"""Why settings, files and styles were not saved."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain import errors
from bot.domain.settings.catalogue import BY_NAME
from bot.domain.styles import MAX_TEXT, MOST
from bot.ui.wording.quoting import quote
from bot.ui.wording.settings.names import LAYERS, label
from bot.ui.wording.settings.values import holds

_DOCUMENTS: Mapping[str, str] = MappingProxyType(
    {
        "not JSON": "This is no JSON, so nothing was taken in.",
        "not settings": "This is no file of settings, so nothing was taken in.",
        "another version": "This file is from another version of the bot, so nothing was taken in.",
        "another server": "This file is another server's, so nothing was taken in.",
        "not a value": "is not written as a value",
        "not a place": "names no place",
        "not allowed": "may not be set so",
        "twice": "is there twice",
    }
)
_STYLES: Mapping[str, str] = MappingProxyType(
    {
        "exists": "There is a style of this name. `/style edit` changes it.",
        "too many": f"A server has {MOST} styles at most. `/style remove` makes room.",
        "too long": f"Each text of a style has {MAX_TEXT} characters at most.",
        "name": "A style's name has 1 to 32 letters, digits, blanks or hyphens.",
        "value": "A style's numbers have the same ranges as those of `/imagine`.",
        "empty": "A style has to add something: a text, or a number.",
    }
)


def setting(error: errors.SettingError) -> str:
    """Return why settings were not saved."""
    match error:
        case errors.SettingUnknown():
            return f"There is no setting {quote(error.name)}."
        case errors.SettingNotAllowed():
            return f"**{label(error.name)}** cannot be set for a {LAYERS[error.layer]}."
        case errors.ValueNotAllowed():
            return f"**{label(error.name)}** takes {holds(BY_NAME[error.name])}."
        case errors.DocumentRefused():
            return _document(error)
        case _:
            return "Somebody else changed these settings meanwhile. Use `/settings` again."


def style(error: errors.StyleRefused | errors.StyleUnknown) -> str:
    """Return why a style was not saved, or not found."""
    if isinstance(error, errors.StyleUnknown):
        return f"There is no style {quote(error.name)}. `/style list` shows those there are."
    return _STYLES[error.reason]


def _document(error: errors.DocumentRefused) -> str:
    if error.entry is None:
        return _DOCUMENTS[error.reason]
    name = f" ({quote(error.name)})" if error.name else ""
    return f"Entry {error.entry} of the file{name} {_DOCUMENTS[error.reason]}, so nothing was taken in."
