"""`/imagine-last` and `/imagine-favourites`: a user's pictures again, one a page, for that user alone."""

from io import BytesIO

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ImagineBot
from bot.delivery.reply import Delivery
from bot.domain.infotext import infotext
from bot.domain.job import KeptPicture
from bot.domain.picture import Picture
from bot.ports import JobStore
from bot.ui import layout, pages
from bot.ui.custom_id import Action
from bot.ui.wording import commands as descriptions
from bot.ui.wording import gallery
from bot.ui.wording.language import _
from cogs.drawing import Interaction
from cogs.pressing import Control

MOST = 10  # pictures in a gallery
LAST, FAVOURITES = "last", "favourites"  # part of custom_ids, so they may never change


class Gallery(commands.Cog):
    """The commands that open a gallery."""

    @app_commands.command(name="imagine-last", description=descriptions.IMAGINE_LAST)
    async def last(self, interaction: Interaction) -> None:
        """Show the user's last pictures."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await show(interaction, LAST, 0)

    @app_commands.command(name="imagine-favourites", description=descriptions.IMAGINE_FAVOURITES)
    async def favourites(self, interaction: Interaction) -> None:
        """Show the user's favourites."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await show(interaction, FAVOURITES, 0)


class Turn(Control, action=Action.PAGE):
    """Turns to another page."""

    async def press(self, interaction: Interaction) -> None:
        """Turn."""
        await interaction.response.defer()
        await show(interaction, self.meant.key, self.meant.number or 0)


async def show(interaction: Interaction, name: str, number: int) -> None:
    """Show a page of a gallery as the answer to an acknowledged interaction; the last one if it has fewer."""
    services = interaction.client.services
    store, user_id = services.jobs.store, interaction.user.id
    found = await (store.last if name == LAST else store.favourites)(user_id, MOST)
    if not found:
        text = _(gallery.NO_LAST) if name == LAST else _(gallery.NO_FAVOURITES)
        await interaction.edit_original_response(view=layout.sentence(text), attachments=[])
        return
    number = min(number, len(found) - 1)
    picture = found[number]
    file = await _file(store, services.delivery, picture, interaction.filesize_limit)
    media = f"attachment://{file.filename}" if file else await _posted(interaction, picture)
    page = pages.Page(
        name=name,
        number=number,
        pages=len(found),
        picture=picture,
        media=media,
        is_own=picture.job.user_id == user_id,
    )
    await interaction.edit_original_response(view=pages.page(page), attachments=[file] if file else [])


async def _file(store: JobStore, delivery: Delivery, picture: KeptPicture, limit: int) -> discord.File | None:
    """Return the picture's file if the store still has it."""
    image = await store.image(picture.ref) if picture.has_image else None
    if image is None:
        return None
    text = infotext(picture.request, version=delivery.program)
    encoded = await delivery.encoder.encode(image, text, limit)
    name = Picture(request=picture.request, image=image, seconds=picture.seconds or 0.0).filename
    return discord.File(
        BytesIO(encoded.data), f"{name}.{encoded.extension}", description=picture.request.prompt
    )


async def _posted(interaction: Interaction, picture: KeptPicture) -> str | None:
    """Return the address of the picture in the message that it was posted in; None if it is not there."""
    if picture.channel_id is None or picture.message_id is None:
        return None
    channel = interaction.client.get_partial_messageable(picture.channel_id)
    try:
        message = await channel.fetch_message(picture.message_id)
    except (discord.Forbidden, discord.NotFound):
        return None  # deleted, or in a channel that the bot was taken from
    there = await interaction.client.services.jobs.store.at_message(picture.message_id)
    files = dict(zip((one.ref for one in there), message.attachments, strict=False))
    attachment = files.get(picture.ref)
    return attachment.url if attachment else None


async def setup(bot: ImagineBot) -> None:
    """discord.py calls this when it loads the file."""
    bot.add_dynamic_items(Turn)
    await bot.add_cog(Gallery())


async def teardown(bot: ImagineBot) -> None:
    """discord.py calls this when it lets go of the file."""
    bot.remove_dynamic_items(Turn)
