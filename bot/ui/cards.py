"""The cards of Components V2 in which a picture is shown, from its first stage to its last."""

import discord
from discord import ui

from bot.domain.errors import ImagineError
from bot.domain.picture import Picture
from bot.domain.request import ImageRequest
from bot.domain.stage import Stage
from bot.ui import wording


def progress(request: ImageRequest, stage: Stage, preview: str | None = None) -> ui.LayoutView:
    """Return the card of a picture that is not done.

    Args:
        request: What was asked for.
        stage: How far it is.
        preview: The file name of the unfinished picture, attached to the same message; None for none.
    """
    return _card(request.prompt, preview, wording.status(stage))


def finished(picture: Picture, filename: str) -> ui.LayoutView:
    """Return the card of a finished picture.

    Args:
        picture: What was drawn.
        filename: Its file's name, attached to the same message.
    """
    notes = [wording.parameters(picture), *map(wording.correction, picture.corrections)]
    return _card(picture.request.prompt, filename, "\n".join(f"-# {note}" for note in notes))


def failed(error: ImagineError, reference: str | None = None) -> ui.LayoutView:
    """Return the card that says why there is no picture.

    Args:
        error: What happened.
        reference: Under what the log has the details; None if it has none.
    """
    text = ui.TextDisplay[ui.LayoutView](wording.explain(error, reference))
    return ui.LayoutView(timeout=None).add_item(text)


def quoted(prompt: str) -> str:
    """Return a prompt as a quotation in which no markup works."""
    return f"> {discord.utils.escape_markdown(prompt, as_needed=False)}"


def _card(prompt: str, filename: str | None, text: str) -> ui.LayoutView:
    container: ui.Container[ui.LayoutView] = ui.Container(ui.TextDisplay(quoted(prompt)))
    if filename is not None:
        picture = discord.MediaGalleryItem(f"attachment://{filename}", description=prompt)
        container.add_item(ui.MediaGallery(picture))
    container.add_item(ui.TextDisplay(text))
    return ui.LayoutView(timeout=None).add_item(container)
