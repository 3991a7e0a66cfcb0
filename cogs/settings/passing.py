"""The ways through the panel: its pages, and the places whose values it shows."""

from dataclasses import replace
from typing import Any

from bot.domain.settings.catalogue import Layer
from bot.domain.settings.layers import SERVER, Target
from bot.ui.custom_id import Action
from bot.ui.settings import panel
from bot.ui.settings.keys import Seen
from cogs.drawing import Interaction, asker
from cogs.pressing import Control, used
from cogs.settings.panel import admit, show, turn

_CATEGORY = 4  # Discord's type of channel


class Panel(Control, action=Action.SETTINGS):
    """Leads to the panel, from wherever in it."""

    async def press(self, interaction: Interaction) -> None:
        """Show it."""
        await show(interaction, await admit(interaction, self.meant.key))


class Page(Control, action=Action.SET_PAGE):
    """Turns to another page."""

    async def press(self, interaction: Interaction) -> None:
        """Show it."""
        seen = await admit(interaction, self.meant.key)
        await show(interaction, seen.about(chosen(interaction)))


class Where(Control, action=Action.SET_WHERE):
    """Turns to another place, or asks which one is meant."""

    async def press(self, interaction: Interaction) -> None:
        """Show it."""
        seen = await admit(interaction, self.meant.key)
        place = (await asker(interaction)).here
        match chosen(interaction):
            case panel.OTHER_CHANNEL:
                await turn(interaction, panel.which_channel(seen))
            case panel.ROLE:
                await turn(interaction, panel.which_role(seen))
            case panel.HERE_CHANNEL:
                await _go(interaction, seen, Target(Layer.CHANNEL, place.channel_id))
            case panel.HERE_CATEGORY if place.category_id is not None:
                await _go(interaction, seen, Target(Layer.CATEGORY, place.category_id))
            case _:
                await _go(interaction, seen, SERVER)


class Channel(Control, action=Action.SET_CHANNEL):
    """Turns to the channel or the category that was chosen."""

    async def press(self, interaction: Interaction) -> None:
        """Show it."""
        seen = await admit(interaction, self.meant.key)
        channel_id = chosen(interaction)
        channel: dict[str, Any] = used(interaction)["resolved"]["channels"][channel_id]
        if channel["type"] == _CATEGORY:
            await _go(interaction, seen, Target(Layer.CATEGORY, int(channel_id)))
            return
        parent = channel.get("parent_id")
        place = replace(seen, category_id=int(parent) if parent else None)
        await _go(interaction, place, Target(Layer.CHANNEL, int(channel_id)))


class Role(Control, action=Action.SET_ROLE):
    """Turns to the role that was chosen."""

    async def press(self, interaction: Interaction) -> None:
        """Show it; the role that everybody has is the server."""
        seen = await admit(interaction, self.meant.key)
        role_id = int(chosen(interaction))
        is_everyone = role_id == interaction.guild_id
        await _go(interaction, seen, SERVER if is_everyone else Target(Layer.ROLE, role_id))


CONTROLS: tuple[type[Control], ...] = (Panel, Page, Where, Channel, Role)


def chosen(interaction: Interaction) -> str:
    """Return what was chosen in a menu of one value."""
    return str(used(interaction)["values"][0])


async def _go(interaction: Interaction, seen: Seen, target: Target) -> None:
    await show(interaction, replace(seen, target=target))
