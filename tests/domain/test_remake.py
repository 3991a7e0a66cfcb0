"""Wishes made of pictures that were drawn before."""

from dataclasses import replace

import pytest

from bot.domain import remake
from bot.domain.aspect_ratio import AspectRatio, Size
from bot.domain.errors import NotNumbers
from bot.domain.job import Job, PictureRef
from bot.domain.request import ImageRequest
from bot.domain.variation import Variation

FOX = ImageRequest("a fox", "blurry", Size(1024, 576), 5.5, 20, 7, "sd-3.5")


def job(*requests: ImageRequest, private: bool = False) -> Job:
    return Job(
        id="job1",
        user_id=1,
        guild_id=2,
        channel_id=3,
        locale="en-US",
        requests=requests,
        private=private,
        created_at=0.0,
    )


def test_the_same_again_is_the_same_in_everything() -> None:
    wish = remake.same(job(FOX, private=True), 0)

    assert (wish.prompts, wish.negative_prompt, wish.model) == (("a fox",), "blurry", "sd-3.5")
    assert (wish.width, wish.height, wish.guidance_scale, wish.steps, wish.seed) == (1024, 576, 5.5, 20, 7)
    assert (wish.private, wish.parent) == (True, PictureRef("job1", 0))


def test_again_draws_all_pictures_with_a_new_seed() -> None:
    owl = replace(FOX, prompt="an owl")
    wish = remake.again(job(FOX, replace(FOX, seed=8), owl, replace(owl, seed=8)))

    assert (wish.prompts, wish.count, wish.seed) == (("a fox", "an owl"), 2, None)


def test_a_variation_keeps_the_seed_and_changes_one_thing() -> None:
    steps = remake.varied(job(FOX), 0, Variation(steps=50))
    guidance = remake.varied(job(FOX), 0, Variation(guidance_scale=0.0))

    assert (steps.seed, steps.steps, steps.guidance_scale) == (7, 50, 5.5)
    assert (guidance.seed, guidance.steps, guidance.guidance_scale) == (7, 20, 0.0)


def test_the_ratio_of_a_picture_is_the_one_that_leads_to_its_size() -> None:
    assert remake.ratio_of(FOX) is AspectRatio.LANDSCAPE_16_9
    assert remake.ratio_of(replace(FOX, size=Size(992, 544))) is None


@pytest.mark.parametrize("text", ["40 · 4.5", "40, 4.5", "40,4.5", "40 4,5", " 40;4.5 ", "40/4.5"])
def test_steps_and_guidance_are_read_as_people_write_them(text: str) -> None:
    assert remake.read_numbers(text) == (40, 4.5)


@pytest.mark.parametrize("text", ["", "40", "forty · 4.5", "40 · -1", "40 · 4.5 · 3", "9" * 400])
def test_anything_else_is_no_number(text: str) -> None:
    with pytest.raises(NotNumbers):
        remake.read_numbers(text)


def test_what_the_form_shows_can_be_read_again() -> None:
    assert remake.read_numbers(remake.numbers(FOX)) == (20, 5.5)
