"""The buttons under a card, and the answer to controls that nobody knows."""

import discord
from discord.ext import commands

from bot.client import ImagineBot, answer_error
from bot.domain import remake
from bot.domain.errors import ControlUnknown, NothingToCancel
from bot.domain.job import KeptPicture
from bot.domain.variation import Variation
from bot.ui import answers, layout
from bot.ui.custom_id import Action, parse
from bot.ui.wording import controls
from bot.ui.wording.language import _
from cogs.drawing import Interaction, draw
from cogs.pressing import Control, check_may_end, used

_CONTROL_TYPES = frozenset({discord.InteractionType.component, discord.InteractionType.modal_submit})


class Cancel(Control, action=Action.CANCEL):
    """Ends a job that is being drawn; its reply says so itself."""

    async def press(self, interaction: Interaction) -> None:
        """Cancel, for those who may."""
        check_may_end(interaction, await self.job(interaction))
        if not await interaction.client.services.jobs.cancel(self.meant.key):
            raise NothingToCancel
        await interaction.response.defer()


class Again(Control, action=Action.AGAIN):
    """Draws a job anew, with another seed."""

    async def press(self, interaction: Interaction) -> None:
        """Draw."""
        await draw(interaction, remake.again(await self.job(interaction)))


class SameSeed(Control, action=Action.SAME_SEED):
    """Offers what may be changed while the seed stays."""

    async def press(self, interaction: Interaction) -> None:
        """Show the choice."""
        if picture := await self.picture(interaction):
            await interaction.response.send_message(view=answers.vary(picture), ephemeral=True)


class Vary(Control, action=Action.VARY):
    """Draws what was chosen there."""

    async def press(self, interaction: Interaction) -> None:
        """Draw."""
        if picture := await self.picture(interaction):
            [chosen] = used(interaction)["values"]
            await draw(interaction, remake.varied(picture.job, picture.index, Variation.parse(chosen)))


class Details(Control, action=Action.DETAILS):
    """Shows everything that is known of a picture."""

    async def press(self, interaction: Interaction) -> None:
        """Show it."""
        if picture := await self.picture(interaction):
            await show_details(interaction, picture)


class Favourite(Control, action=Action.FAVOURITE):
    """Puts a picture among the favourites of whoever presses it."""

    async def press(self, interaction: Interaction) -> None:
        """Put it there, and offer the way back."""
        if picture := await self.picture(interaction):
            await _set_favourite(interaction, picture, on=True)
            await interaction.response.send_message(view=answers.liked(picture), ephemeral=True)


class Unfavourite(Control, action=Action.UNFAVOURITE):
    """Takes it from there again."""

    async def press(self, interaction: Interaction) -> None:
        """Take it from there."""
        if picture := await self.picture(interaction):
            await _set_favourite(interaction, picture, on=False)
            await interaction.response.edit_message(view=layout.sentence(_(controls.UNLIKED)))


class Delete(Control, action=Action.DELETE):
    """Deletes the message with the card."""

    async def press(self, interaction: Interaction) -> None:
        """Delete it, for those who may; through the press itself, which private messages allow too."""
        check_may_end(interaction, await self.job(interaction))
        await interaction.response.defer()
        await interaction.delete_original_response()


class Strangers(commands.Cog):
    """Answers controls of other versions.

    The bot keeps no views, so whoever presses a control is answered by the `Control` of its action, or by
    the listener of its form, or, if its custom_id is none of this version's, by this and nobody else.
    """

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer, where nobody else does."""
        is_control = interaction.type in _CONTROL_TYPES
        if is_control and parse(used(interaction)["custom_id"]) is None:
            await answer_error(interaction, ControlUnknown())


CONTROLS = (Cancel, Again, SameSeed, Vary, Details, Favourite, Unfavourite, Delete)


async def show_details(interaction: Interaction, picture: KeptPicture) -> None:
    """Show everything that is known of a picture to the user alone."""
    parent = picture.job.parent
    made_from = await interaction.client.services.jobs.store.picture(parent) if parent else None
    card = answers.details(picture, made_from.url if made_from else None)
    await interaction.response.send_message(view=card, ephemeral=True)


async def _set_favourite(interaction: Interaction, picture: KeptPicture, *, on: bool) -> None:
    store = interaction.client.services.jobs.store
    now = interaction.created_at.timestamp()
    await store.set_favourite(interaction.user.id, picture.ref, on=on, now=now)


async def setup(bot: ImagineBot) -> None:
    """discord.py calls this when it loads the file."""
    bot.add_dynamic_items(*CONTROLS)
    await bot.add_cog(Strangers())


async def teardown(bot: ImagineBot) -> None:
    """discord.py calls this when it lets go of the file."""
    bot.remove_dynamic_items(*CONTROLS)
