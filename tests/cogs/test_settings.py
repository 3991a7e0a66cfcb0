"""`/settings`: the panel, from the command to the value that holds."""

from typing import Any

import pytest

from bot.domain.moderation import Action
from bot.domain.settings.catalogue import Layer
from bot.domain.settings.history import Edit, State, state
from bot.domain.settings.layers import SERVER, Target
from bot.sandbox.discord import Permission, Person, Reply
from bot.sandbox.discord.components import walk
from bot.sandbox.discord.people.refused import Refused
from bot.sandbox.discord.people.resolving import File
from tests.cogs.acting import audit, forge, take_rights
from tests.cogs.conftest import EPHEMERAL, Scene, control, is_finished, words


async def opened(scene: Scene, person: Person | None = None) -> Reply:
    """Return the panel."""
    reply = await (person or scene.manager).command("settings")
    await reply.until(words)
    return reply


async def turned(scene: Scene, reply: Reply, page: str) -> Reply:
    """Return the panel at another page."""
    return await scene.manager.choose(reply, control(reply.message, "set-page"), [page])


async def at(scene: Scene, reply: Reply, place: str) -> Reply:
    """Return the panel of another place."""
    return await scene.manager.choose(reply, control(reply.message, "set-where"), [place])


def button(message: dict[str, Any] | None, setting: str, action: str = "set-value") -> str:
    """Return the custom_id of a setting's button."""
    found = [str(part.get("custom_id")) for part in walk((message or {})["components"])]
    return next(one for one in found if f":{action}:" in one and f"-{setting}:" in one)


async def edited(scene: Scene, reply: Reply, setting: str, **values: Any) -> Reply:
    """Return the panel after a setting's form was filled in and sent."""
    form = await scene.manager.click(reply, custom_id=button(reply.message, setting))
    return await scene.manager.submit(form.modal, values)


async def held(scene: Scene) -> State:
    """Return all values of the server."""
    return state((await scene.stores.settings.stored(scene.discord.guild.id))[1])


async def put(scene: Scene, name: str, value: Any, target: Target = SERVER) -> None:
    """Save a value as somebody else."""
    edit = Edit(target=target, name=name, value=value)
    await scene.bot.services.houses.save(scene.discord.guild.id, [edit], user_id=99, revision=None)


async def forged(scene: Scene, panel: Reply, custom_id: str) -> Reply:
    """Press a button that somebody put into the panel themselves."""
    return await forge(scene, scene.manager, custom_id, panel.message or {})


async def tried(scene: Scene) -> list[str]:
    """Return what the audit log says was refused."""
    return [subject for _, subject, _ in await audit(scene, Action.REFUSED)]


async def test_the_panel_is_for_those_who_manage_the_server_and_for_them_alone(scene: Scene) -> None:
    shown = await (await scene.manager.command("settings")).until(words)

    assert shown["flags"] & EPHEMERAL
    assert "Settings of this server" in words(shown)
    assert "Steps: 40" in words(shown)
    with pytest.raises(Refused):
        await scene.alice.command("settings")


async def test_a_number_is_set_in_a_form(scene: Scene) -> None:
    panel = await edited(scene, await opened(scene), "steps", value="20")

    assert "Steps: 20" in words(panel.message)
    assert await held(scene) == {(SERVER, "steps"): 20}


async def test_what_is_set_is_what_is_drawn(scene: Scene) -> None:
    await edited(scene, await opened(scene), "steps", value="20")
    await (await scene.alice.command("imagine", prompt="a fox")).until(is_finished)

    assert scene.provider.requests[-1].steps == 20


async def test_what_a_setting_does_not_take_is_told_and_nothing_is_saved(scene: Scene) -> None:
    answer = await edited(scene, await opened(scene), "steps", value="99")

    assert "Steps takes 1 to 50." in words(answer.message)
    assert await held(scene) == {}


async def test_a_flag_is_turned_at_once_and_back(scene: Scene) -> None:
    panel = await turned(scene, await opened(scene), "defaults_1")
    on = await scene.manager.click(panel, custom_id=button(panel.message, "spoiler", "set-flag"))
    assert await held(scene) == {(SERVER, "spoiler"): True}
    off = await scene.manager.click(on, custom_id=button(on.message, "spoiler", "set-flag"))

    assert await held(scene) == {(SERVER, "spoiler"): False}
    assert "Spoiler: off" in words(off.message)


async def test_choices_channels_and_roles_are_chosen(scene: Scene) -> None:
    art = scene.discord.channel("art")
    panel = await edited(
        scene, await turned(scene, await opened(scene), "access_0"), "allowed_channels", value=[art]
    )
    panel = await edited(scene, panel, "closed_options", value=["seed", "model"])
    assert await held(scene) == {
        (SERVER, "allowed_channels"): (str(art.id),),
        (SERVER, "closed_options"): ("seed", "model"),
    }
    everyone = scene.discord.guild.roles[scene.discord.guild.id]
    await edited(scene, panel, "allowed_roles", value=[everyone])

    assert (await held(scene))[
        SERVER, "allowed_roles"
    ] == ()  # everybody has that role, so nobody is kept out


async def test_a_list_of_words_is_written_or_uploaded(scene: Scene) -> None:
    panel = await turned(scene, await opened(scene), "words_0")
    panel = await edited(scene, panel, "blocked_words", lines="kill*\nhate speech")
    assert (await held(scene))[SERVER, "blocked_words"] == ("kill*", "hate speech")
    many = File("words.txt", "\n".join(f"word{number}" for number in range(3000)).encode())
    panel = await edited(scene, panel, "blocked_words", file=[many])
    await panel.until(lambda message: "and 29" in words(message))
    panel = await edited(scene, panel, "blocked_words", add="new", take="word0")

    assert (await held(scene))[SERVER, "blocked_words"] == (*(f"word{one}" for one in range(1, 3000)), "new")


async def test_a_file_that_is_no_text_is_refused(scene: Scene) -> None:
    panel = await turned(scene, await opened(scene), "words_0")
    answer = await edited(scene, panel, "blocked_words", file=[File("words.txt", b"\xff\xfe\x00")])
    told = await answer.until_followup(words)

    assert "Blocked words takes" in words(told)
    assert await held(scene) == {}


async def test_a_channels_value_comes_before_the_servers_until_it_is_taken_away(scene: Scene) -> None:
    general = Target(Layer.CHANNEL, scene.discord.channel("general").id)
    panel = await at(scene, await edited(scene, await opened(scene), "steps", value="20"), "channel")
    assert "From this server." in words(panel.message)
    panel = await edited(scene, panel, "steps", value="30")
    assert await held(scene) == {(SERVER, "steps"): 20, (general, "steps"): 30}
    panel = await scene.manager.choose(panel, control(panel.message, "set-reset"), ["steps"])

    assert await held(scene) == {(SERVER, "steps"): 20}
    assert "Steps: 20" in words(panel.message)


async def test_another_channel_and_a_role_are_chosen_in_discords_own_menus(scene: Scene) -> None:
    art, role = scene.discord.channel("art"), scene.discord.world.guilds[scene.discord.guild.id].roles
    panel = await at(scene, await opened(scene), "other")
    panel = await scene.manager.choose(panel, control(panel.message, "set-channel"), [art])
    assert f"<#{art.id}>" in str(panel.message)
    panel = await edited(scene, panel, "steps", value="30")
    mods = next(one for one in role.values() if one.name == "manager")
    panel = await at(scene, panel, "role")
    panel = await scene.manager.choose(panel, control(panel.message, "set-role"), [mods])
    panel = await edited(scene, panel, "steps", value="50")

    assert await held(scene) == {
        (Target(Layer.CHANNEL, art.id), "steps"): 30,
        (Target(Layer.ROLE, mods.id), "steps"): 50,
    }


async def test_the_role_that_everybody_has_is_the_server(scene: Scene) -> None:
    panel = await at(scene, await opened(scene), "role")
    everyone = scene.discord.guild.roles[scene.discord.guild.id]
    panel = await scene.manager.choose(panel, control(panel.message, "set-role"), [everyone])

    assert "Settings of this server" in words(panel.message)


async def test_a_model_or_a_style_that_is_not_there_is_refused(scene: Scene) -> None:
    panel = await opened(scene)
    model = await edited(scene, panel, "model", value="dall-e")
    style = await edited(scene, panel, "style", value="Baroque")
    await edited(scene, panel, "style", value="ink")

    assert "There is no model" in words(model.message)
    assert "There is no style" in words(style.message)
    assert await held(scene) == {(SERVER, "style"): "Ink"}


async def test_two_moderators_at_once_lose_nothing(scene: Scene) -> None:
    panel = await opened(scene)
    await put(scene, "steps", 25)
    later = await edited(scene, panel, "steps", value="20")
    assert "changed meanwhile" in words(later.message)
    assert "Steps in this server: not set → 25, by <@99>" in words(later.message)
    fresh = await scene.manager.click(later, "Show the settings as they are now")

    assert "Steps: 25" in words(fresh.message)
    assert await held(scene) == {(SERVER, "steps"): 25}


async def test_what_somebody_else_changed_elsewhere_is_no_hindrance(scene: Scene) -> None:
    panel = await opened(scene)
    await put(scene, "count", 2)
    await edited(scene, panel, "steps", value="20")

    assert await held(scene) == {(SERVER, "count"): 2, (SERVER, "steps"): 20}


async def test_a_panel_works_after_a_restart(scene: Scene) -> None:
    panel = await opened(scene)
    form = await scene.manager.click(panel, custom_id=button(panel.message, "steps"))
    await scene.restart()
    await scene.manager.submit(form.modal, {"value": "20"})

    assert await held(scene) == {(SERVER, "steps"): 20}


async def test_a_prompt_is_tested_against_the_words_of_the_channel(scene: Scene) -> None:
    panel = await turned(scene, await opened(scene), "words_0")
    panel = await edited(scene, panel, "blocked_words", lines="kill")
    answers = []
    for prompt in ("k1ll it", "a skill"):
        form = await scene.manager.click(panel, "Test a prompt")
        answers.append(words(await (await scene.manager.submit(form.modal, {"value": prompt})).until(words)))

    assert "It is not drawn. Found: k1ll." in answers[0]
    assert "it is drawn" in answers[1]


async def test_a_change_is_in_the_log_channel_and_in_the_audit_log(scene: Scene) -> None:
    log = scene.discord.channel("art")
    await put(scene, "log_channel", (str(log.id),))
    await edited(scene, await opened(scene), "steps", value="20")

    def look() -> dict[str, Any] | None:
        seen = scene.manager.sees("art")
        return next((one for one in seen if "changed steps" in words(one)), None)

    assert await scene.discord.core.bell.until(look)
    assert (scene.manager.user.id, "steps", "") in await audit(scene, Action.SETTINGS)


async def test_what_changes_nothing_is_in_no_log(scene: Scene) -> None:
    panel = await edited(scene, await opened(scene), "steps", value="20")
    await edited(scene, panel, "steps", value="20")

    assert await audit(scene, Action.SETTINGS) == [(scene.manager.user.id, "steps", "")]


class TestRights:
    """A member who has no right, by every way there is."""

    async def told(self, reply: Reply) -> str:
        message = await reply.until(lambda message: "Only moderators of this server" in words(message))
        return words(message)

    async def test_a_button_pressed_after_the_right_was_taken_away(self, scene: Scene) -> None:
        panel = await turned(scene, await opened(scene), "defaults_1")
        take_rights(scene, scene.manager)
        answer = await scene.manager.click(panel, custom_id=button(panel.message, "spoiler", "set-flag"))

        await self.told(answer)
        assert await held(scene) == {}
        assert [one.split(":")[1] for one in await tried(scene)] == ["set-flag"]

    async def test_a_form_sent_after_the_right_was_taken_away(self, scene: Scene) -> None:
        panel = await opened(scene)
        form = await scene.manager.click(panel, custom_id=button(panel.message, "steps"))
        take_rights(scene, scene.manager)
        await self.told(await scene.manager.submit(form.modal, {"value": "20"}))

        assert await held(scene) == {}
        assert [one.split(":")[1] for one in await tried(scene)] == ["set-value"]

    async def test_a_command_that_no_client_would_have_sent(self, scene: Scene) -> None:
        commands = scene.discord.world.commands[None].values()
        command = next(one for one in commands if one["name"] == "settings")
        command["default_member_permissions"] = None  # a server gives it to everybody
        await self.told(await scene.alice.command("settings"))

        assert await tried(scene) == ["settings"]

    async def test_an_administrator_has_every_right(self, scene: Scene) -> None:
        admin = scene.discord.person("admin", permissions=Permission.ADMINISTRATOR)

        assert "Settings of this server" in words((await opened(scene, admin)).message)

    @pytest.mark.parametrize(
        "key", ["s-7-0-0-steps", "x-0-0-0-steps", "s-0-0-0-nothing", "c-0-0-0-steps", "s-0-0-0-spoiler"]
    )
    async def test_a_custom_id_of_ones_own_making(self, scene: Scene, key: str) -> None:
        panel = await opened(scene)
        answer = await forged(scene, panel, f"imagine:set-value:{key}:")

        assert "another version" in words(answer.message) or "Spoiler takes" in words(answer.message)
        assert await held(scene) == {}
