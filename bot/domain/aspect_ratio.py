"""Aspect ratios, and the pixels that a Space accepts for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from bot.domain.errors import UnknownAspectRatio
from bot.domain.limits import DOCUMENTED, GRID, Limits, Range


@dataclass(frozen=True, slots=True)
class Size:
    """A picture's size.

    Attributes:
        width: Pixels.
        height: Pixels.
    """

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


class AspectRatio(Enum):
    """Width to height, spelled as members choose it."""

    SQUARE = "1:1"
    LANDSCAPE_16_9 = "16:9"
    PORTRAIT_9_16 = "9:16"
    LANDSCAPE_4_3 = "4:3"
    PORTRAIT_3_4 = "3:4"
    LANDSCAPE_3_2 = "3:2"
    PORTRAIT_2_3 = "2:3"
    LANDSCAPE_5_4 = "5:4"
    PORTRAIT_4_5 = "4:5"
    LANDSCAPE_2_1 = "2:1"
    PORTRAIT_1_2 = "1:2"
    LANDSCAPE_21_9 = "21:9"
    PORTRAIT_9_21 = "9:21"

    @classmethod
    def parse(cls, name: str) -> "AspectRatio":
        """Return the ratio of that name.

        Raises:
            UnknownAspectRatio: There is none.
        """
        try:
            return cls(name.strip())
        except ValueError:
            raise UnknownAspectRatio(name, tuple(ratio.value for ratio in cls)) from None

    @property
    def parts(self) -> tuple[int, int]:
        """Width and height of the ratio, as (16, 9)."""
        width, height = self.value.split(":")
        return int(width), int(height)

    def size(self, limits: Limits = DOCUMENTED) -> Size:
        """Return the largest size of this ratio inside the limits, both sides multiples of `GRID`.

        Where no size has exactly this ratio (21:9 on a Space that takes 512 to 1024), the nearest one inside
        the limits serves.
        """
        across, down = self.parts
        exact = min(limits.width.maximum // (across * GRID), limits.height.maximum // (down * GRID))
        size = Size(int(exact) * across * GRID, int(exact) * down * GRID)
        if size.width in limits.width and size.height in limits.height:
            return size
        scale = min(limits.width.maximum / across, limits.height.maximum / down)
        return Size(snap(across * scale, limits.width), snap(down * scale, limits.height))


def snap(pixels: float, limit: Range) -> int:
    """Return the multiple of `GRID` nearest to `pixels` inside the limit."""
    lowest = -(-limit.minimum // GRID) * GRID
    highest = limit.maximum // GRID * GRID
    return int(min(max(round(pixels / GRID) * GRID, lowest), highest))


def fit(
    ratio: AspectRatio, width: int | None = None, height: int | None = None, limits: Limits = DOCUMENTED
) -> Size:
    """Return the size to ask for: what was given, the rest from the ratio, all of it acceptable.

    Args:
        ratio: Decides every side that is not given.
        width: Pixels, or None.
        height: Pixels, or None.
        limits: What the Space accepts.
    """
    across, down = ratio.parts
    if width is None and height is None:
        return ratio.size(limits)
    if width is None and height is not None:
        width = round(height * across / down)
    elif height is None and width is not None:
        height = round(width * down / across)
    return Size(snap(width or 0, limits.width), snap(height or 0, limits.height))


def use_aspect_ratio(extra_body: Mapping[str, int | None], aspect_ratio: str | None) -> dict[str, int]:
    """Return `width` and `height` for a request body, every one acceptable to the Space.

    Args:
        extra_body: May hold `width` and `height` in pixels; None counts as not given.
        aspect_ratio: As `16:9`; None is square.

    Raises:
        UnknownAspectRatio: There is no such ratio.
    """
    ratio = AspectRatio.SQUARE if aspect_ratio is None else AspectRatio.parse(aspect_ratio)
    size = fit(ratio, extra_body.get("width"), extra_body.get("height"))
    return {"width": size.width, "height": size.height}
