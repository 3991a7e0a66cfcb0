"""The panel: the settings of one place, a page of them, each with its value and the way to change it."""

from collections.abc import Iterator
from dataclasses import dataclass

import discord
from discord import ButtonStyle, ui

from bot.domain.settings.catalogue import Group, Layer, Setting
from bot.domain.settings.history import State
from bot.domain.settings.kinds import Flag
from bot.domain.settings.layers import Effective, Target
from bot.ui import layout
from bot.ui.custom_id import Action, CustomId
from bot.ui.settings.keys import Seen
from bot.ui.settings.pages import Page, page_of, pages
from bot.ui.wording.language import _
from bot.ui.wording.settings import names
from bot.ui.wording.settings import panel as texts

HERE_SERVER, HERE_CHANNEL, HERE_CATEGORY, OTHER_CHANNEL, ROLE = (
    "server",
    "channel",
    "category",
    "other",
    "role",
)

CHANNELS = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.voice,
    discord.ChannelType.category,
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a panel shows.

    Attributes:
        seen: Where in it somebody is.
        state: All values of the server.
        effective: What holds at the place.
        channel: The channel in which the panel is.
        category_id: That channel's category; None for none.
    """

    seen: Seen
    state: State
    effective: Effective
    channel: Target
    category_id: int | None


def panel(shown: Shown) -> ui.LayoutView:
    """Return the panel."""
    seen, target = shown.seen, shown.seen.target
    page = page_of(seen.topic, target.layer)
    container: ui.Container[ui.LayoutView] = ui.Container(
        ui.TextDisplay(
            f"{texts.heading(target)}\n{texts.about(_(names.GROUPS[page.group].explanation), target)}"
        ),
        layout.row(_places(shown)),
        layout.row(_pages(seen, page)),
    )
    for setting in page.settings:
        container.add_item(_section(shown, setting))
    if own := [setting for setting in page.settings if (target, setting.name) in shown.state]:
        container.add_item(layout.row(_resets(seen, page, own)))
    container.add_item(layout.row(*_tools(seen.about(page.key), page.group)))
    return layout.view(container)


def which_channel(seen: Seen) -> ui.LayoutView:
    """Return the question which channel or category is meant."""
    menu: layout.Item = ui.ChannelSelect(
        custom_id=str(CustomId(Action.SET_CHANNEL, str(seen))), channel_types=CHANNELS
    )
    return layout.view(ui.TextDisplay(_(texts.WHICH_CHANNEL)), layout.row(menu), layout.row(back(seen)))


def which_role(seen: Seen) -> ui.LayoutView:
    """Return the question which role is meant."""
    menu: layout.Item = ui.RoleSelect(custom_id=str(CustomId(Action.SET_ROLE, str(seen))))
    return layout.view(ui.TextDisplay(_(texts.WHICH_ROLE)), layout.row(menu), layout.row(back(seen)))


def back(seen: Seen, label: str = _(texts.BACK)) -> layout.Item:
    """Return the button that leads to the panel."""
    return layout.button(CustomId(Action.SETTINGS, str(seen)), label, "↩️")


def _places(shown: Shown) -> layout.Item:
    """Return the menu of places; what is not this channel's is asked for in a menu of its own."""
    target = shown.seen.target
    known = {HERE_SERVER: (_(texts.HERE_SERVER), Layer.SERVER, 0)}
    known[HERE_CHANNEL] = (_(texts.HERE_CHANNEL), Layer.CHANNEL, shown.channel.id)
    if shown.category_id is not None:
        known[HERE_CATEGORY] = (_(texts.HERE_CATEGORY), Layer.CATEGORY, shown.category_id)
    options = [
        discord.SelectOption(label=label, value=value, default=target == Target(layer, id_))
        for value, (label, layer, id_) in known.items()
    ]
    options.append(discord.SelectOption(label=_(texts.OTHER_CHANNEL), value=OTHER_CHANNEL))
    options.append(discord.SelectOption(label=_(texts.ROLE), value=ROLE))
    return _menu(Action.SET_WHERE, shown.seen, _(texts.PLACES), options)


def _pages(seen: Seen, current: Page) -> layout.Item:
    options = [
        discord.SelectOption(
            label=page.title,
            value=page.key,
            description=_(names.GROUPS[page.group].explanation),
            default=page == current,
        )
        for page in pages(seen.target.layer)
    ]
    return _menu(Action.SET_PAGE, seen, _(texts.PAGES), options)


def _resets(seen: Seen, page: Page, own: list[Setting]) -> layout.Item:
    options = [discord.SelectOption(label=names.label(one.name), value=one.name) for one in own]
    return _menu(Action.SET_RESET, seen.about(page.key), _(texts.RESET), options)


def _menu(action: Action, seen: Seen, hint: str, options: list[discord.SelectOption]) -> layout.Item:
    return ui.Select(custom_id=str(CustomId(action, str(seen))), placeholder=hint, options=options)


def _section(shown: Shown, setting: Setting) -> ui.Section[ui.LayoutView]:
    target, given = shown.seen.target, shown.effective[setting.name]
    own = shown.state.get((target, setting.name))
    key = str(shown.seen.about(setting.name))
    if isinstance(setting.kind, Flag):
        is_on = given.value is True
        wanted = CustomId(Action.SET_FLAG, key, 0 if is_on else 1)
        change = layout.button(wanted, _(texts.TURN_OFF) if is_on else _(texts.TURN_ON))
    else:
        change = layout.button(CustomId(Action.SET_VALUE, key), _(texts.EDIT), "✏️")
    return ui.Section(ui.TextDisplay(texts.entry(setting, given, own, target)), accessory=change)


def _tools(seen: Seen, group: Group) -> Iterator[layout.Item]:
    key = str(seen)
    yield layout.button(CustomId(Action.SET_WHY, key), _(texts.WHY), "❔")
    yield layout.button(CustomId(Action.SET_HISTORY, key, 0), _(texts.HISTORY), "🕑")
    yield layout.button(CustomId(Action.SET_EXPORT, key), _(texts.EXPORT), "📤")
    yield layout.button(CustomId(Action.SET_IMPORT, key), _(texts.IMPORT), "📥")
    if group is Group.WORDS:
        style = ButtonStyle.primary
        yield layout.button(CustomId(Action.SET_TEST, key), _(texts.TEST), "🔎", style=style)
