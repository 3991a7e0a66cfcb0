"""`/imagine-last` and `/imagine-favourites`."""

from typing import Any

from bot.sandbox.discord import Fault, Reply
from bot.sandbox.discord.components import media
from tests.cogs.conftest import EPHEMERAL, Scene, is_finished, words


async def opened(scene: Scene, name: str = "imagine-last") -> tuple[Reply, dict[str, Any]]:
    """Return what alice sees of a gallery."""
    reply = await scene.alice.command(name)
    return reply, await reply.until(words)


def addresses(message: dict[str, Any]) -> list[str]:
    return [url for _, url in media(message["components"])]


async def test_a_delivered_picture_is_shown_with_a_link_to_its_message(scene: Scene) -> None:
    reply = await scene.drawn()
    _, page = await opened(scene)
    posted = (reply.message or {})["attachments"][0]["url"]

    assert [url.split("?")[0] for url in addresses(page)] == [posted.split("?")[0]]
    assert f"/{(reply.message or {})['id']}" in words(page)
    assert page["flags"] & EPHEMERAL


async def test_the_pages_go_from_the_newest_to_the_oldest(scene: Scene) -> None:
    for number in range(3):
        scene.now += 1
        await scene.drawn(prompt=f"fox {number}")
    page, _ = await opened(scene)
    seen = [words(page.message).splitlines()[:2]]
    for _ in range(2):
        page = await scene.alice.click(page, "Older")
        await page.until(is_finished)
        seen.append(words(page.message).splitlines()[:2])
    back = await scene.alice.click(page, "Newer")

    assert seen == [["fox 2", "1 of 3"], ["fox 1", "2 of 3"], ["fox 0", "3 of 3"]]
    assert await back.until(lambda message: "2 of 3" in words(message))


async def test_there_are_ten_pages_at_most(scene: Scene) -> None:
    for _ in range(3):
        scene.now += 1
        await scene.drawn(count=4)
    _, page = await opened(scene)

    assert "1 of 10" in words(page)


async def test_a_picture_that_never_arrived_is_there(scene: Scene) -> None:
    await lose(scene)
    reply, page = await opened(scene)
    [file] = await reply.files()

    assert "It never arrived; here it is." in words(page)
    assert (file.filename, file.description) == ("a-fox-7.png", "a fox")


async def test_and_can_be_shared_from_there(scene: Scene) -> None:
    await lose(scene)
    reply, _ = await opened(scene)
    shared = await scene.alice.click(reply, "Share")
    await shared.until(is_finished)

    assert len(await shared.files()) == 1


async def lose(scene: Scene) -> None:
    """Draw a picture that Discord takes nowhere."""
    refused = {"message": "Missing Permissions", "code": 50013}
    for method, path in (("PATCH", "/webhooks/*"), ("POST", "/channels/*"), ("POST", "/users/*")):
        fault = Fault(method=method, path=path, status=403, body=refused, times=None)
        scene.discord.faults.add(fault)
    await scene.alice.command("imagine", prompt="a fox")
    await scene.settled("job1")
    scene.discord.faults.clear()


async def test_a_private_picture_is_there_for_its_user(scene: Scene) -> None:
    await scene.drawn(private=True)
    reply, page = await opened(scene)

    assert len(await reply.files()) == 1
    assert page["flags"] & EPHEMERAL


async def test_a_picture_whose_message_was_deleted_says_so_kindly(scene: Scene) -> None:
    reply = await scene.drawn()
    await scene.alice.click(reply, "Delete")
    await scene.discord.core.bell.until(lambda: reply.message is None or None)
    _, page = await opened(scene)

    assert "The file is not here any more." in words(page)
    assert addresses(page) == []


async def test_who_has_no_pictures_is_told_how_to_get_one(scene: Scene) -> None:
    _, last = await opened(scene)
    _, favourites = await opened(scene, "imagine-favourites")

    assert words(last) == "You have no pictures yet. /imagine draws one."
    assert words(favourites).startswith("You have no favourites yet.")


async def test_favourites_may_be_other_peoples_pictures(scene: Scene) -> None:
    reply = await scene.bob.command("imagine", prompt="bob's fox")
    await reply.until(is_finished)
    await scene.alice.click(reply, "Favourite")
    _, page = await opened(scene, "imagine-favourites")

    assert words(page).startswith("bob's fox\n")
    assert len(addresses(page)) == 1


async def test_a_picture_in_a_gallery_has_its_buttons(scene: Scene) -> None:
    await scene.drawn(seed=99, count=2)
    reply, _ = await opened(scene)
    page = await scene.alice.click(reply, "Older")
    await page.until(lambda message: "2 of 2" in words(message))
    details = await (await scene.alice.click(page, "Details")).until(words)

    assert "seed:100" in words(details)
