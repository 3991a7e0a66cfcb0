"""`/privacy`: what the bot keeps about a user, as a file; and its end."""

import gzip
import json
from io import BytesIO

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ImagineBot
from bot.domain.errors import NotAllowed
from bot.ui import layout
from bot.ui import privacy as cards
from bot.ui.custom_id import Action
from bot.ui.wording import privacy as texts
from cogs.drawing import Interaction
from cogs.pressing import Control

FILENAME = "imagine-data.json"


class Privacy(commands.GroupCog, group_name="privacy", group_description=texts.GROUP):
    """The commands."""

    @app_commands.command(description=texts.EXPORT)
    async def export(self, interaction: Interaction) -> None:
        """Give a user everything that is kept about them, which nobody else sees."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        kept = await interaction.client.services.privacy.export(interaction.user.id)
        data, name = json.dumps(kept, ensure_ascii=False, indent=2).encode(), FILENAME
        if len(data) > interaction.filesize_limit:
            data, name = gzip.compress(data), f"{FILENAME}.gz"
        file = discord.File(BytesIO(data), name)
        await interaction.edit_original_response(view=cards.exported(name), attachments=[file])

    @app_commands.command(description=texts.DELETE)
    async def delete(self, interaction: Interaction) -> None:
        """Ask whether it shall really go."""
        await interaction.response.send_message(view=cards.ask(interaction.user.id), ephemeral=True)


class Erase(Control, action=Action.ERASE):
    """Deletes what is kept about a user."""

    async def press(self, interaction: Interaction) -> None:
        """Delete it, for the user who was asked.

        Raises:
            NotAllowed: That was somebody else.
        """
        user_id = interaction.user.id
        if self.meant.key != str(user_id):
            raise NotAllowed
        await interaction.response.defer()
        services = interaction.client.services
        for job in await services.jobs.store.open_of(user_id):
            await services.jobs.cancel(job.id)
        pictures = await services.privacy.delete_user(user_id, services.delivery.clock())
        await interaction.edit_original_response(view=layout.sentence(texts.erased(pictures)))


async def setup(bot: ImagineBot) -> None:
    """discord.py calls this when it loads the file."""
    bot.add_dynamic_items(Erase)
    await bot.add_cog(Privacy())


async def teardown(bot: ImagineBot) -> None:
    """discord.py calls this when it lets go of the file."""
    bot.remove_dynamic_items(Erase)
