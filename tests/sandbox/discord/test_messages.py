"""What Discord refuses in a message, and how it says so."""

import asyncio
from typing import Any

import pytest

from bot.sandbox.discord import LoopbackDiscord, Permission, Person, Rules
from bot.sandbox.discord.interaction import Interaction
from bot.sandbox.discord.permissions import EVERYTHING
from tests.sandbox.discord.application import Application

V2 = 1 << 15


def row(*children: Any) -> Any:
    return {"type": 1, "components": [*children]}


def button(custom_id: str | None = "a", **more: Any) -> Any:
    return {"type": 2, "style": 1, "label": "Press", "custom_id": custom_id} | more


def menu(**more: Any) -> Any:
    options = [{"label": "One", "value": "1"}]
    return {"type": 3, "custom_id": "menu", "options": options} | more


def text(content: str = "hi") -> Any:
    return {"type": 10, "content": content}


@pytest.fixture
def rules() -> Rules:
    return Rules(bucket_size=100)


@pytest.fixture
async def part(application: Application, alice: Person) -> Interaction:
    await application.register()
    asking = asyncio.create_task(alice.command("imagine", prompt="a fox"))
    part = await application.hear()
    await application.answer(part, 5)
    await asking
    return part


def leaf(errors: Any) -> set[str]:
    if "_errors" in errors:
        return {error["code"] for error in errors["_errors"]}
    return {code for one in errors.values() for code in leaf(one)}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"content": "x" * 2001}, "BASE_TYPE_MAX_LENGTH"),
        ({"content": 7}, "STRING_TYPE_CONVERT"),
        ({"embeds": {}}, "LIST_TYPE_CONVERT"),
        ({"embeds": ["x"]}, "DICT_TYPE_CONVERT"),
        ({"embeds": [{}]}, "BASE_TYPE_REQUIRED"),
        ({"embeds": [{"title": "x" * 257}]}, "BASE_TYPE_MAX_LENGTH"),
        ({"embeds": [{"description": "x" * 4097}]}, "BASE_TYPE_MAX_LENGTH"),
        ({"embeds": [{"title": "x"}] * 11}, "BASE_TYPE_MAX_LENGTH"),
        ({"embeds": [{"fields": [{"name": "x", "value": "x"}] * 26}]}, "BASE_TYPE_MAX_LENGTH"),
        ({"embeds": [{"fields": [{"name": "x", "value": ""}]}]}, "BASE_TYPE_REQUIRED"),
        ({"embeds": [{"description": "x" * 3001}] * 2}, "MAX_EMBED_SIZE_EXCEEDED"),
        ({"attachments": [{"id": 0, "description": "x" * 1025}]}, "BASE_TYPE_MAX_LENGTH"),
        ({"components": ["x"]}, "DICT_TYPE_CONVERT"),
        ({"components": [{"components": []}]}, "BASE_TYPE_REQUIRED"),
        ({"components": [row(button(str(number))) for number in range(6)]}, "BASE_TYPE_MAX_LENGTH"),
        ({"components": [row(*(button(str(number)) for number in range(6)))]}, "BASE_TYPE_BAD_LENGTH"),
        ({"components": [row()]}, "BASE_TYPE_BAD_LENGTH"),
        ({"components": [row(button(), button())]}, "COMPONENT_CUSTOM_ID_DUPLICATED"),
        ({"components": [row(button("x" * 101))]}, "BASE_TYPE_MAX_LENGTH"),
        ({"components": [row(button(label="x" * 81))]}, "BASE_TYPE_MAX_LENGTH"),
        ({"components": [row(button(label=None))]}, "BUTTON_COMPONENT_INVALID_LABEL_OR_EMOJI"),
        ({"components": [row(button(custom_id=None))]}, "BASE_TYPE_REQUIRED"),
        ({"components": [row({"type": 2, "style": 5, "label": "Link"})]}, "BASE_TYPE_REQUIRED"),
        ({"components": [row({"type": 2, "style": 6})]}, "BASE_TYPE_REQUIRED"),
        ({"components": [row(menu(), button())]}, "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
        ({"components": [row(menu(options=[]))]}, "BASE_TYPE_BAD_LENGTH"),
        (
            {"components": [row(menu(options=menu()["options"] * 2))]},
            "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
        ),
        ({"components": [row(menu(placeholder="x" * 151))]}, "BASE_TYPE_MAX_LENGTH"),
        ({"components": [row(text())]}, "UNION_TYPE_CHOICES"),
        ({"components": [text()]}, "UNION_TYPE_CHOICES"),
        ({"flags": V2, "components": [button()]}, "UNION_TYPE_CHOICES"),
        ({"flags": V2, "components": [text("")]}, "BASE_TYPE_REQUIRED"),
        ({"flags": V2, "components": [text("x" * 2001)] * 2}, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
        ({"flags": V2, "components": [text()] * 41}, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
        ({"flags": V2, "components": [{"type": 9, "components": [text()]}]}, "BASE_TYPE_REQUIRED"),
        ({"flags": V2, "components": [{"type": 12, "items": []}]}, "BASE_TYPE_BAD_LENGTH"),
        (
            {"flags": V2, "components": [text()], "content": "hi"},
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
        ),
        (
            {"content": "hi", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
            "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
        ),
    ],
)
async def test_an_invalid_form_body_says_where_and_why(
    application: Application, part: Interaction, body: Any, code: str
) -> None:
    heard = await application.edit(part, body)

    assert (heard.status, heard.code, heard.body["message"]) == (400, 50035, "Invalid Form Body")
    assert code in leaf(heard.body["errors"])


async def test_errors_are_nested_along_the_path(application: Application, part: Interaction) -> None:
    heard = await application.edit(part, {"components": [row(button("ok"), button("x" * 101))]})

    assert heard.body["errors"] == {
        "components": {
            "0": {
                "components": {
                    "1": {
                        "custom_id": {
                            "_errors": [
                                {"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 100 or fewer in length."}
                            ]
                        }
                    }
                }
            }
        }
    }


async def test_an_empty_message_is_refused(application: Application, part: Interaction) -> None:
    heard = await application.edit(part, {"content": ""})

    assert (heard.status, heard.code) == (400, 50006)


async def test_a_refused_edit_changes_nothing(application: Application, part: Interaction) -> None:
    await application.edit(part, {"content": "hi", "embeds": [{"title": "kept"}]})
    await application.edit(part, {"content": None, "embeds": []})
    heard = await application.call("GET", application.webhook(part))

    assert (heard.body["content"], heard.body["embeds"][0]["title"]) == ("hi", "kept")


async def test_a_message_of_components_stays_one(application: Application, part: Interaction) -> None:
    await application.edit(part, {"flags": V2, "components": [text()]})
    plain = await application.edit(part, {"flags": 0, "components": [text("still")]})
    legacy = await application.edit(part, {"content": "hi"})

    assert plain.body["flags"] == V2
    assert legacy.status == 400


async def test_a_message_with_text_becomes_one_of_components_only_without_it(
    application: Application, part: Interaction
) -> None:
    await application.edit(part, {"content": "hi"})
    kept = await application.edit(part, {"flags": V2, "components": [text()]})
    cleared = await application.edit(part, {"flags": V2, "components": [text()], "content": None})

    assert (kept.status, cleared.status) == (400, 200)


async def test_every_component_gets_a_number(application: Application, part: Interaction) -> None:
    parts = [{"type": 17, "components": [text(), row(button()), {"type": 14}]}]
    heard = await application.edit(part, {"flags": V2, "components": parts})
    [container] = heard.body["components"]

    assert [container["id"], *(one["id"] for one in container["components"])] == [1, 2, 3, 5]
    assert container["components"][2] == {"type": 14, "id": 5, "spacing": 1, "divider": True}


@pytest.mark.parametrize(
    ("allowed", "pinged"),
    [
        (None, (["alice"], ["7"], True)),
        ({"parse": []}, ([], [], False)),
        ({"parse": ["users"]}, (["alice"], [], False)),
        ({"parse": ["everyone"]}, ([], [], True)),
        ({"parse": [], "roles": ["7"]}, ([], ["7"], False)),
    ],
)
async def test_the_message_tells_who_was_pinged(
    application: Application, part: Interaction, alice: Person, allowed: Any, pinged: Any
) -> None:
    body = {"content": f"@everyone <@{alice.user.id}> <@&7>", "allowed_mentions": allowed}
    message = (await application.edit(part, body)).body

    people = [user["username"] for user in message["mentions"]]
    assert (people, message["mention_roles"], message["mention_everyone"]) == pinged


async def test_texts_of_components_ping_too(application: Application, part: Interaction) -> None:
    message = await application.edit(part, {"flags": V2, "components": [text("@here")]})

    assert message.body["mention_everyone"] is True


@pytest.mark.parametrize(
    ("missing", "body", "files", "code"),
    [
        (Permission.VIEW_CHANNEL, {"content": "hi"}, None, 50001),
        (Permission.SEND_MESSAGES, {"content": "hi"}, None, 50013),
        (Permission.EMBED_LINKS, {"embeds": [{"title": "hi"}]}, None, 50013),
        (Permission.ATTACH_FILES, {}, {"a.png": b"x"}, 50013),
    ],
)
async def test_posting_takes_permissions(
    application: Application, loopback: LoopbackDiscord, missing: int, body: Any, files: Any, code: int
) -> None:
    place = loopback.channel("art")
    loopback.forbid(place, missing)
    heard = await application.call("POST", f"/channels/{place.id}/messages", body, files=files)

    assert (heard.status, heard.code) == (403, code)


async def test_history_is_read_newest_first(
    application: Application, loopback: LoopbackDiscord, alice: Person
) -> None:
    place = loopback.channel("art")
    first, *_ = [alice.say(str(number), channel="art") for number in range(3)]
    path = f"/channels/{place.id}/messages"
    latest = await application.call("GET", f"{path}?limit=2")
    later = await application.call("GET", f"{path}?after={first['id']}")
    before = await application.call("GET", f"{path}?before={later.body[-1]['id']}")

    assert [one["content"] for one in latest.body] == ["2", "1"]
    assert [one["content"] for one in later.body] == ["2", "1"]
    assert [one["content"] for one in before.body] == ["0"]


async def test_nobody_edits_or_deletes_what_others_said(
    application: Application, loopback: LoopbackDiscord, alice: Person
) -> None:
    path = f"/channels/{loopback.channel('art').id}/messages/{alice.say('mine', channel='art')['id']}"
    edited = await application.call("PATCH", path, {"content": "yours"})
    deleted = await application.call("DELETE", path)

    assert (edited.code, deleted.code) == (50005, 50013)


async def test_embeds_are_suppressed_and_shown_again(application: Application, part: Interaction) -> None:
    hidden = await application.edit(part, {"content": "hi", "flags": 4})
    shown = await application.edit(part, {"content": "hi", "flags": 0})

    assert (hidden.body["flags"], shown.body["flags"]) == (4, 0)


async def test_the_bot_says_that_it_types(application: Application, loopback: LoopbackDiscord) -> None:
    heard = await application.call("POST", f"/channels/{loopback.channel('art').id}/typing")

    assert heard.status == 204


async def test_nobody_sees_a_guild_they_are_not_in(loopback: LoopbackDiscord, alice: Person) -> None:
    other = loopback.channel("art", loopback.add_guild("Other"))

    assert loopback.world.permissions(alice.user, other) == 0
    assert loopback.world.permissions(loopback.world.owner, other) == EVERYTHING
    assert loopback.world.permissions(alice.user, loopback.person("bob").dm) == 0


async def test_a_link_button_and_a_section_are_fine(application: Application, part: Interaction) -> None:
    link = {"type": 2, "style": 5, "label": "Web", "url": "https://example.org"}
    section = {"type": 9, "components": [text()], "accessory": link}
    heard = await application.edit(part, {"flags": V2, "components": [section, row(menu())]})

    assert heard.body["components"][0]["accessory"]["id"] == 3
