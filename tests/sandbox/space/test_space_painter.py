"""The sandbox's painter: any prompt and accepted size, the same picture each time, marked as what it is."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from bot.sandbox.space.inputs import Inputs
from bot.sandbox.space.painter import PictureFormat, paint, paint_preview

SIDES = st.integers(512 // 16, 1024 // 16).map(lambda sixteenths: sixteenths * 16)
INPUTS = st.builds(
    Inputs,
    prompt=st.text(),
    negative_prompt=st.text(max_size=20),
    seed=st.integers(0, 2**31 - 1),
    width=SIDES,
    height=SIDES,
    guidance_scale=st.floats(0, 7.5),
    steps=st.integers(1, 50),
)


def opened(picture: bytes) -> Image.Image:
    """Decode a picture."""
    return Image.open(io.BytesIO(picture)).convert("RGB")


def difference(one: bytes, other: bytes) -> float:
    """Return by how much two pictures differ on average, from 0 to 255."""
    return sum(ImageStat.Stat(ImageChops.difference(opened(one), opened(other))).mean) / 3


@settings(max_examples=25, deadline=None)
@given(inputs=INPUTS)
def test_any_prompt_of_any_accepted_size_becomes_a_picture_of_that_size(inputs: Inputs) -> None:
    assert opened(paint(inputs)).size == (inputs.width, inputs.height)


@settings(max_examples=15, deadline=None)
@given(inputs=INPUTS, step=st.integers(0, 60))
def test_any_preview_has_the_size_of_its_picture(inputs: Inputs, step: int) -> None:
    assert opened(paint_preview(inputs, step)).size == (inputs.width, inputs.height)


@settings(max_examples=10, deadline=None)
@given(inputs=INPUTS)
def test_the_same_inputs_give_the_same_bytes(inputs: Inputs) -> None:
    assert paint(inputs) == paint(inputs)
    assert paint_preview(inputs, 1) == paint_preview(inputs, 1)


@pytest.mark.parametrize(
    "other", [Inputs("a fox", seed=2), Inputs("a bear", seed=1), Inputs("a fox", "blurry", seed=1)]
)
def test_another_prompt_or_seed_is_clearly_another_picture(other: Inputs) -> None:
    assert difference(paint(Inputs("a fox", seed=1)), paint(other)) > 10


@pytest.mark.parametrize("other", [Inputs("a fox", guidance_scale=0.0), Inputs("a fox", guidance_scale=7.5)])
def test_guidance_shows(other: Inputs) -> None:
    assert difference(paint(Inputs("a fox")), paint(other)) > 1


def test_previews_come_closer_to_the_picture_with_each_step() -> None:
    inputs = Inputs("a fox", width=512, height=512)
    final = paint(inputs)

    distances = [difference(final, paint_preview(inputs, step)) for step in (0, 10, 20, 30, 40)]

    assert distances == sorted(distances, reverse=True)
    assert distances[0] > 4 * distances[-1]


@pytest.mark.parametrize(("picture_format", "name"), [("webp", "WEBP"), ("png", "PNG")])
def test_a_picture_is_encoded_as_asked(picture_format: PictureFormat, name: str) -> None:
    assert Image.open(io.BytesIO(paint(Inputs("a fox"), picture_format))).format == name


def test_every_picture_carries_the_mark_at_its_foot() -> None:
    """Whatever is painted, the strip at the foot holds bright letters on dark."""
    for prompt in ("a fox", "a bear", "tea"):
        foot = opened(paint(Inputs(prompt))).crop((0, 1024 - 64, 512, 1024)).convert("L")

        assert max(foot.tobytes()) > 230
        assert ImageStat.Stat(foot).median[0] < 90
