"""A request: what a user gave becomes something the provider accepts, or a refusal with its facts."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.aspect_ratio import AspectRatio, Size
from bot.domain.errors import InvalidRequest, OutOfRange, PromptMissing, PromptTooLong
from bot.domain.limits import DOCUMENTED, Limits, Range
from bot.domain.request import MAX_PROMPT, CharactersRemoved, ImageRequest, SizeCorrected, clean, compose


@pytest.mark.parametrize("prompt", ["", "   ", "\n\t", "\u200b\u2060", "\x00\x07"])
def test_a_prompt_without_anything_to_draw_is_refused(prompt: str) -> None:
    with pytest.raises(PromptMissing):
        compose(prompt=prompt, seed=1)


def test_a_prompt_longer_than_the_model_reads_is_refused_with_its_length() -> None:
    with pytest.raises(PromptTooLong) as caught:
        compose(prompt="x" * 6000, seed=1)

    assert (caught.value.field, caught.value.length, caught.value.maximum) == ("prompt", 6000, MAX_PROMPT)


def test_an_over_long_negative_prompt_is_refused_by_its_name() -> None:
    with pytest.raises(PromptTooLong) as caught:
        compose(prompt="a fox", negative_prompt="x" * 1001, seed=1)

    assert caught.value.field == "negative_prompt"


@pytest.mark.parametrize("prompt", ["🦊🌨️", "👩‍👩‍👧‍👦", "ثعلب في الثلج", "狐狸", "شیر می‌خواهم"])
def test_emoji_and_every_script_are_drawn_as_they_are(prompt: str) -> None:
    request, corrections = compose(prompt=prompt, seed=1)

    assert (request.prompt, corrections) == (prompt, ())


def test_control_characters_and_direction_overrides_are_taken_out_and_that_is_said() -> None:
    request, corrections = compose(prompt="a\x00 \u202efox\u202c", seed=1)

    assert (request.prompt, corrections) == ("a fox", (CharactersRemoved(),))


def test_lines_are_joined_as_the_spaces_text_box_joins_them() -> None:
    assert clean("a fox\r\n\tin  the\u2028snow ") == ("a fox in the snow", False)


def test_a_size_that_is_not_drawn_is_corrected_and_that_is_said() -> None:
    request, corrections = compose(prompt="a fox", seed=1, width=600, height=700)

    assert request.size == Size(608, 704)
    assert corrections == (SizeCorrected("600x700", Size(608, 704)),)


def test_a_corrected_single_side_is_said_too() -> None:
    _, corrections = compose(prompt="a fox", seed=1, width=2000)

    assert corrections == (SizeCorrected("2000x?", Size(1024, 1024)),)


def test_a_ratio_the_space_cannot_draw_is_corrected_and_that_is_said() -> None:
    _, corrections = compose(prompt="a fox", seed=1, aspect_ratio=AspectRatio("21:9"))

    assert corrections == (SizeCorrected("21:9", Size(1024, 512)),)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("seed", -1),
        ("seed", 2**31),
        ("seed", 10**30),
        ("steps", 0),
        ("steps", 51),
        ("guidance_scale", -0.1),
        ("guidance_scale", math.nan),
        ("guidance_scale", math.inf),
    ],
)
def test_a_number_out_of_range_is_refused_with_the_range(field: str, value: float) -> None:
    options = {"prompt": "a fox", "seed": 1, field: value}
    with pytest.raises(OutOfRange) as caught:
        compose(**options)  # type: ignore[arg-type] # each case has its own field

    assert caught.value.field == field
    assert (caught.value.minimum, caught.value.maximum) == (
        getattr(DOCUMENTED, field).minimum,
        getattr(DOCUMENTED, field).maximum,
    )


def test_the_limits_of_the_live_space_count() -> None:
    with pytest.raises(OutOfRange):
        compose(prompt="a fox", seed=1, steps=40, limits=Limits(steps=Range(1, 28)))


def test_a_request_cannot_be_made_off_the_grid() -> None:
    with pytest.raises(ValueError, match="grid"):
        ImageRequest("a fox", size=Size(600, 600))


@given(
    prompt=st.text(max_size=1100),
    negative_prompt=st.text(max_size=1100),
    seed=st.integers(),
    width=st.none() | st.integers(),
    height=st.none() | st.integers(),
    steps=st.integers(),
    guidance_scale=st.floats(),
)
def test_any_input_becomes_an_acceptable_request_or_a_refusal(**given_by_user: object) -> None:
    try:
        request, _ = compose(**given_by_user)  # type: ignore[arg-type] # hypothesis fills each field
    except InvalidRequest:
        return

    assert clean(request.prompt) == (request.prompt, False)
    assert request.prompt.encode()  # no lone surrogate is left
    assert request.steps in DOCUMENTED.steps
