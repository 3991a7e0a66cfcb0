"""A bar chart as a picture: (labels, numbers) → PNG, light on dark.

It takes the processor some milliseconds, so it is drawn off the event loop.
"""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

WIDTH = 800  # pixels
_ROW, _BAR, _EDGE = 44, 28, 16  # pixels: of a bar with its gap, of a bar, around everything
_LABEL, _NUMBER = 64, 96  # pixels to the left and to the right of the longest bar
_FONT = 20  # pixels

# Each text and bar has a contrast of more than 4.5 : 1 to what is behind it.
_BACKGROUND, _BAR_COLOUR, _TEXT = "#1e1f22", "#949cf7", "#f2f3f5"


def bars(rows: Sequence[tuple[str, int]]) -> bytes:
    """Return a chart with one horizontal bar for each row, from above to below.

    Args:
        rows: Short labels, each with a number of 0 or more; at least one row.
    """
    font = ImageFont.load_default(_FONT)
    picture = Image.new("RGB", (WIDTH, 2 * _EDGE + _ROW * len(rows)), _BACKGROUND)
    canvas = ImageDraw.Draw(picture)
    left, longest = _EDGE + _LABEL, WIDTH - 2 * _EDGE - _LABEL - _NUMBER
    most = max(1, *(number for _, number in rows))
    for index, (label, number) in enumerate(rows):
        middle = _EDGE + _ROW * index + _ROW // 2
        right = left + max(2, round(longest * number / most))
        canvas.rectangle((left, middle - _BAR // 2, right, middle + _BAR // 2), _BAR_COLOUR)
        canvas.text((left - 12, middle), label, _TEXT, font, anchor="rm")
        canvas.text((right + 12, middle), str(number), _TEXT, font, anchor="lm")
    with BytesIO() as file:
        picture.save(file, "PNG")
        return file.getvalue()
