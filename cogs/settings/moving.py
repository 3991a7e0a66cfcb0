"""**Export** and **Import**, and **Apply** for everything that was shown before it is done."""

from dataclasses import replace
from io import BytesIO

import discord
from discord import ui

from bot.domain.errors import ControlUnknown, DocumentRefused
from bot.domain.settings.history import Edit, State, towards
from bot.domain.settings.transfer import dump, load
from bot.ui import layout
from bot.ui.custom_id import Action, CustomId
from bot.ui.settings import answers, forms, history
from bot.ui.wording.language import _
from bot.ui.wording.settings import moving as texts
from cogs.drawing import Interaction
from cogs.pressing import Control, used
from cogs.settings.explaining import planned
from cogs.settings.panel import admit, note_refused, save, turn, values
from cogs.settings.uploads import uploaded

FILE = "imagine-settings.json"
IMPORT = "import"


class Export(Control, action=Action.SET_EXPORT):
    """Gives the server's settings as a file."""

    async def press(self, interaction: Interaction) -> None:
        """Send it to the member alone."""
        await admit(interaction, self.meant.key)
        _, now = await values(interaction)
        view = layout.view(ui.TextDisplay(texts.exported(now)), _shown())
        file = _file(dump(interaction.guild_id or 0, now))
        await interaction.response.send_message(view=view, file=file, ephemeral=True)


class Import(Control, action=Action.SET_IMPORT):
    """Opens the form in which settings are taken in."""

    async def press(self, interaction: Interaction) -> None:
        """Open it."""
        seen = await admit(interaction, self.meant.key)
        await interaction.response.send_modal(forms.taking_in(seen))


class Apply(Control, action=Action.SET_APPLY):
    """Does what was shown; anything that changed meanwhile is told instead."""

    async def press(self, interaction: Interaction) -> None:
        """Do it."""
        seen = await admit(interaction, self.meant.key)
        if seen.topic == IMPORT:
            await interaction.response.defer()  # the download may take its time
            _, now = await values(interaction)
            edits = await _taken_in(interaction, await _attached(interaction), now)
        else:
            _, now = await values(interaction)
            _, edits = await planned(interaction, seen, now)
        await save(interaction, seen, edits)


CONTROLS: tuple[type[Control], ...] = (Export, Import, Apply)


async def submit_import(interaction: Interaction, meant: CustomId) -> None:
    """Show what a document would change; the message keeps it until it is applied.

    Raises:
        DocumentRefused: It cannot be taken in.
    """
    seen = await admit(interaction, meant.key)
    file = await uploaded(interaction, DocumentRefused("not JSON"))
    text = answers.text(used(interaction)) if file is None else file
    revision, now = await values(interaction)
    edits = await _taken_in(interaction, text, now)
    seen = replace(seen, revision=revision, topic=IMPORT)
    items = history.difference(seen, _(texts.IMPORTING), edits, now)
    await turn(interaction, layout.view(*items, _shown()), [_file(text)])


async def _taken_in(interaction: Interaction, text: str, now: State) -> tuple[Edit, ...]:
    guild_id = interaction.guild_id or 0
    try:
        return towards(load(guild_id, text), now)
    except DocumentRefused as error:
        if error.reason == "another server":
            await note_refused(interaction, error.reason)
        raise


async def _attached(interaction: Interaction) -> str:
    """Return the document that the message keeps.

    Raises:
        ControlUnknown: Somebody made their own button; there is none.
    """
    attachments = interaction.message.attachments if interaction.message else []
    if not attachments:
        raise ControlUnknown
    return (await attachments[0].read()).decode()


def _file(text: str) -> discord.File:
    return discord.File(BytesIO(text.encode()), FILE)


def _shown() -> layout.Item:
    return ui.File(f"attachment://{FILE}")
