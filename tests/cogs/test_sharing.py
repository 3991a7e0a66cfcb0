"""**Share**: a private picture becomes one for everybody."""

import asyncio

from bot.sandbox.discord import Fault, Permission
from tests.cogs.conftest import EPHEMERAL, Scene, is_finished, words


async def test_a_shared_picture_is_posted_for_everybody(scene: Scene) -> None:
    reply = await scene.drawn(prompt="a fox", seed=99, private=True)
    shared = await scene.alice.click(reply, "Share")
    done = await shared.until(is_finished)
    [file] = await shared.files()

    assert [message["id"] for message in scene.bob.sees()] == [done["id"]]
    assert not done["flags"] & EPHEMERAL
    assert (file.filename, file.description) == ("a-fox-99.png", "a fox")


async def test_everybody_may_use_the_buttons_of_a_shared_picture(scene: Scene) -> None:
    shared = await scene.alice.click(await scene.drawn(private=True), "Share")
    await scene.settled("job1a")
    done = await (await scene.bob.click(shared, "Again")).until(is_finished)

    assert not done["flags"] & EPHEMERAL
    assert f"/{(shared.message or {})['id']}" in words(done)


async def test_nothing_is_shared_twice(scene: Scene) -> None:
    reply = await scene.drawn(private=True)
    shared = await scene.alice.click(reply, "Share")
    await shared.until(is_finished)
    await scene.settled("job1a")
    again = await scene.alice.click(reply, "Share")

    assert f"/{(shared.message or {})['id']}" in str(await again.until(words))
    assert len(scene.bob.sees()) == 1


async def test_two_presses_at_once_post_one_message(scene: Scene) -> None:
    reply = await scene.drawn(private=True)
    presses = await asyncio.gather(*(scene.alice.click(reply, "Share") for _ in range(2)))
    answers = [words(await press.until(words)) for press in presses]

    assert "You have just shared this." in answers
    assert len(scene.bob.sees()) == 1


async def test_all_pictures_of_a_private_reply_are_shared(scene: Scene) -> None:
    shared = await scene.alice.click(await scene.drawn(private=True, count=2), "Share")
    await shared.until(is_finished)

    assert len(await shared.files()) == 2


async def test_a_share_that_failed_can_be_tried_again(scene: Scene) -> None:
    reply = await scene.drawn(private=True)
    refused = {"message": "Missing Permissions", "code": 50013}
    for path in ("/webhooks/*/messages/*", "/channels/*", "/users/*"):
        scene.discord.faults.add(Fault(path=path, status=403, body=refused, times=None))
    await scene.alice.click(reply, "Share")
    await scene.settled("job1a")
    scene.discord.faults.clear()
    again = await scene.alice.click(reply, "Share")

    assert await again.until(is_finished)


async def test_the_permissions_are_looked_at_first(scene: Scene) -> None:
    reply = await scene.drawn(private=True)
    scene.discord.forbid(scene.discord.channel("general"), Permission.ATTACH_FILES)
    told = await (await scene.alice.click(reply, "Share")).until(words)

    assert "Attach Files" in words(told)
    assert scene.bob.sees() == []
