"""The bar chart: numbers as lengths."""

from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.ui.chart import WIDTH, bars

BAR = (148, 156, 247)


def lengths(png: bytes, count: int) -> list[int]:
    """Return how long each bar is, in pixels."""
    with Image.open(BytesIO(png)) as opened:
        chart = opened.convert("RGB")
    row = (chart.height - 32) // count
    found = []
    for index in range(count):
        line = chart.crop((0, 16 + row * index + row // 2, WIDTH, 17 + row * index + row // 2))
        found.append(sum(number for number, colour in line.getcolors(WIDTH) or [] if colour == BAR))
    return found


def test_bars_are_as_long_as_their_numbers() -> None:
    [whole, half, none] = lengths(bars([("#1", 120), ("#2", 60), ("#3", 0)]), 3)

    assert abs(whole - 2 * half) <= 2
    assert none <= 3


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=10))
def test_any_numbers_make_a_picture_in_which_more_is_not_shorter(numbers: list[int]) -> None:
    shown = lengths(bars([("#1", number) for number in numbers]), len(numbers))
    in_order = [length for _, length in sorted(zip(numbers, shown, strict=True))]

    assert in_order == sorted(in_order)
    assert max(shown) < WIDTH - 100
