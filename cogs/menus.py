"""The entries in the "Apps" menu of a message with a picture."""

import discord
from discord import AppCommandType, app_commands

from bot.client import ImagineBot
from bot.domain import remake
from bot.domain.errors import PictureUnknown
from bot.domain.job import KeptPicture
from bot.ui.custom_id import Action
from bot.ui.wording import commands
from cogs.buttons import show_details
from cogs.drawing import Interaction, draw
from cogs.pressing import choose


@app_commands.context_menu(name=commands.MENU_DETAILS)
async def details(interaction: Interaction, message: discord.Message) -> None:
    """Show everything that is known of the message's picture."""
    pictures = await _pictures(interaction, message)
    if len(pictures) == 1:
        await show_details(interaction, pictures[0])
    else:
        await choose(interaction, Action.DETAILS, pictures)


@app_commands.context_menu(name=commands.MENU_AGAIN)
async def again(interaction: Interaction, message: discord.Message) -> None:
    """Draw the message's pictures anew, with another seed."""
    await draw(interaction, remake.again((await _pictures(interaction, message))[0].job))


MENUS = (details, again)


async def _pictures(interaction: Interaction, message: discord.Message) -> list[KeptPicture]:
    """Return the pictures of a message.

    Raises:
        PictureUnknown: It has none of ours.
    """
    pictures = await interaction.client.services.jobs.store.at_message(message.id)
    if not pictures:
        raise PictureUnknown
    return pictures


async def setup(bot: ImagineBot) -> None:
    """discord.py calls this when it loads the file."""
    for menu in MENUS:
        bot.tree.add_command(menu)


async def teardown(bot: ImagineBot) -> None:
    """discord.py calls this when it lets go of the file."""
    for menu in MENUS:
        bot.tree.remove_command(menu.name, type=AppCommandType.message)
