"""The command that opens the panel, and its forms when they come back."""

from collections.abc import Awaitable, Callable, Mapping

from discord import app_commands
from discord.ext import commands

from bot.ui.custom_id import Action, CustomId
from bot.ui.settings.keys import Seen
from bot.ui.wording.settings import panel as texts
from cogs.auditing import SETTINGS, check_moderator
from cogs.drawing import Interaction
from cogs.pressing import answer_form
from cogs.settings.changing import submit_test, submit_value
from cogs.settings.explaining import submit_date
from cogs.settings.moving import submit_import
from cogs.settings.panel import show

FORMS: Mapping[Action, Callable[[Interaction, CustomId], Awaitable[None]]] = {
    Action.SET_VALUE: submit_value,
    Action.SET_TEST: submit_test,
    Action.SET_DATE: submit_date,
    Action.SET_IMPORT: submit_import,
}


class Settings(commands.Cog):
    """The command, and the forms that come back."""

    @app_commands.command(description=texts.COMMAND)
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def settings(self, interaction: Interaction) -> None:
        """Show the panel to the member alone."""
        await check_moderator(interaction, SETTINGS)
        await show(interaction, Seen())

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Do what a form is for, one too that was opened before a restart."""
        for action, submit in FORMS.items():
            await answer_form(interaction, action, submit)
