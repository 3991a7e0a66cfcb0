"""A page of somebody's pictures: one picture, what it was drawn with, and the way to the others."""

from dataclasses import dataclass

from discord import ui

from bot.domain.job import KeptPicture
from bot.ui import cards, layout, wording
from bot.ui.custom_id import Action, CustomId
from bot.ui.wording import boards, gallery
from bot.ui.wording.language import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A picture among others.

    Attributes:
        name: The gallery.
        number: Which page, from 0.
        pages: How many there are.
        picture: What it shows.
        media: The picture's address, or its file's as `attachment://fox.png`; None if it is gone.
        is_own: Whether the reader asked for the picture.
    """

    name: str
    number: int
    pages: int
    picture: KeptPicture
    media: str | None
    is_own: bool


def page(shown: Page) -> ui.LayoutView:
    """Return a page."""
    picture = shown.picture
    container: ui.Container[ui.LayoutView] = ui.Container(
        ui.TextDisplay(f"> {wording.shortened(picture.request.prompt, boards.MAX_PROMPT)}")
    )
    if shown.media is not None:
        item = layout.picture(shown.media, picture.request.prompt, spoiler=picture.job.spoiler)
        container.add_item(ui.MediaGallery(item))
    container.add_item(ui.TextDisplay("\n".join(_lines(shown))))
    own = picture.job, picture.index
    container.add_item(layout.row(*cards.making(*own), cards.same_seed(*own)))
    may_share = shown.is_own and picture.has_image
    container.add_item(layout.row(*cards.keeping(*own), *([cards.share(*own)] if may_share else [])))
    return layout.view(container, *([_turning(shown)] if shown.pages > 1 else []))


def _lines(shown: Page) -> list[str]:
    picture = shown.picture
    lines = [f"-# {gallery.page(shown.number + 1, shown.pages)}"]
    lines.append(f"-# {boards.parameters(picture.request)} · seed `{picture.request.seed}`")
    if picture.url:
        lines.append(f"-# {gallery.posted(picture.url)}")
    if picture.message_id is None:
        lines.append(f"-# {_(gallery.NOT_DELIVERED)}")
    if shown.media is None:
        lines.append(_(gallery.IMAGE_GONE))
    return lines


def _turning(shown: Page) -> layout.Row:
    last = shown.pages - 1
    newer = CustomId(Action.PAGE, shown.name, max(0, shown.number - 1))
    older = CustomId(Action.PAGE, shown.name, min(last, shown.number + 1))
    return layout.row(
        layout.button(newer, _(gallery.NEWER), "◀️", disabled=shown.number == 0),
        layout.button(older, _(gallery.OLDER), "▶️", disabled=shown.number == last),
    )
