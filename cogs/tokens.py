"""`/token`: a user's own Hugging Face token, which goes from the form to the vault and nowhere else."""

from discord import app_commands
from discord.ext import commands

from bot.client import ImagineBot
from bot.domain.errors import TokensNotKept
from bot.ui import layout, tokens
from bot.ui.custom_id import Action, CustomId
from bot.ui.wording import commands as descriptions
from bot.ui.wording import tokens as texts
from bot.ui.wording.language import _
from cogs.drawing import Interaction
from cogs.pressing import Control, answer_form, used


class Tokens(commands.GroupCog, group_name="token", group_description=descriptions.TOKEN):
    """The commands, and the form that comes back."""

    @app_commands.command(description=descriptions.TOKEN_LINK)
    async def link(self, interaction: Interaction) -> None:
        """Open the form."""
        await _open(interaction)

    @app_commands.command(description=descriptions.TOKEN_FORGET)
    async def forget(self, interaction: Interaction) -> None:
        """Forget the user's token."""
        was_there = await interaction.client.services.jobs.accounts.forget(interaction.user.id)
        text = _(texts.FORGOTTEN) if was_there else _(texts.NOTHING_LINKED)
        await interaction.response.send_message(view=layout.sentence(text), ephemeral=True)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Link what a form holds."""
        await answer_form(interaction, Action.LINK, _submit)


class Link(Control, action=Action.LINK):
    """Opens the form."""

    async def press(self, interaction: Interaction) -> None:
        """Open it."""
        await _open(interaction)


async def _open(interaction: Interaction) -> None:
    """Open the form, if what it asks for can be kept.

    Raises:
        TokensNotKept: It cannot.
    """
    if not interaction.client.services.jobs.accounts.can_link:
        raise TokensNotKept
    await interaction.response.send_modal(tokens.link())


async def _submit(interaction: Interaction, _meant: CustomId) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)  # the check takes up to ten seconds
    accounts = interaction.client.services.jobs.accounts
    await accounts.link(interaction.user.id, tokens.read(used(interaction)))
    await interaction.edit_original_response(view=layout.sentence(_(texts.LINKED)))


async def setup(bot: ImagineBot) -> None:
    """discord.py calls this when it loads the file."""
    bot.add_dynamic_items(Link)
    await bot.add_cog(Tokens())


async def teardown(bot: ImagineBot) -> None:
    """discord.py calls this when it lets go of the file."""
    bot.remove_dynamic_items(Link)
