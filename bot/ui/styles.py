"""The list of a server's styles, and the form in which one is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any

from discord import ButtonStyle, TextStyle, ui

from bot.domain.errors import ControlUnknown
from bot.domain.styles import MAX_TEXT, Style
from bot.ui import layout
from bot.ui.custom_id import Action, CustomId
from bot.ui.settings.answers import fields
from bot.ui.wording import styles as texts
from bot.ui.wording.language import _

PAGE = 5  # styles; of the longest ones, as many fit into a message's four thousand characters
NEW = "new"

_NAME, _BEFORE, _AFTER, _NEGATIVE = "name", "before", "after", "negative"
_LIST = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a form knows of a style beside the texts in it.

    Attributes:
        key: The `style_key` of the style that is changed; `NEW` for a new one.
        steps: As in a style.
        guidance_scale: Likewise, in thousandths.
        aspect_ratio: Likewise.
    """

    key: str = NEW
    steps: int | None = None
    guidance_scale: float | None = None
    aspect_ratio: str | None = None

    def __str__(self) -> str:
        guidance = None if self.guidance_scale is None else f"{self.guidance_scale:.3f}"
        told = ("" if one is None else str(one) for one in (self.steps, guidance, self.aspect_ratio))
        # a key has neither points nor colons
        return "-".join((self.key, *told)).replace(".", "_").replace(":", "x")


def read_draft(key: str) -> Draft:
    """Return the draft of a custom_id's key.

    Raises:
        ControlUnknown: It is none.
    """
    try:
        style, steps, guidance, ratio = key.split("-")
        return Draft(
            key=style,
            steps=int(steps) if steps else None,
            guidance_scale=float(guidance.replace("_", ".")) if guidance else None,
            aspect_ratio=ratio.replace("x", ":") or None,
        )
    except ValueError:
        raise ControlUnknown from None


def style_key(name: str) -> str:
    """Return what stands for a style's name, of which custom_ids take neither blanks nor umlauts."""
    return blake2s(name.casefold().encode(), digest_size=8).hexdigest()


def form(draft: Draft, style: Style | None) -> ui.Modal:
    """Return the form for a style.

    Args:
        draft: What was decided before.
        style: The style as it is; None for a new one.
    """
    title = _(texts.FORM_ADD) if style is None else _(texts.FORM_EDIT)
    modal = ui.Modal(title=title, custom_id=str(CustomId(Action.STYLE_FORM, str(draft))))
    if style is None:
        name: layout.Item = ui.TextInput(custom_id=_NAME, max_length=32)
        modal.add_item(ui.Label(text=_(texts.FORM_NAME), component=name))
    for label, field, value in (
        (_(texts.FORM_BEFORE), _BEFORE, style.before if style else ""),
        (_(texts.FORM_AFTER), _AFTER, style.after if style else ""),
        (_(texts.FORM_NEGATIVE), _NEGATIVE, style.negative_prompt if style else ""),
    ):
        text: layout.Item = ui.TextInput(
            custom_id=field, style=TextStyle.paragraph, default=value, required=False, max_length=MAX_TEXT
        )
        modal.add_item(ui.Label(text=label, component=text))
    modal.stop()  # or discord.py would keep it until it comes back, which it may never
    return modal


def read(data: Mapping[str, Any], draft: Draft, name: str | None) -> Style:
    """Return the style of a submitted form.

    Args:
        data: The `data` of the interaction.
        draft: Of the form's custom_id.
        name: The name of the style that is changed; None for a new one, whose form has it.

    Raises:
        StyleRefused: There can be no such style.
    """
    given = {field: " ".join(str(value or "").split()) for field, value in fields(data).items()}
    return Style(
        name=given.get(_NAME, "") if name is None else name,
        before=given[_BEFORE],
        after=given[_AFTER],
        negative_prompt=given[_NEGATIVE],
        steps=draft.steps,
        guidance_scale=draft.guidance_scale,
        aspect_ratio=draft.aspect_ratio,
    )


def listed(styles: Sequence[Style], own: Sequence[Style], number: int) -> ui.LayoutView:
    """Return a page of the list.

    Args:
        styles: All that there are.
        own: The server's own among them.
        number: The page, from 0; the last one stands for those behind it.
    """
    pages = max(1, -(-len(styles) // PAGE))
    number = min(number, pages - 1)
    container: ui.Container[ui.LayoutView] = ui.Container(ui.TextDisplay(texts.heading(number + 1, pages)))
    for style in styles[number * PAGE : (number + 1) * PAGE]:
        control = CustomId(Action.STYLE_TRY, style_key(style.name))
        attempt = layout.button(control, _(texts.TRY), "🎨")
        container.add_item(
            ui.Section(ui.TextDisplay(texts.entry(style, is_own=style in own)), accessory=attempt)
        )
    return layout.view(container, *([_turning(number, pages)] if pages > 1 else []))


def _turning(number: int, pages: int) -> layout.Row:
    back, more = max(0, number - 1), min(pages - 1, number + 1)
    return layout.row(
        layout.button(CustomId(Action.STYLES, _LIST, back), _(texts.NEWER), "◀️", disabled=number == 0),
        layout.button(
            CustomId(Action.STYLES, _LIST, more),
            _(texts.OLDER),
            "▶️",
            style=ButtonStyle.secondary,
            disabled=number == pages - 1,
        ),
    )
