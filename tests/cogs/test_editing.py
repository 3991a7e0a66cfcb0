"""**Edit**: the form, and the picture that comes of it."""

from typing import Any

import pytest

from bot.sandbox.discord import Reply
from bot.sandbox.discord.components import walk
from tests.cogs.conftest import EPHEMERAL, Scene, is_finished, words


def filled_in(opened: Reply) -> dict[str, Any]:
    """Return what stands in a form's text fields."""
    assert opened.modal is not None
    parts = walk(opened.modal.payload["components"])
    return {part["custom_id"]: part["value"] for part in parts if part["type"] == 4}


async def test_the_form_is_filled_in_with_what_the_picture_was_drawn_from(scene: Scene) -> None:
    reply = await scene.drawn(prompt="a fox", negative_prompt="blurry", steps=20, guidance_scale=3.5)

    assert filled_in(await scene.bob.click(reply, "Edit")) == {
        "prompt": "a fox",
        "negative_prompt": "blurry",
        "numbers": "20 · 3.5",
    }


async def test_what_is_changed_is_drawn_and_links_to_the_picture(scene: Scene) -> None:
    reply = await scene.drawn(prompt="a fox", seed=99, aspect_ratio="16:9")
    opened = await scene.bob.click(reply, "Edit")
    changes = {"prompt": "an owl", "ratio": ["1:1"], "numbers": "30 · 5", "seed": True}
    done = await (await scene.bob.submit(opened.modal, changes)).until(is_finished)
    request = scene.provider.requests[-1]

    assert (request.prompt, str(request.size), request.steps, request.guidance_scale, request.seed) == (
        *("an owl", "1024x1024", 30, 5.0),
        99,
    )
    assert f"/{(reply.message or {})['id']}" in words(done)


async def test_the_seed_need_not_be_kept(scene: Scene) -> None:
    opened = await scene.alice.click(await scene.drawn(seed=99), "Edit")
    await (await scene.alice.submit(opened.modal, {"seed": False})).until(is_finished)

    assert scene.provider.requests[-1].seed == 7


async def test_of_several_pictures_one_is_chosen(scene: Scene) -> None:
    asked = await scene.alice.click(await scene.drawn(seed=99, count=3), "Edit")
    opened = await scene.alice.click(await asked.until(words), "3")
    await (await scene.alice.submit(opened.modal, {})).until(is_finished)

    assert scene.provider.requests[-1].seed == 101


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"prompt": "   "}, "The prompt is empty."),
        ({"prompt": "x" * 1001}, "The prompt has 1001 characters"),
        ({"numbers": "many"}, "Write the steps and the guidance as"),
        ({"numbers": "99 · 4"}, "The number of steps must be between 1 and 50."),
        ({"prompt": "{1,2,3}{1,2,3}"}, "The number of pictures must be between 1 and 8."),
    ],
)
async def test_what_cannot_be_drawn_gets_a_sentence(
    scene: Scene, changes: dict[str, Any], sentence: str
) -> None:
    opened = await scene.alice.click(await scene.drawn(), "Edit")
    answer = await (await scene.alice.submit(opened.modal, changes)).until(words)

    assert sentence in words(answer)
    assert answer["flags"] & EPHEMERAL


async def test_choices_in_an_edited_prompt_are_offered_first(scene: Scene) -> None:
    opened = await scene.alice.click(await scene.drawn(), "Edit")
    offer = await scene.alice.submit(opened.modal, {"prompt": "{red, blue} fox"})
    await (await scene.alice.click(await offer.until(words), "Draw 2")).until(is_finished)

    assert [request.prompt for request in scene.provider.requests[1:]] == ["red fox", "blue fox"]
