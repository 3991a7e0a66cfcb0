"""The form in which a picture is edited."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.aspect_ratio import AspectRatio, Size
from bot.domain.errors import NotNumbers, UnknownAspectRatio
from bot.domain.request import ImageRequest
from bot.sandbox.discord.people.forms import submission
from bot.sandbox.discord.validation import modals
from bot.ui import forms
from tests.ui.boards import job

FOX = ImageRequest("a {red} fox", "blurry", Size(1024, 576), 5.5, 20, 7, "sd-3.5")


async def filled(request: ImageRequest = FOX, **values: Any) -> dict[str, Any]:
    """Return what Discord gives back when somebody changes some fields and sends the form."""
    form = forms.edit(job(request), 0).to_dict()
    modals.check(form)
    return submission(form, values, lambda _, value: value, checked=True)


async def test_a_form_sent_as_it_is_asks_for_the_same_picture() -> None:
    wish = forms.read(await filled(), job(FOX), 0)

    assert wish.prompts == ("a {{red}} fox",)
    assert (wish.negative_prompt, wish.steps, wish.guidance_scale, wish.seed) == ("blurry", 20, 5.5, 7)
    assert (wish.aspect_ratio, wish.width, wish.height) == (AspectRatio.LANDSCAPE_16_9, None, None)


async def test_a_size_of_no_ratio_can_stay() -> None:
    odd = replace(FOX, size=Size(608, 704))
    wish = forms.read(await filled(odd), job(odd), 0)

    assert (wish.width, wish.height) == (608, 704)


async def test_every_field_can_be_changed() -> None:
    data = await filled(prompt="an owl", negative_prompt="", ratio=["1:1"], numbers="30 · 3", seed=False)
    wish = forms.read(data, job(FOX), 0)

    assert (wish.prompts, wish.negative_prompt, wish.aspect_ratio) == (("an owl",), "", AspectRatio.SQUARE)
    assert (wish.steps, wish.guidance_scale, wish.seed, wish.width) == (30, 3.0, None, None)


async def test_numbers_that_are_none_are_refused() -> None:
    with pytest.raises(NotNumbers):
        forms.read(await filled(numbers="many"), job(FOX), 0)


async def test_a_ratio_that_was_not_offered_is_refused() -> None:
    data = submission(
        forms.edit(job(FOX), 0).to_dict(), {"ratio": ["7:5"]}, lambda _, value: value, checked=False
    )

    with pytest.raises(UnknownAspectRatio):
        forms.read(data, job(FOX), 0)


async def test_the_longest_prompt_fits_into_its_form() -> None:
    long = replace(FOX, prompt="{" * 1000, negative_prompt="x" * 1000)

    assert forms.read(await filled(long), job(long), 0).prompts == ("{" * 2000,)
