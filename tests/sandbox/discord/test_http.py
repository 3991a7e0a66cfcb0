"""HTTP as Discord speaks it: content types, authorization, rate limits, unknown routes."""

import asyncio

import pytest

from bot.sandbox.discord import LoopbackDiscord, Person
from bot.sandbox.discord.interaction import Interaction
from tests.sandbox.discord.application import Application


@pytest.fixture
async def part(application: Application, alice: Person) -> Interaction:
    await application.register()
    asking = asyncio.create_task(alice.command("imagine", prompt="a fox"))
    part = await application.hear()
    await application.answer(part, 5)
    await asking
    return part


async def test_json_comes_without_a_charset(application: Application) -> None:
    heard = await application.call("GET", "/users/@me")

    assert heard.headers["Content-Type"] == "application/json"
    assert heard.body["bot"] is True


async def test_the_api_is_closed_without_the_bot_s_token(application: Application) -> None:
    heard = await application.call("GET", "/users/@me", token="another")

    assert (heard.status, heard.body) == (401, {"message": "401: Unauthorized", "code": 0})


async def test_an_interaction_s_token_needs_no_other(application: Application, part: Interaction) -> None:
    heard = await application.edit(part, {"content": "hi"}, token="another")

    assert heard.status == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("DELETE", "/users/@me", 405), ("GET", "/gateway", 200)],
)
async def test_routes_that_are_not_there(
    application: Application, method: str, path: str, status: int
) -> None:
    assert (await application.call(method, path)).status == status


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/users/1", 10013),
        ("/channels/1", 10003),
        ("/guilds/1", 10004),
        ("/guilds/1/members/1", 10004),
        ("/guilds/{guild}/members/1", 10007),
        ("/channels/{channel}/messages/1", 10008),
        ("/applications/{application}/commands/1", 10063),
    ],
)
async def test_what_nobody_knows_is_unknown(application: Application, path: str, code: int) -> None:
    loopback = application.loopback
    place = path.format(
        guild=loopback.guild.id, channel=loopback.channel("art").id, application=application.id
    )
    heard = await application.call("GET", place)

    assert (heard.status, heard.code) == (404, code)


@pytest.mark.parametrize(
    "path",
    [
        "/users/{user}",
        "/guilds/{guild}",
        "/guilds/{guild}/members/{user}",
        "/channels/{channel}",
        "/gateway/bot",
    ],
)
async def test_what_is_there_can_be_read(application: Application, alice: Person, path: str) -> None:
    loopback = application.loopback
    place = path.format(guild=loopback.guild.id, channel=loopback.channel("art").id, user=alice.user.id)

    assert (await application.call("GET", place)).status == 200


async def test_a_thread_and_a_direct_conversation_can_be_read(
    application: Application, alice: Person
) -> None:
    thread = application.loopback.channel("fox-thread")
    opened = await application.call("POST", "/users/@me/channels", {"recipient_id": str(alice.user.id)})

    assert (await application.call("GET", f"/channels/{thread.id}")).body["thread_metadata"]
    assert opened.body["id"] == str(alice.dm.id)


async def test_nobody_writes_to_themselves(application: Application) -> None:
    heard = await application.call("POST", "/users/@me/channels", {"recipient_id": str(application.id)})

    assert heard.code == 50033


async def test_an_id_that_is_no_number_is_refused(application: Application) -> None:
    assert (await application.call("GET", "/channels/art")).code == 50035


@pytest.mark.parametrize(
    ("raw", "kind", "code"),
    [
        (b"{", "application/json", 50109),
        (b"content=hi", "text/plain", 50035),
        (b"[]", "application/json", 50035),
    ],
)
async def test_a_body_must_be_a_json_object(
    application: Application, part: Interaction, raw: bytes, kind: str, code: int
) -> None:
    heard = await application.call(
        "PATCH", application.webhook(part), data=raw, headers={"Content-Type": kind}
    )

    assert (heard.status, heard.code) == (400, code)


async def test_every_answer_tells_how_much_of_its_bucket_is_left(
    application: Application, part: Interaction
) -> None:
    heard = await application.edit(part, {"content": "hi"})

    assert (heard.headers["X-RateLimit-Limit"], heard.headers["X-RateLimit-Remaining"]) == ("5", "4")
    assert 0 < float(heard.headers["X-RateLimit-Reset-After"]) <= 0.2


async def test_the_sixth_edit_in_a_window_is_refused_in_discord_s_name(
    application: Application, part: Interaction
) -> None:
    heard = [await application.edit(part, {"content": str(number)}) for number in range(6)][-1]

    assert heard.status == 429
    assert 0 < heard.body["retry_after"] <= 0.2
    assert heard.body["global"] is False
    assert {"Via", "Retry-After"} <= set(heard.headers)


async def test_the_window_opens_again(application: Application, part: Interaction) -> None:
    heard = [await application.edit(part, {"content": str(number)}) for number in range(6)][-1]
    await asyncio.sleep(heard.body["retry_after"])

    assert (await application.edit(part, {"content": "at last"})).status == 200


async def test_the_log_keeps_what_a_referee_needs(
    application: Application, part: Interaction, loopback: LoopbackDiscord
) -> None:
    await application.edit(part, {"content": "hi"}, files={"fox.png": b"123"})
    [row] = loopback.log.find("PATCH", "/messages/@original")

    assert row["path"] == application.webhook(part)
    assert row["body"] == {"content": "hi"}
    assert row["files"] == [{"filename": "fox.png", "size": 3, "content_type": "image/png"}]
    assert (row["status"], row["response"]["content"]) == (200, "hi")
