"""Components V2, put together so that discord.py keeps nothing of them.

A view that is sent while it listens stays in discord.py's store for as long as its message does. Ours never
listen: they are stopped before they are returned, and what their buttons do is in the custom_ids.
"""

from typing import Any, TypeAlias

import discord
from discord import ButtonStyle, ui

from bot.ui.custom_id import CustomId

MAX_ALT_TEXT = 1024  # characters

Item: TypeAlias = ui.Item[Any]
Row: TypeAlias = ui.ActionRow[ui.LayoutView]


def view(*items: Item) -> ui.LayoutView:
    """Return a layout that listens to nothing."""
    layout = ui.LayoutView(timeout=None)
    for item in items:
        layout.add_item(item)
    layout.stop()
    return layout


def sentence(text: str) -> ui.LayoutView:
    """Return a layout of nothing but a text."""
    return view(ui.TextDisplay(text))


def picture(media: str, prompt: str, *, spoiler: bool = False) -> discord.MediaGalleryItem:
    """Return a picture of a gallery, with its prompt as alternative text.

    Args:
        media: Its address, or the name of its file as `attachment://fox.png`.
        prompt: What it shows.
        spoiler: Whether it is hidden until it is clicked.
    """
    return discord.MediaGalleryItem(media, description=prompt[:MAX_ALT_TEXT], spoiler=spoiler)


def button(
    control: CustomId,
    label: str,
    emoji: str | None = None,
    *,
    style: ButtonStyle = ButtonStyle.secondary,
    disabled: bool = False,
) -> Item:
    """Return a button; what it does is known by its custom_id alone."""
    return ui.Button(custom_id=str(control), label=label, emoji=emoji, style=style, disabled=disabled)


def row(*items: Item) -> Row:
    """Return up to five buttons, or one menu, beside each other."""
    return ui.ActionRow(*items)
