"""The entries in the "Apps" menu of a message."""

from tests.cogs.conftest import EPHEMERAL, Scene, is_finished, words

DETAILS, AGAIN = "Imagine: details", "Imagine: again"


async def test_the_details_of_a_message_are_shown_to_the_user_alone(scene: Scene) -> None:
    reply = await scene.drawn()
    shown = await (await scene.bob.context_menu(DETAILS, reply)).until(words)

    assert "/imagine prompt:a fox" in words(shown)
    assert shown["flags"] & EPHEMERAL


async def test_of_several_pictures_one_is_chosen(scene: Scene) -> None:
    reply = await scene.drawn(seed=99, count=2)
    asked = await (await scene.bob.context_menu(DETAILS, reply)).until(words)
    shown = await (await scene.bob.click(asked, "2")).until(words)

    assert "seed:100" in words(shown)


async def test_a_message_is_drawn_again_with_a_new_seed(scene: Scene) -> None:
    reply = await scene.drawn(seed=99, count=2)
    done = await (await scene.bob.context_menu(AGAIN, reply)).until(is_finished)

    assert [request.seed for request in scene.provider.requests] == [99, 100, 7, 8]
    assert f"/{(reply.message or {})['id']}" in words(done)


async def test_a_message_of_somebody_else_gets_a_sentence(scene: Scene) -> None:
    message = scene.bob.say("look at my fox")
    for name in (DETAILS, AGAIN):
        told = await (await scene.alice.context_menu(name, message)).until(words)

        assert "knows no such picture" in words(told)
        assert told["flags"] & EPHEMERAL
