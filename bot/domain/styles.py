"""Styles: named presets that dress a prompt up, built in or a server's own."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.domain.errors import StyleRefused, StyleUnknown
from bot.domain.settings.catalogue import BY_NAME

MOST = 50  # of one server
MAX_TEXT = 300  # characters of what a style adds on each side
_NAME = re.compile(r"[^\W_](?:(?:[^\W_]|[ -]){0,30}[^\W_])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One preset.

    Attributes:
        name: 1 to 32 letters, digits, blanks and `-`; unique in a server whatever its case.
        before: What goes before the prompt.
        after: What goes after it.
        negative_prompt: What goes after the negative prompt.
        steps: Steps where the member gives none; None for the channel's.
        guidance_scale: Guidance where the member gives none; None for the channel's.
        aspect_ratio: Ratio where the member gives none, as `16:9`; None for the channel's.

    Raises:
        StyleRefused: It cannot be.
    """

    name: str
    before: str = ""
    after: str = ""
    negative_prompt: str = ""
    steps: int | None = None
    guidance_scale: float | None = None
    aspect_ratio: str | None = None

    def __post_init__(self) -> None:
        if _NAME.fullmatch(self.name) is None:
            raise StyleRefused("name")
        texts = (self.before, self.after, self.negative_prompt)
        values = {name: getattr(self, name) for name in ("steps", "guidance_scale", "aspect_ratio")}
        if not any(texts) and not any(value is not None for value in values.values()):
            raise StyleRefused("empty")
        if max(map(len, texts)) > MAX_TEXT:
            raise StyleRefused("too long")
        for name, value in values.items():
            if value is not None and not BY_NAME[name].kind.holds(value):
                raise StyleRefused("value")

    def dress(self, prompt: str) -> str:
        """Return a prompt with what the style adds."""
        return ", ".join(part for part in (self.before, prompt, self.after) if part)

    def avoid(self, negative_prompt: str) -> str:
        """Return a negative prompt with what the style adds."""
        return ", ".join(part for part in (negative_prompt, self.negative_prompt) if part)


BUILT_IN: Mapping[str, Style] = MappingProxyType(
    {
        style.name.casefold(): style
        for style in (
            Style(
                name="Photo",
                before="photograph of",
                after="natural light, 50 mm lens, shallow depth of field, fine detail",
                negative_prompt="drawing, painting, render, cartoon",
            ),
            Style(
                name="Cinematic",
                after="film still, dramatic lighting, anamorphic, colour graded",
                negative_prompt="flat light, cartoon",
                aspect_ratio="21:9",
            ),
            Style(
                name="Watercolour",
                before="watercolour painting of",
                after="soft washes, visible paper grain, loose brushwork",
                negative_prompt="photograph, hard outlines",
            ),
            Style(
                name="Ink",
                before="ink drawing of",
                after="black ink on white paper, cross-hatching, confident lines",
                negative_prompt="colour, photograph",
            ),
            Style(
                name="Anime",
                before="anime illustration of",
                after="clean line art, cel shading, vivid colours",
                negative_prompt="photograph, realistic",
            ),
            Style(
                name="Pixel art",
                before="pixel art of",
                after="limited palette, crisp pixels, 16-bit game",
                negative_prompt="blurry, photograph, smooth gradients",
            ),
            Style(
                name="Oil painting",
                before="oil painting of",
                after="thick impasto, rich colours, canvas texture",
                negative_prompt="photograph, digital art",
            ),
            Style(
                name="Low poly",
                before="low poly 3D render of",
                after="flat shaded facets, soft studio light",
                negative_prompt="photograph, fine texture",
            ),
            Style(
                name="Poster",
                before="minimalist poster of",
                after="bold shapes, flat colours, strong composition, negative space",
                negative_prompt="photograph, clutter",
                aspect_ratio="2:3",
            ),
        )
    }
)


def find(name: str, own: Iterable[Style]) -> Style:
    """Return the style of a name; a server's own comes before a built-in one.

    Raises:
        StyleUnknown: There is none.
    """
    key = name.casefold()
    for style in own:
        if style.name.casefold() == key:
            return style
    if key in BUILT_IN:
        return BUILT_IN[key]
    raise StyleUnknown(name)


def available(own: Iterable[Style]) -> list[Style]:
    """Return all styles of a server, its own first, each in the order of their names."""
    mine = sorted(own, key=lambda style: style.name.casefold())
    names = {style.name.casefold() for style in mine}
    return [*mine, *(style for key, style in sorted(BUILT_IN.items()) if key not in names)]
