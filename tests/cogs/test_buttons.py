"""The buttons under a card: what each does, and for whom."""

import asyncio
from typing import Any

import pytest

from bot.domain.allowance import Policy, RateLimit
from bot.domain.events import Queued
from bot.sandbox.discord import Person, Reply
from tests.cogs.conftest import EPHEMERAL, Scene, control, is_finished, words


async def running(scene: Scene) -> Reply:
    """Return the reply to a job of alice's that goes on until it is cancelled."""
    scene.provider.scripts.append((Queued(5, 6), asyncio.Event()))
    reply = await scene.alice.command("imagine", prompt="a fox")
    await reply.until(lambda message: "5 ahead of you" in words(message))
    return reply


async def told(pressed: Reply) -> dict[str, Any]:
    """Return the answer for the presser alone."""
    answer = await pressed.until(words)
    assert answer["flags"] & EPHEMERAL
    return answer


@pytest.mark.parametrize("name", ["alice", "mod"])
async def test_cancel_ends_the_job_and_frees_the_provider(scene: Scene, name: str) -> None:
    reply = await running(scene)
    await (scene.alice if name == "alice" else scene.moderator).click(reply, "Cancel")

    assert await reply.until(lambda message: "Cancelled." in words(message))
    assert scene.provider.closed.is_set()
    assert not reply.followups


async def test_cancel_is_not_for_others(scene: Scene) -> None:
    reply = await running(scene)
    answer = await told(await scene.bob.click(reply, "Cancel"))
    await scene.alice.click(reply, "Cancel")

    assert "Only the person who asked" in words(answer)
    assert await reply.until(lambda message: "Cancelled." in words(message))


async def test_again_draws_with_a_new_seed_for_whoever_presses_it(scene: Scene) -> None:
    reply = await scene.drawn(prompt="a fox", steps=20, seed=99, count=2)
    pressed = await scene.bob.click(reply, "Again")
    done = await pressed.until(is_finished)
    job = await scene.store.get("job2")

    assert [(one.prompt, one.steps, one.seed) for one in scene.provider.requests[2:]] == [
        ("a fox", 20, 7),
        ("a fox", 20, 8),
    ]
    assert job is not None
    assert job.user_id == scene.bob.user.id
    assert not done["flags"] & EPHEMERAL


async def test_a_picture_links_to_the_one_it_was_made_from(scene: Scene) -> None:
    reply = await scene.drawn()
    done = await (await scene.bob.click(reply, "Again")).until(is_finished)
    first = reply.message or {}

    assert (
        f"https://discord.com/channels/{scene.discord.guild.id}/{first['channel_id']}/{first['id']}"
        in words(done)
    )


async def test_again_on_a_private_picture_stays_private(scene: Scene) -> None:
    reply = await scene.drawn(private=True)
    done = await (await scene.alice.click(reply, "Again")).until(is_finished)

    assert done["flags"] & EPHEMERAL


async def test_the_same_seed_is_drawn_with_one_thing_changed(scene: Scene) -> None:
    reply = await scene.drawn(seed=99, guidance_scale=4.5)
    offered = await scene.bob.click(reply, "Same seed")
    chosen = await scene.bob.choose(offered, control(await told(offered), "vary"), ["guidance=5.50"])
    await chosen.until(is_finished)
    request = scene.provider.requests[-1]

    assert (request.seed, request.guidance_scale, request.steps) == (99, 5.5, 40)


async def test_of_several_pictures_one_is_chosen(scene: Scene) -> None:
    reply = await scene.drawn(seed=99, count=2)
    asked = await scene.bob.click(reply, "Same seed")
    offered = await scene.bob.click(await told(asked), "2")
    chosen = await scene.bob.choose(offered, control(await told(offered), "vary"), ["steps=20"])
    await chosen.until(is_finished)

    assert (scene.provider.requests[-1].seed, scene.provider.requests[-1].steps) == (100, 20)


async def test_details_are_a_command_to_copy_and_the_links(scene: Scene) -> None:
    first = await scene.drawn(seed=99, steps=20)
    second = await scene.bob.click(first, "Again")
    await second.until(is_finished)
    shown = words(await told(await scene.alice.click(second, "Details")))

    assert "/imagine prompt:a fox width:1024 height:1024 guidance_scale:4.5 steps:20 seed:7" in shown
    assert f"/{(second.message or {})['id']}" in shown
    assert f"/{(first.message or {})['id']}" in shown


@pytest.mark.parametrize("name", ["alice", "mod"])
@pytest.mark.parametrize("private", [False, True])
async def test_delete_takes_the_message_away(scene: Scene, name: str, private: bool) -> None:  # noqa: FBT001
    reply = await scene.drawn(private=private and name == "alice")
    await (scene.alice if name == "alice" else scene.moderator).click(reply, "Delete")
    await scene.discord.core.bell.until(lambda: reply.message is None or None)

    assert scene.alice.sees() == []


async def test_delete_is_not_for_others(scene: Scene) -> None:
    reply = await scene.drawn()
    answer = await told(await scene.bob.click(reply, "Delete"))

    assert "Only the person who asked" in words(answer)
    assert reply.message is not None


async def test_a_favourite_is_the_pressers_own_and_can_be_removed(scene: Scene) -> None:
    reply = await scene.drawn()
    pressed = await scene.bob.click(reply, "Favourite")
    liked = await told(pressed)
    mine, his = await favourites(scene, scene.alice), await favourites(scene, scene.bob)
    removed = await (await scene.bob.click(liked, "Remove")).until(
        lambda message: "any more" in words(message)
    )

    assert (mine, his) == (0, 1)
    assert removed["id"] == liked["id"]
    assert await favourites(scene, scene.bob) == 0


async def test_a_favourite_twice_is_one(scene: Scene) -> None:
    reply = await scene.drawn()
    for _ in range(2):
        await told(await scene.bob.click(reply, "Favourite"))

    assert await favourites(scene, scene.bob) == 1


async def favourites(scene: Scene, person: Person) -> int:
    return len(await scene.store.favourites(person.user.id, 10))


async def test_who_has_as_many_pictures_running_as_may_be_is_told_so(scene: Scene) -> None:
    scene.policy = Policy(user=RateLimit(at_once=1))
    await scene.restart()
    finished = await scene.drawn()
    reply = await running(scene)
    answer = await told(await scene.alice.click(finished, "Again"))
    await scene.alice.click(reply, "Cancel")

    assert "The limit for you is 1 request at a time" in words(answer)
