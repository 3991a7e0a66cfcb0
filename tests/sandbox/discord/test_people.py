"""A person does only what Discord's client would let them do, and sends what it would send."""

import asyncio
from typing import Any

import pytest

from bot.sandbox.discord import File, LoopbackDiscord, Permission, Person, Refused
from tests.sandbox.discord.application import IMAGINE, ROW, Application, heard
from tests.sandbox.discord.sample import png


@pytest.fixture(autouse=True)
async def _registered(application: Application) -> None:
    await application.register()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"prompt": "x" * 21},
        {"prompt": 7},
        {"prompt": "fox", "steps": 0},
        {"prompt": "fox", "steps": 51},
        {"prompt": "fox", "steps": 2.5},
        {"prompt": "fox", "steps": True},
        {"prompt": "fox", "scale": 7.6},
        {"prompt": "fox", "tiled": 1},
        {"prompt": "fox", "style": "oil"},
        {"prompt": "fox", "colour": "red"},
        {"prompt": "fox", "sketch": File("big.png", b"x" * (10 * 2**20 + 1))},
    ],
)
async def test_the_client_does_not_send_what_does_not_fit(alice: Person, given: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        await alice.command("imagine", **given)


async def test_anything_is_sent_on_demand(application: Application, alice: Person) -> None:
    part = await heard(application, alice.command("imagine", unchecked=True, steps=99, colour="red"))

    assert [one["value"] for one in part.data["options"]] == [99, "red"]


async def test_a_choice_is_picked_by_its_name_and_sent_as_its_value(
    application: Application, alice: Person
) -> None:
    part = await heard(application, alice.command("imagine", prompt="fox", style="Anime"))

    assert {"name": "style", "type": 3, "value": "anime"} in part.data["options"]


async def test_people_and_files_are_sent_as_ids_and_resolved(
    application: Application, alice: Person, bob: Person
) -> None:
    given: Any = {"prompt": "fox", "friend": bob, "sketch": File("a.png", png())}
    part = await heard(application, alice.command("imagine", **given))
    resolved = part.data["resolved"]
    [file] = resolved["attachments"].values()

    assert resolved["users"][str(bob.user.id)]["username"] == "bob"
    assert "user" not in resolved["members"][str(bob.user.id)]
    assert await application.loopback.download(file["url"]) == png()


async def test_options_may_be_called_like_the_driver_s_own_arguments(
    application: Application, alice: Person
) -> None:
    await application.register(
        {
            "name": "post",
            "description": "x",
            "options": [{"name": "channel", "description": "x", "type": 7, "required": True}],
        }
    )
    place = application.loopback.channel("art")
    part = await heard(application, alice.command("post", options={"channel": place}))

    assert part.data["options"][0]["value"] == str(place.id)
    assert part.channel.name == "general"


async def test_subcommands_are_named_after_blanks(application: Application, alice: Person) -> None:
    limit = {
        "name": "limit",
        "description": "x",
        "type": 1,
        "options": [{"name": "value", "description": "x", "type": 4, "required": True}],
    }
    group = {"name": "set", "description": "x", "type": 2, "options": [limit]}
    await application.register({"name": "settings", "description": "x", "options": [group]})
    part = await heard(application, alice.command("settings set limit", value=3))

    assert part.data["options"][0]["options"][0]["options"] == [{"name": "value", "type": 4, "value": 3}]
    for wrong in ("settings", "settings get", "settings set limit x"):
        with pytest.raises(Refused):
            await alice.command(wrong, value=3)


@pytest.mark.parametrize(
    ("restriction", "channel"),
    [
        ({"nsfw": True}, "mature"),
        ({"default_member_permissions": int(Permission.SEND_MESSAGES)}, "general"),
        ({"contexts": [0]}, "general"),
    ],
)
async def test_a_command_is_offered_where_it_belongs(
    application: Application, alice: Person, restriction: Any, channel: str
) -> None:
    await application.register(IMAGINE | restriction)
    part = await heard(application, alice.command("imagine", prompt="fox", channel=channel))

    assert part.channel.name == channel


@pytest.mark.parametrize(
    "restriction",
    [
        {"nsfw": True},
        {"default_member_permissions": 0},
        {"default_member_permissions": int(Permission.MANAGE_GUILD)},
        {"contexts": [1]},
    ],
)
async def test_a_command_is_not_offered_elsewhere(
    application: Application, alice: Person, restriction: Any
) -> None:
    await application.register(IMAGINE | restriction)

    with pytest.raises(Refused):
        await alice.command("imagine", prompt="fox")


async def test_administrators_find_every_command(application: Application, loopback: LoopbackDiscord) -> None:
    await application.register(IMAGINE | {"default_member_permissions": 0})
    admin = loopback.person("admin", permissions=Permission.ADMINISTRATOR)

    part = await heard(application, admin.command("imagine", prompt="fox"))

    assert part.user is admin.user


async def test_guild_commands_and_forbidden_contexts_are_not_offered_in_private(
    application: Application, alice: Person
) -> None:
    await application.register(IMAGINE | {"contexts": [0]})

    with pytest.raises(Refused):
        await alice.direct("imagine", prompt="fox")


async def test_where_commands_are_forbidden_nobody_uses_them(
    loopback: LoopbackDiscord, alice: Person
) -> None:
    loopback.forbid(loopback.channel("art"), Permission.USE_APPLICATION_COMMANDS, person=alice)

    with pytest.raises(Refused):
        await alice.command("imagine", prompt="fox", channel="art")


@pytest.mark.parametrize("place", ["nowhere", "art"])
async def test_nobody_acts_where_they_see_nothing(
    loopback: LoopbackDiscord, alice: Person, place: str
) -> None:
    loopback.forbid(loopback.channel("art"), Permission.VIEW_CHANNEL, person=alice)

    with pytest.raises(Refused):
        await alice.command("imagine", prompt="fox", channel=place)


async def test_only_what_suggests_is_typed_into(alice: Person) -> None:
    with pytest.raises(Refused):
        await alice.autocomplete("imagine", "prompt", "fo")


async def test_the_option_typed_into_is_marked(application: Application, alice: Person) -> None:
    typing = asyncio.create_task(alice.autocomplete("imagine", "model", "sd", prompt="fox"))
    part = await application.hear()
    await application.answer(part, 8, {"choices": []})

    assert await typing == []
    assert [one.get("focused") for one in part.data["options"]] == [None, True]


@pytest.mark.parametrize(
    ("label", "custom_id", "pressed"),
    [("Again", None, "again"), (None, "again", "again"), ("🔁", None, "emoji")],
)
async def test_a_button_is_found_by_label_emoji_or_custom_id(
    application: Application, alice: Person, label: str | None, custom_id: str | None, pressed: str
) -> None:
    await heard(application, alice.command("imagine", prompt="fox"))
    [message] = alice.sees()
    part = await heard(application, alice.click(message, label, custom_id=custom_id))

    assert part.data["custom_id"] == pressed


@pytest.mark.parametrize("label", ["Off", "Web", "Missing"])
async def test_what_cannot_be_pressed_is_not(application: Application, alice: Person, label: str) -> None:
    await heard(application, alice.command("imagine", prompt="fox"))

    with pytest.raises(Refused):
        await alice.click(alice.sees()[0], label)


async def test_people_are_chosen_from_a_menu(application: Application, alice: Person, bob: Person) -> None:
    await heard(application, alice.command("imagine", prompt="fox"))
    [message] = alice.sees()
    part = await heard(application, alice.choose(message, "who", [alice, bob]))

    assert part.data["values"] == [str(alice.user.id), str(bob.user.id)]
    with pytest.raises(Refused):
        await alice.choose(message, "who", [])
    with pytest.raises(Refused):
        await alice.choose(message, "what", ["x"])


async def test_a_person_has_a_menu_of_commands(application: Application, alice: Person, bob: Person) -> None:
    await application.register({"name": "Gallery of", "type": 2})
    part = await heard(application, alice.context_menu("Gallery of", bob))

    assert part.data["target_id"] == str(bob.user.id)


async def test_what_was_deleted_or_is_not_theirs_cannot_be_pressed(
    application: Application, alice: Person, bob: Person
) -> None:
    task = asyncio.create_task(alice.command("imagine", prompt="fox"))
    await application.answer(
        await application.hear(), 4, {"content": "psst", "components": [ROW], "flags": 64}
    )
    reply = await task

    with pytest.raises(Refused):
        await bob.click(reply, "Again")


async def test_what_was_bought_comes_with_every_interaction(application: Application, alice: Person) -> None:
    application.loopback.grant(alice, 77)
    heard = await application.call("GET", f"/applications/{application.id}/entitlements")

    assert [one["sku_id"] for one in heard.body] == ["77"]


async def test_a_person_is_the_same_whenever_called(loopback: LoopbackDiscord, alice: Person) -> None:
    assert loopback.person("alice") is alice
