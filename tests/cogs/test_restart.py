"""What a bot that has just started makes of messages that another one left behind."""

from typing import Any

import pytest

from bot.ui import layout
from bot.ui.custom_id import Action, CustomId
from tests.cogs.conftest import EPHEMERAL, Scene, is_finished, words

OLD = "imagine:upscale:job1:"


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Again", "seed"),
        ("Same seed", "same seed"),
        ("Details", "/imagine prompt:a fox"),
        ("Favourite", "among your favourites"),
    ],
)
async def test_old_buttons_work(scene: Scene, label: str, expected: str) -> None:
    reply = await scene.drawn()
    await scene.restart()
    pressed = await scene.bob.click(reply, label)

    assert await pressed.until(lambda message: expected in words(message))


async def test_an_old_form_works(scene: Scene) -> None:
    reply = await scene.drawn()
    opened = await scene.alice.click(reply, "Edit")
    await scene.restart()
    sent = await scene.alice.submit(opened.modal, {"prompt": "an owl"})

    assert words(await sent.until(is_finished)).startswith("an owl\n")


async def test_an_old_offer_says_that_it_is_gone(scene: Scene) -> None:
    offer = await scene.alice.command("imagine", prompt="{red, blue} fox")
    await scene.restart()
    pressed = await scene.alice.click(offer, "Draw 2")

    assert "This offer has run out." in words(await pressed.until(words))
    assert scene.provider.requests == []


async def test_nothing_is_left_to_cancel(scene: Scene) -> None:
    reply = await scene.drawn()
    await place(scene, reply.message or {}, str(CustomId(Action.CANCEL, "job1")))
    pressed = await scene.alice.click(scene.alice.sees()[-1], "Press")

    assert "not being drawn any more" in words(await pressed.until(words))


@pytest.mark.parametrize("custom_id", [OLD, "somebody else's", "imagine:again:job99:"])
async def test_an_unknown_button_is_answered_with_a_sentence(scene: Scene, custom_id: str) -> None:
    await place(scene, (await scene.drawn()).message or {}, custom_id)
    pressed = await scene.alice.click(scene.alice.sees()[-1], "Press")
    answer = await pressed.until(words)

    assert answer["flags"] & EPHEMERAL
    assert not pressed.failed


async def place(scene: Scene, message: dict[str, Any], custom_id: str) -> None:
    """Post a message with a button that no card has."""
    channel = scene.bot.get_partial_messageable(int(message["channel_id"]))
    button: Any = layout.button(CustomId(Action.AGAIN, "job1"), "Press")
    button.custom_id = custom_id
    await channel.send(view=layout.view(layout.row(button)))


CONTROLS = set(Action) - {Action.STYLE_FORM}  # a form that a command opens


async def test_every_action_is_answered_by_one_control(scene: Scene) -> None:
    patterns = scene.bot._connection._view_store._dynamic_items
    for action in CONTROLS:
        hits = [one for one in patterns if one.fullmatch(str(CustomId(action, "job1", 0)))]

        assert len(hits) == 1, action


async def test_what_is_loaded_can_be_let_go_of_and_loaded_again(scene: Scene) -> None:
    for extension in tuple(scene.bot.extensions):
        await scene.bot.reload_extension(extension)

    assert len(scene.bot._connection._view_store._dynamic_items) == len(CONTROLS)
    assert {command.name for command in scene.bot.tree.get_commands()} == {
        "imagine",
        "imagine-last",
        "imagine-favourites",
        "queue",
        "quota",
        "token",
        "block",
        "pause",
        "privacy",
        "reports",
        "resume",
        "settings",
        "style",
        "Imagine: details",
        "Imagine: again",
    }


async def test_a_press_on_a_job_that_nobody_knows_is_a_sentence(scene: Scene) -> None:
    reply = await scene.drawn()
    await place(scene, reply.message or {}, str(CustomId(Action.DETAILS, "nobody", 0)))
    pressed = await scene.alice.click(scene.alice.sees()[-1], "Press")

    assert "knows no such picture" in words(await pressed.until(words))


@pytest.mark.parametrize("action", [Action.DETAILS, Action.SHARE, Action.AGAIN])
async def test_a_private_picture_is_nobody_elses_whatever_the_button(scene: Scene, action: Action) -> None:
    reply = await scene.drawn(private=True)
    await place(scene, reply.message or {}, str(CustomId(action, "job1", 0)))
    pressed = await scene.bob.click(scene.bob.sees()[-1], "Press")

    assert "Only the person who asked" in words(await pressed.until(words))
    assert len(scene.bob.sees()) == 2
