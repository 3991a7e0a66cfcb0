"""The least that can be around a picture, for when Discord does not like the card."""

from collections.abc import Iterable

import discord
from discord import ui

from bot.delivery.places import NewFile
from bot.domain.job import Job


def plain(job: Job, files: Iterable[NewFile]) -> ui.LayoutView:
    """Return the prompt and the pictures.

    Args:
        job: What was asked for.
        files: What is attached; may be empty.
    """
    view = ui.LayoutView(timeout=None)
    prompt = discord.utils.escape_markdown(job.requests[0].prompt, as_needed=False)
    view.add_item(ui.TextDisplay[ui.LayoutView](prompt))
    items = [
        discord.MediaGalleryItem(
            f"attachment://{file.filename}", description=file.description, spoiler=job.spoiler
        )
        for file in files
    ]
    return view.add_item(ui.MediaGallery[ui.LayoutView](*items)) if items else view
