"""Why settings, files and styles were not saved."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain import errors
from bot.domain.settings.catalogue import BY_NAME
from bot.domain.styles import MAX_TEXT, MOST
from bot.ui.wording.language import N_, _
from bot.ui.wording.quoting import quote
from bot.ui.wording.settings.names import LAYERS, label
from bot.ui.wording.settings.values import holds

_DOCUMENTS: Mapping[str, str] = MappingProxyType(
    {
        "not JSON": N_("This is no JSON, so nothing was taken in."),
        "not settings": N_("This is no file of settings, so nothing was taken in."),
        "another version": N_("This file is from another version of the bot, so nothing was taken in."),
        "another server": N_("This file is another server's, so nothing was taken in."),
    }
)
_ENTRIES: Mapping[str, str] = MappingProxyType(
    {
        "not a value": N_(
            "Entry {entry} of the file{name} is not written as a value, so nothing was taken in."
        ),
        "not a place": N_("Entry {entry} of the file{name} names no place, so nothing was taken in."),
        "not allowed": N_("Entry {entry} of the file{name} may not be set so, so nothing was taken in."),
        "twice": N_("Entry {entry} of the file{name} is there twice, so nothing was taken in."),
    }
)
_STYLES: Mapping[str, str] = MappingProxyType(
    {
        "exists": N_("There is a style of this name. `/style edit` changes it."),
        "too many": N_("A server has {most} styles at most. `/style remove` makes room."),
        "too long": N_("Each text of a style has {characters} characters at most."),
        "name": N_("A style's name has 1 to 32 letters, digits, blanks or hyphens."),
        "value": N_("A style's numbers have the same ranges as those of `/imagine`."),
        "empty": N_("A style has to add something: a text, or a number."),
    }
)


def setting(error: errors.SettingError) -> str:
    """Return why settings were not saved."""
    match error:
        case errors.SettingUnknown():
            return _("There is no setting {name}.").format(name=quote(error.name))
        case errors.SettingNotAllowed():
            text = _("**{label}** cannot be set for a {layer}.")
            return text.format(label=label(error.name), layer=_(LAYERS[error.layer]))
        case errors.ValueNotAllowed():
            text = _("**{label}** takes {values}.")
            return text.format(label=label(error.name), values=holds(BY_NAME[error.name]))
        case errors.DocumentRefused():
            return _document(error)
        case _:
            return _("Somebody else changed these settings meanwhile. Use `/settings` again.")


def style(error: errors.StyleRefused | errors.StyleUnknown) -> str:
    """Return why a style was not saved, or not found."""
    if isinstance(error, errors.StyleUnknown):
        text = _("There is no style {name}. `/style list` shows those there are.")
        return text.format(name=quote(error.name))
    return _(_STYLES[error.reason]).format(most=MOST, characters=MAX_TEXT)


def _document(error: errors.DocumentRefused) -> str:
    if error.entry is None:
        return _(_DOCUMENTS[error.reason])
    name = f" ({quote(error.name)})" if error.name else ""
    return _(_ENTRIES[error.reason]).format(entry=error.entry, name=name)
