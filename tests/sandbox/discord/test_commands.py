"""Registering commands: what is kept, what is refused."""

from typing import Any

import pytest

from bot.sandbox.discord import LoopbackDiscord
from tests.sandbox.discord.application import IMAGINE, Application
from tests.sandbox.discord.test_messages import leaf


def command(**more: Any) -> Any:
    return {"name": "draw", "description": "Draw"} | more


def option(**more: Any) -> Any:
    return {"name": "prompt", "description": "What", "type": 3} | more


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (command(name="Draw"), "APPLICATION_COMMAND_INVALID_NAME"),
        (command(name="two words"), "APPLICATION_COMMAND_INVALID_NAME"),
        (command(name="x" * 33), "APPLICATION_COMMAND_INVALID_NAME"),
        (command(name_localizations={"de": "Malen"}), "APPLICATION_COMMAND_INVALID_NAME"),
        (command(description=""), "BASE_TYPE_REQUIRED"),
        (command(description="x" * 101), "BASE_TYPE_MAX_LENGTH"),
        (command(options=[option(name=f"o{number}") for number in range(26)]), "BASE_TYPE_MAX_LENGTH"),
        (command(options=[option(), option()]), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"),
        (
            command(options=[option(), option(name="late", required=True)]),
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        ),
        (
            command(options=[option(autocomplete=True, choices=[{"name": "a", "value": "a"}])]),
            "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES",
        ),
        (
            command(options=[option(choices=[{"name": str(n), "value": str(n)} for n in range(26)])]),
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            command(options=[option(choices=[{"name": "a", "value": "a"}] * 2)]),
            "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
        ),
        (
            command(
                options=[option(choices=[{"name": str(n) * 50, "value": str(n) * 100} for n in range(9)])] * 7
            ),
            "APPLICATION_COMMAND_TOO_LARGE",
        ),
        (command(type=3), "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION"),
    ],
)
async def test_a_wrong_command_is_refused(application: Application, wrong: Any, code: str) -> None:
    heard = await application.register(wrong)

    assert (heard.status, heard.code) == (400, 50035)
    assert code in leaf(heard.body["errors"])


async def test_two_commands_of_one_name_are_refused(application: Application) -> None:
    assert "APPLICATION_COMMANDS_DUPLICATE_NAME" in leaf(
        (await application.register(command(), command())).body["errors"]
    )


async def test_there_are_at_most_a_hundred(application: Application) -> None:
    heard = await application.register(*(command(name=f"c{number}") for number in range(101)))

    assert "APPLICATION_COMMANDS_MAX" in leaf(heard.body["errors"])


async def test_a_command_keeps_its_id_when_the_set_is_replaced(application: Application) -> None:
    first = await application.register(IMAGINE, command())
    second = await application.register(command(description="Other"), IMAGINE)
    ids = [{one["name"]: one["id"] for one in heard.body} for heard in (first, second)]

    assert ids[0] == ids[1]
    assert first.body[0]["version"] != second.body[1]["version"]


async def test_translations_are_read_on_request(application: Application) -> None:
    await application.register(command(name_localizations={"de": "malen"}))
    path = f"/applications/{application.id}/commands"
    short = await application.call("GET", path)
    whole = await application.call("GET", f"{path}?with_localizations=true")

    assert "name_localizations" not in short.body[0]
    assert whole.body[0]["name_localizations"] == {"de": "malen"}


async def test_one_command_is_created_changed_read_and_deleted(application: Application) -> None:
    path = f"/applications/{application.id}/commands"
    created = await application.call("POST", path, command())
    again = await application.call("POST", path, command(description="Other"))
    own = f"{path}/{created.body['id']}"
    changed = await application.call("PATCH", own, {"default_member_permissions": 32})
    read = await application.call("GET", own)
    deleted = await application.call("DELETE", own)

    assert [one.status for one in (created, again, changed, read, deleted)] == [201, 200, 200, 200, 204]
    assert (read.body["description"], read.body["default_member_permissions"]) == ("Other", "32")


async def test_a_guild_has_commands_of_its_own(application: Application, loopback: LoopbackDiscord) -> None:
    path = f"/applications/{application.id}/guilds/{loopback.guild.id}/commands"
    heard = await application.call("PUT", path, [command()])

    assert heard.body[0]["guild_id"] == str(loopback.guild.id)
    assert (await application.call("GET", f"/applications/{application.id}/commands")).body == []


@pytest.mark.parametrize("path", ["/applications/1/commands", "/applications/{id}/guilds/1/commands"])
async def test_others_commands_are_out_of_reach(application: Application, path: str) -> None:
    heard = await application.call("GET", path.format(id=application.id))

    assert (heard.status, heard.code) == (403, 50001)


async def test_a_set_of_commands_is_a_list_of_objects(application: Application) -> None:
    heard = await application.call("PUT", f"/applications/{application.id}/commands", {"name": "draw"})

    assert (heard.status, heard.code) == (400, 50035)
