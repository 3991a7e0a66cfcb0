"""The embedded parameters: what Stable Diffusion tools read from a picture."""

from dataclasses import replace

from bot.domain.aspect_ratio import Size
from bot.domain.infotext import infotext
from bot.domain.request import ImageRequest

REQUEST = ImageRequest("a fox", "blurry", Size(1024, 576), 4.5, 40, 7, "sd-3.5")


def test_the_text_has_the_form_that_the_tools_read() -> None:
    assert infotext(REQUEST, version="Imagine 1.0") == (
        "a fox\n"
        "Negative prompt: blurry\n"
        "Steps: 40, CFG scale: 4.5, Seed: 7, Size: 1024x576, Model: sd-3.5, Version: Imagine 1.0"
    )


def test_an_empty_negative_prompt_has_no_line() -> None:
    assert "Negative" not in infotext(replace(REQUEST, negative_prompt=""), version="Imagine 1.0")


def test_a_value_with_a_separator_is_quoted() -> None:
    assert 'Model: "a, b"' in infotext(replace(REQUEST, model="a, b"), version="Imagine 1.0")
