"""**Edit**: a picture's form, and the picture that comes of it."""

import discord
from discord.ext import commands

from bot.client import ImagineBot, answer_error
from bot.domain.job import PictureRef
from bot.ui import forms
from bot.ui.custom_id import Action, CustomId, parse
from cogs.drawing import Interaction, ask
from cogs.pressing import Control, known_picture, used


class Edit(Control, action=Action.EDIT):
    """Opens the form."""

    async def press(self, interaction: Interaction) -> None:
        """Open it."""
        if picture := await self.picture(interaction):
            await interaction.response.send_modal(forms.edit(picture.job, picture.index))


class Editing(commands.Cog):
    """Hears of forms that come back, those too that were opened before a restart."""

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Draw what a form asks for."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        meant = parse(used(interaction)["custom_id"])
        if meant is None:
            return  # somebody else answers
        try:
            await _submit(interaction, meant)
        except Exception as error:  # noqa: BLE001 # discord.py only logs it, and the user would read nothing
            await answer_error(interaction, error)


async def _submit(interaction: Interaction, meant: CustomId) -> None:
    picture = await known_picture(interaction, PictureRef(meant.key, meant.number or 0))
    await ask(interaction, forms.read(used(interaction), picture.job, picture.index))


async def setup(bot: ImagineBot) -> None:
    """discord.py calls this when it loads the file."""
    bot.add_dynamic_items(Edit)
    await bot.add_cog(Editing())


async def teardown(bot: ImagineBot) -> None:
    """discord.py calls this when it lets go of the file."""
    bot.remove_dynamic_items(Edit)
