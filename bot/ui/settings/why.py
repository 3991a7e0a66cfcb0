"""**Why?**: every value that holds for a member in a channel, with the place it came from."""

from discord import ui

from bot.domain.settings.catalogue import SETTINGS, Group
from bot.domain.settings.layers import Effective
from bot.ui import layout
from bot.ui.custom_id import Action, CustomId
from bot.ui.settings.keys import Seen
from bot.ui.settings.panel import back
from bot.ui.wording.language import _
from bot.ui.wording.settings import names
from bot.ui.wording.settings import why as texts


def why(seen: Seen, user_id: int, channel_id: int, effective: Effective) -> ui.LayoutView:
    """Return the explanation.

    Args:
        seen: Where in the panel it was asked for.
        user_id: The member.
        channel_id: The channel.
        effective: What holds for them there.
    """
    container: ui.Container[ui.LayoutView] = ui.Container(
        ui.TextDisplay(f"{texts.heading(user_id, channel_id)}\n{_(texts.ORDER)}")
    )
    for group in Group:
        lines = [texts.line(one.name, effective[one.name]) for one in SETTINGS if one.group is group]
        container.add_item(ui.TextDisplay("\n".join([f"**{_(names.GROUPS[group].label)}**", *lines])))
    menu: layout.Item = ui.UserSelect(
        custom_id=str(CustomId(Action.SET_MEMBER, str(seen))), placeholder=_(texts.MEMBER)
    )
    container.add_item(layout.row(menu))
    container.add_item(layout.row(back(seen)))
    return layout.view(container)
