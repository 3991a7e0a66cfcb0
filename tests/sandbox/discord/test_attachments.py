"""Files: uploaded, kept, replaced, referred to, and fetched from the CDN."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.sandbox.discord import LoopbackDiscord, Person, Rules
from bot.sandbox.discord.interaction import Interaction
from tests.sandbox.discord.application import Application
from tests.sandbox.discord.conftest import Clock
from tests.sandbox.discord.sample import png

V2 = 1 << 15


def gallery(*names: str) -> list[Any]:
    return [{"type": 12, "items": [{"media": {"url": f"attachment://{name}"}} for name in names]}]


@pytest.fixture
def rules() -> Rules:
    return Rules(bucket_size=100, upload_limit=1000)


@pytest.fixture
async def part(application: Application, alice: Person) -> Interaction:
    await application.register()
    asking = asyncio.create_task(alice.command("imagine", prompt="a fox"))
    part = await application.hear()
    await application.answer(part, 5)
    await asking
    return part


def names(message: Any) -> list[str]:
    return [attachment["filename"] for attachment in message["attachments"]]


async def test_new_files_join_the_old_ones_unless_attachments_are_listed(
    application: Application, part: Interaction
) -> None:
    await application.edit(part, {}, files={"one.png": b"1"})
    heard = await application.edit(part, {"content": "two now"}, files={"two.png": b"2"})

    assert names(heard.body) == ["one.png", "two.png"]


async def test_only_listed_attachments_stay(application: Application, part: Interaction) -> None:
    before = await application.edit(part, {}, files={"one.png": b"1", "two.png": b"2"})
    kept = before.body["attachments"][1]["id"]
    listed = [{"id": kept}, {"id": 0, "description": "The third"}]
    heard = await application.edit(part, {"attachments": listed}, files={"three.png": b"3"})

    assert names(heard.body) == ["two.png", "three.png"]
    assert heard.body["attachments"][1]["description"] == "The third"


async def test_an_edit_without_attachments_keeps_them_and_an_empty_list_removes_them(
    application: Application, part: Interaction
) -> None:
    await application.edit(part, {"content": "hi"}, files={"one.png": b"1"})
    kept = await application.edit(part, {"content": "still"})
    removed = await application.edit(part, {"attachments": []})

    assert (names(kept.body), names(removed.body)) == (["one.png"], [])


async def test_a_listed_file_that_was_not_uploaded_is_refused(
    application: Application, part: Interaction
) -> None:
    heard = await application.edit(part, {"content": "hi", "attachments": [{"id": 3}]})

    assert (heard.status, heard.code) == (400, 50146)


async def test_a_file_above_the_limit_is_too_large(application: Application, part: Interaction) -> None:
    just = await application.edit(part, {}, files={"just.bin": b"x" * 1000})
    over = await application.edit(part, {}, files={"over.bin": b"x" * 1001})

    assert (just.status, over.status, over.code) == (200, 413, 40005)


async def test_a_subscriber_may_receive_larger_files(
    application: Application, loopback: LoopbackDiscord
) -> None:
    await application.register()
    dora = loopback.person("dora", upload_limit=2000)
    asking = asyncio.create_task(dora.command("imagine", prompt="a fox"))
    part = await application.hear()
    heard = await application.answer(part, 4, files={"big.bin": b"x" * 2000})
    await asking

    assert (part.upload_limit, heard.status) == (2000, 204)


async def test_there_are_at_most_ten(application: Application, part: Interaction) -> None:
    await application.edit(part, {}, files={f"{number}.png": b"x" for number in range(10)})
    heard = await application.edit(part, {}, files={"eleventh.png": b"x"})

    assert (heard.status, heard.code) == (400, 30015)


@pytest.mark.parametrize(
    ("given", "kept"), [("my fox.png", "my_fox.png"), ("größe!.png", "gre.png"), ("???", "unknown")]
)
async def test_file_names_are_cleaned(
    application: Application, part: Interaction, given: str, kept: str
) -> None:
    heard = await application.edit(part, {}, files={given: b"x"})

    assert names(heard.body) == [kept]


async def test_an_embed_shows_an_attachment(application: Application, part: Interaction) -> None:
    embed = {"image": {"url": "attachment://fox.png"}, "fields": [{"name": "Seed", "value": "7"}]}
    heard = await application.edit(part, {"embeds": [embed]}, files={"fox.png": png()})
    [shown] = heard.body["embeds"]

    assert shown["image"]["url"] == heard.body["attachments"][0]["url"]
    assert shown["fields"][0]["inline"] is False


async def test_a_gallery_shows_attachments(application: Application, part: Interaction) -> None:
    body = {"flags": V2, "components": gallery("fox.png")}
    heard = await application.edit(part, body, files={"fox.png": png()})
    media = heard.body["components"][0]["items"][0]["media"]

    assert (media["width"], media["height"]) == (4, 3)
    assert await application.loopback.download(media["url"]) == png()


async def test_a_gallery_without_its_attachment_is_refused(
    application: Application, part: Interaction
) -> None:
    body = {"flags": V2, "components": gallery("fox.png", "cat.png")}
    heard = await application.edit(part, body, files={"fox.png": b"x"})

    [error] = heard.body["errors"]["components"]["_errors"]
    assert error["code"] == "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"


async def test_a_link_ends_after_a_day(application: Application, part: Interaction, clock: Clock) -> None:
    heard = await application.edit(part, {}, files={"fox.png": b"x"})
    url = heard.body["attachments"][0]["url"]
    assert await application.loopback.download(url) == b"x"
    clock.ahead += 86_401

    with pytest.raises(aiohttp.ClientResponseError, match="404"):
        await application.loopback.download(url)


@pytest.mark.parametrize(
    ("old", "new"), [("hm=", "hm=0"), ("ex=", "ex=f"), ("fox.png", "cat.png"), ("ex=", "ex=_")]
)
async def test_a_changed_link_leads_nowhere(
    application: Application, part: Interaction, old: str, new: str
) -> None:
    heard = await application.edit(part, {}, files={"fox.png": b"x"})
    url = heard.body["attachments"][0]["url"].replace(old, new)

    with pytest.raises(aiohttp.ClientResponseError, match="404"):
        await application.loopback.download(url)
