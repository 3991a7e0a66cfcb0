"""The forms of the panel; `bot.ui.settings.answers` reads them when they come back."""

from collections.abc import Iterator
from typing import Any, TypeAlias

import discord
from discord import SelectDefaultValue, SelectDefaultValueType, SelectOption, TextStyle, ui

from bot.domain.settings.catalogue import Setting
from bot.domain.settings.kinds import Choice, Choices, Ids, Lines, Text, Value
from bot.ui.custom_id import Action, CustomId
from bot.ui.settings.keys import Seen
from bot.ui.settings.panel import CHANNELS
from bot.ui.wording.language import _
from bot.ui.wording.settings import history, moving, names, panel
from bot.ui.wording.settings.values import choice, holds

VALUE, LINES, ADD, TAKE, FILE = "value", "lines", "add", "take", "file"
NOTHING = "-"  # stands for a choice's empty name, which Discord takes for no value
MAX_TEXT = 4000  # characters of a form's field

_Field: TypeAlias = ui.Item[ui.Modal]
_WRITABLE = [discord.ChannelType.text, discord.ChannelType.news]


def edit(setting: Setting, seen: Seen, held: Value | None) -> ui.Modal:
    """Return the form for a setting.

    Args:
        setting: It; no flag, which needs no form.
        seen: Where in the panel somebody is.
        held: What holds there now; None for nothing.
    """
    label = names.label(setting.name)
    key = seen.about(setting.name)
    if isinstance(setting.kind, Lines):
        return _form(label, Action.SET_VALUE, key, *_lists(held if isinstance(held, tuple) else ()))
    return _form(label, Action.SET_VALUE, key, (label, holds(setting), _field(setting, held)))


def test(seen: Seen) -> ui.Modal:
    """Return the form in which a prompt is tested."""
    field: _Field = ui.TextInput(custom_id=VALUE, style=TextStyle.paragraph, max_length=1000)
    return _form(_(panel.TEST), Action.SET_TEST, seen, (_(panel.TEST_PROMPT), _(panel.TEST_HINT), field))


def date(seen: Seen) -> ui.Modal:
    """Return the form in which a date is typed."""
    field: _Field = ui.TextInput(custom_id=VALUE, max_length=40)
    return _form(_(history.DATE_FORM), Action.SET_DATE, seen, (_(history.DATE), _(history.DATE_HINT), field))


def taking_in(seen: Seen) -> ui.Modal:
    """Return the form in which settings are taken in."""
    return _form(
        _(moving.IMPORT_FORM),
        Action.SET_IMPORT,
        seen,
        (_(moving.IMPORT_FILE), _(moving.IMPORT_HINT), _upload()),
        (_(moving.IMPORT_TEXT), None, _long(VALUE)),
    )


def _form(title: str, action: Action, seen: Seen, *fields: tuple[str, str | None, _Field]) -> ui.Modal:
    form = ui.Modal(title=title, custom_id=str(CustomId(action, str(seen))))
    for label, hint, field in fields:
        form.add_item(ui.Label(text=label, description=hint, component=field))
    form.stop()  # or discord.py would keep it until it comes back, which it may never
    return form


def _field(setting: Setting, held: Value | None) -> _Field:
    match setting.kind:
        case Choice(names=known):
            return ui.Select(custom_id=VALUE, options=_options(setting, known, (held,)))
        case Choices(names=known):
            chosen = held if isinstance(held, tuple) else ()
            options = _options(setting, known, chosen)
            return ui.Select(
                custom_id=VALUE, options=options, required=False, min_values=0, max_values=len(known)
            )
        case Ids():
            return _picks(setting.kind, held if isinstance(held, tuple) else ())
        case Text(maximum=most):
            style = TextStyle.short if most <= 100 else TextStyle.paragraph
            default = held if isinstance(held, str) else ""
            return ui.TextInput(
                custom_id=VALUE, style=style, default=default, required=False, max_length=most
            )
        case _:
            shown = f"{held:.10g}" if isinstance(held, int | float) else None
            return ui.TextInput(custom_id=VALUE, default=shown, max_length=20)


def _options(setting: Setting, known: tuple[str, ...], chosen: tuple[object, ...]) -> list[SelectOption]:
    return [
        SelectOption(label=choice(setting.name, one), value=one or NOTHING, default=one in chosen)
        for one in known
    ]


def _picks(kind: Ids, held: tuple[str, ...]) -> _Field:
    is_role = kind.of == "role"
    type_ = SelectDefaultValueType.role if is_role else SelectDefaultValueType.channel
    common: dict[str, Any] = {
        "custom_id": VALUE,
        "required": False,
        "min_values": 0,
        "max_values": kind.most,
        "default_values": [SelectDefaultValue(id=int(one), type=type_) for one in held],
    }
    if is_role:
        return ui.RoleSelect(**common)
    return ui.ChannelSelect(channel_types=_WRITABLE if kind.most == 1 else CHANNELS, **common)


def _lists(held: tuple[str, ...]) -> Iterator[tuple[str, str | None, _Field]]:
    """Yield the fields for a list: all of it, or what comes and goes if there is no room for it."""
    whole = "\n".join(held)
    if len(whole) <= MAX_TEXT - 500:  # room to write some more
        yield _(panel.LINES), None, _long(LINES, whole)
    else:
        yield _(panel.ADD), None, _long(ADD)
        yield _(panel.TAKE), None, _long(TAKE)
    yield _(panel.FILE), _(panel.FILE_HINT), _upload()


def _long(name: str, default: str = "") -> _Field:
    return ui.TextInput(
        custom_id=name, style=TextStyle.paragraph, default=default, required=False, max_length=MAX_TEXT
    )


def _upload() -> _Field:
    return ui.FileUpload(custom_id=FILE, required=False, max_values=1)
