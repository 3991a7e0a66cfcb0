"""What the user alone sees when a button of a card is pressed."""

from collections.abc import Sequence

import discord
from discord import ButtonStyle, ui

from bot.domain.command_line import command_line
from bot.domain.job import KeptPicture
from bot.domain.variation import variations
from bot.ui import layout, wording
from bot.ui.custom_id import Action, CustomId
from bot.ui.wording import boards, controls, gallery
from bot.ui.wording.language import _

_ROW = 5  # buttons


def which(action: Action, pictures: Sequence[KeptPicture]) -> ui.LayoutView:
    """Return the question which of several pictures is meant."""
    choices = [
        layout.button(CustomId(action, picture.job.id, picture.index), str(picture.index + 1))
        for picture in pictures
    ]
    rows = [layout.row(*choices[start : start + _ROW]) for start in range(0, len(choices), _ROW)]
    return layout.view(ui.TextDisplay(_(controls.WHICH)), *rows)


def details(picture: KeptPicture, parent_url: str | None) -> ui.LayoutView:
    """Return everything that is known of a picture, with the command that draws it again.

    Args:
        picture: It.
        parent_url: Where the picture is that it was made from; None for none.
    """
    lines = [wording.block(command_line(picture.request))]
    if picture.url:
        lines.append(gallery.posted(picture.url))
    if parent_url:
        lines.append(boards.lineage(parent_url))
    return layout.sentence("\n".join(lines))


def vary(picture: KeptPicture) -> ui.LayoutView:
    """Return the choice of what to change in a picture whose seed stays."""
    menu: ui.Select[ui.LayoutView] = ui.Select(
        custom_id=str(CustomId(Action.VARY, picture.job.id, picture.index)),
        placeholder=_(controls.VARY_PLACEHOLDER),
        options=[
            discord.SelectOption(label=controls.variation(change), value=str(change))
            for change in variations(picture.request)
        ],
    )
    return layout.view(ui.TextDisplay(_(controls.VARY)), layout.row(menu))


def liked(picture: KeptPicture) -> ui.LayoutView:
    """Return that a picture is among the favourites, with the way to take it from there."""
    control = CustomId(Action.UNFAVOURITE, picture.job.id, picture.index)
    remove = layout.button(control, _(controls.UNFAVOURITE), "➖")
    return layout.view(ui.TextDisplay(_(controls.LIKED)), layout.row(remove))


def offer(key: str, prompts: Sequence[str], pictures: int) -> ui.LayoutView:
    """Return the offer to draw the permutations of a prompt.

    Args:
        key: Under what the offer is kept.
        prompts: The permutations.
        pictures: How many pictures that makes.
    """
    share = boards.MAX_HEADING // len(prompts)
    lines = [f"{number}. {wording.shortened(prompt, share)}" for number, prompt in enumerate(prompts, 1)]
    draw = layout.button(
        CustomId(Action.DRAW, key), controls.draw_all(pictures), "🎨", style=ButtonStyle.primary
    )
    drop = layout.button(CustomId(Action.DROP, key), _(controls.DROP))
    return layout.view(
        ui.TextDisplay("\n".join(lines)), ui.TextDisplay(controls.offer(pictures)), layout.row(draw, drop)
    )
