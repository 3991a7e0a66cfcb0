"""The panel's shell: who may use it, showing it, and saving what was changed in it."""

from collections.abc import Sequence
from dataclasses import replace

import discord
from discord import ui

from bot.domain.errors import ControlUnknown, SettingsChanged
from bot.domain.moderation import Action
from bot.domain.settings.catalogue import Layer
from bot.domain.settings.history import Edit, State, state
from bot.domain.settings.layers import Target, resolve
from bot.ui.settings import history, keys, panel
from bot.ui.settings.keys import Seen
from cogs.auditing import SETTINGS, announce, check_moderator
from cogs.drawing import Interaction, asker
from cogs.pressing import used


async def admit(interaction: Interaction, key: str) -> Seen:
    """Return what a control's key says, to those who manage the server.

    Raises:
        NotModerator: Somebody else used the control.
        ControlUnknown: The key was made by somebody themselves.
    """
    await check_moderator(interaction, SETTINGS)
    try:
        return keys.read(key)
    except ControlUnknown:
        await note_refused(interaction)
        raise


async def show(interaction: Interaction, seen: Seen) -> None:
    """Show the panel as it is now: in its message, or in a new one for the member alone."""
    services = interaction.client.services
    revision, stored = await services.houses.stored(interaction.guild_id or 0)
    place = (await asker(interaction)).here
    channel = Target(Layer.CHANNEL, place.channel_id)
    if seen.target == channel:
        seen = replace(seen, category_id=place.category_id)
    seen = replace(seen, revision=revision)
    view = panel.panel(
        panel.Shown(
            seen=seen,
            state=state(stored),
            effective=resolve(stored, seen.spot, services.houses.ceilings),
            channel=channel,
            category_id=place.category_id,
        )
    )
    await turn(interaction, view)


async def turn(interaction: Interaction, view: ui.LayoutView, files: Sequence[discord.File] = ()) -> None:
    """Show a view where the panel is; where there is none yet, in a message for the member alone."""
    if interaction.response.is_done():
        await interaction.edit_original_response(view=view, attachments=list(files))
    elif interaction.message is None:
        await interaction.response.send_message(view=view, ephemeral=True)
    else:
        await interaction.response.edit_message(view=view, attachments=list(files))


async def save(interaction: Interaction, seen: Seen, edits: Sequence[Edit]) -> None:
    """Save changes and show the panel; if somebody else was faster, show what they did.

    Raises:
        SettingError: In one of its other leaves; nothing was saved.
    """
    houses = interaction.client.services.houses
    try:
        entry = await houses.save(
            interaction.guild_id or 0, edits, user_id=interaction.user.id, revision=seen.revision
        )
    except SettingsChanged as error:
        await turn(interaction, history.meanwhile(seen, error.changes))
        return
    await show(interaction, seen)
    if entry is not None:
        await announce(interaction, entry)


async def values(interaction: Interaction) -> tuple[int, State]:
    """Return the server's revision and all of its values."""
    revision, stored = await interaction.client.services.houses.stored(interaction.guild_id or 0)
    return revision, state(stored)


async def note_refused(interaction: Interaction, detail: str = "") -> None:
    """Write into the audit log that somebody made their own control, or file."""
    tried = str(used(interaction).get("custom_id", ""))
    moderation = interaction.client.services.moderation
    await moderation.note(interaction.guild_id or 0, interaction.user.id, Action.REFUSED, tried, detail)
