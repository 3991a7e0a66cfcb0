"""**Edit**: a picture's form, and the picture that comes of it."""

from discord.ext import commands

from bot.client import ImagineBot
from bot.domain.job import PictureRef
from bot.ui import forms
from bot.ui.custom_id import Action, CustomId
from cogs.drawing import Interaction, ask
from cogs.pressing import Control, answer_form, known_picture, used


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
        await answer_form(interaction, Action.EDIT, _submit)


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
