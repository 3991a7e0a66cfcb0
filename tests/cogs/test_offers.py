"""`{red, blue} fox`: what it makes is offered before anything is drawn."""

import asyncio

from tests.cogs.conftest import EPHEMERAL, Scene, is_finished, words


async def test_the_permutations_are_shown_with_their_number_and_cost(scene: Scene) -> None:
    reply = await scene.alice.command("imagine", prompt="{red, blue} fox", count=2)
    offer = await reply.until(words)

    assert words(offer).startswith("1. red fox\n2. blue fox\n4 pictures in one reply")
    assert "Each of them uses GPU quota." in words(offer)
    assert offer["flags"] & EPHEMERAL
    assert scene.provider.requests == []


async def test_they_are_drawn_in_one_reply_when_the_user_says_so(scene: Scene) -> None:
    offer = await scene.alice.command("imagine", prompt="{red, blue} fox")
    drawn = await scene.alice.click(offer, "Draw 2")
    done = await drawn.until(is_finished)

    assert words(done).startswith("1 red fox\n2 blue fox\n")
    assert [file.description for file in await drawn.files()] == ["red fox", "blue fox"]
    assert not done["flags"] & EPHEMERAL


async def test_they_are_drawn_once(scene: Scene) -> None:
    offer = await scene.alice.command("imagine", prompt="{red, blue} fox")
    first, second = await asyncio.gather(*(scene.alice.click(offer, "Draw 2") for _ in range(2)))
    answers = [await first.until(words), await second.until(words)]

    assert sum("run out" in words(answer) for answer in answers) == 1


async def test_a_declined_offer_draws_nothing(scene: Scene) -> None:
    offer = await scene.alice.command("imagine", prompt="{red, blue} fox")
    declined = await scene.alice.click(offer, "Don't draw")

    assert words(await declined.until(lambda message: "Nothing" in words(message))) == "🚫 Nothing is drawn."
    assert scene.provider.requests == []


async def test_more_than_eight_get_a_sentence(scene: Scene) -> None:
    for options in ({"prompt": "{1,2,3}{1,2,3}"}, {"prompt": "{1,2,3}", "count": 3}):
        reply = await scene.alice.command("imagine", **options)

        assert "The number of pictures must be between 1 and 8." in words(await reply.until(words))


async def test_doubled_braces_are_drawn_at_once(scene: Scene) -> None:
    await scene.drawn(prompt="{{red, blue}} fox")

    assert [request.prompt for request in scene.provider.requests] == ["{red, blue} fox"]
