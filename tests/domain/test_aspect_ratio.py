"""Aspect ratios: every one becomes a size that the Space draws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.aspect_ratio import AspectRatio, Size, fit, snap, use_aspect_ratio
from bot.domain.errors import UnknownAspectRatio
from bot.domain.limits import DOCUMENTED, Limits, Range

RATIOS = st.sampled_from(AspectRatio)
PIXELS = st.none() | st.integers(-10_000, 100_000)


@pytest.mark.parametrize(
    ("ratio", "size"),
    [
        ("1:1", Size(1024, 1024)),
        ("16:9", Size(1024, 576)),
        ("9:16", Size(576, 1024)),
        ("4:3", Size(1024, 768)),
        ("3:2", Size(960, 640)),
        ("5:4", Size(960, 768)),
        ("4:5", Size(768, 960)),
        ("2:1", Size(1024, 512)),
    ],
)
def test_a_ratio_is_drawn_exactly_and_as_large_as_possible(ratio: str, size: Size) -> None:
    assert AspectRatio.parse(ratio).size() == size


@pytest.mark.parametrize(("ratio", "size"), [("21:9", Size(1024, 512)), ("9:21", Size(512, 1024))])
def test_a_ratio_beyond_the_limits_becomes_the_nearest_one_inside(ratio: str, size: Size) -> None:
    assert AspectRatio.parse(ratio).size() == size


def test_an_unknown_ratio_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownAspectRatio) as caught:
        AspectRatio.parse("7:5")

    assert caught.value.name == "7:5"
    assert "16:9" in caught.value.known


@given(RATIOS, PIXELS, PIXELS)
def test_whatever_is_asked_for_the_space_draws_the_size(
    ratio: AspectRatio, width: int | None, height: int | None
) -> None:
    size = fit(ratio, width, height)

    assert size.width in DOCUMENTED.width
    assert size.height in DOCUMENTED.height
    assert size.width % 32 == size.height % 32 == 0


def test_a_width_alone_takes_its_height_from_the_ratio() -> None:
    assert fit(AspectRatio.LANDSCAPE_4_3, width=800) == Size(800, 608)


def test_a_height_alone_takes_its_width_from_the_ratio() -> None:
    assert fit(AspectRatio.PORTRAIT_1_2, height=1024) == Size(512, 1024)


def test_both_sides_given_overrule_the_ratio() -> None:
    assert fit(AspectRatio.LANDSCAPE_16_9, 640, 640) == Size(640, 640)


def test_a_space_with_other_limits_gets_other_sizes() -> None:
    narrow = Limits(width=Range(256, 700), height=Range(256, 700))

    assert fit(AspectRatio.SQUARE, limits=narrow) == Size(672, 672)


@given(st.floats(-1e6, 1e6))
def test_snapping_a_snapped_side_changes_nothing(pixels: float) -> None:
    once = snap(pixels, DOCUMENTED.width)

    assert snap(once, DOCUMENTED.width) == once


def test_use_aspect_ratio_fills_a_request_body() -> None:
    assert use_aspect_ratio({"width": None, "height": None}, "16:9") == {"width": 1024, "height": 576}


def test_use_aspect_ratio_keeps_a_given_width() -> None:
    assert use_aspect_ratio({"width": 640}, None) == {"width": 640, "height": 640}
