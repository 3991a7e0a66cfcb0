"""`/block`, `/pause` and `/resume`: who may not draw, and when nobody may."""

import pytest

from bot.domain.moderation import Action
from bot.sandbox.discord import Permission, Person, Reply
from bot.sandbox.discord.people.refused import Refused
from tests.cogs.acting import audit, decide, forge, take_rights
from tests.cogs.conftest import EPHEMERAL, Scene, is_finished, words


def warden(scene: Scene) -> Person:
    """Return somebody who may time members out."""
    return scene.discord.person("warden", permissions=Permission.MODERATE_MEMBERS)


async def told(reply: Reply) -> str:
    """Return what the user alone reads."""
    shown = await reply.until(words)
    assert shown["flags"] & EPHEMERAL
    return str(shown["components"])


async def test_who_is_blocked_draws_nothing_until_it_ends(scene: Scene) -> None:
    said = await told(await warden(scene).command("block add", member=scene.alice, hours=2, reason="enough"))
    refused = await told(await scene.alice.command("imagine", prompt="a fox"))
    scene.now += 7200
    later = await scene.alice.command("imagine", prompt="a fox")

    assert f"<@{scene.alice.user.id}> draws nothing in this server, until <t:8200:f>" in said
    assert "blocked you in this server. It ends <t:8200:R>. They say: “enough”." in refused
    assert await later.until(is_finished)


async def test_others_are_not(scene: Scene) -> None:
    await told(await warden(scene).command("block add", member=scene.alice))

    assert await (await scene.bob.command("imagine", prompt="a fox")).until(is_finished)


async def test_a_block_is_of_one_server(scene: Scene) -> None:
    await told(await warden(scene).command("block add", member=scene.alice))
    elsewhere = scene.discord.person("alice", guild=scene.discord.add_guild("Elsewhere"))

    assert await (await elsewhere.command("imagine", prompt="a fox")).until(is_finished)


async def test_it_survives_a_restart_and_is_taken_away(scene: Scene) -> None:
    await told(await warden(scene).command("block add", member=scene.alice))
    await scene.restart()
    refused = await told(await scene.alice.command("imagine", prompt="a fox"))
    freed = await told(await warden(scene).command("block remove", member=scene.alice))
    again = await told(await warden(scene).command("block remove", member=scene.alice))

    assert "blocked you in this server." in refused
    assert "may draw in this server again" in freed
    assert "is not blocked" in again
    assert await (await scene.alice.command("imagine", prompt="a fox")).until(is_finished)


async def test_buttons_of_old_pictures_draw_nothing_either(scene: Scene) -> None:
    reply = await scene.drawn()
    await told(await warden(scene).command("block add", member=scene.alice))

    assert "blocked you" in await told(await scene.alice.click(reply, "Again"))


async def test_the_list_has_pages(scene: Scene) -> None:
    empty = await told(await warden(scene).command("block list"))
    for number in range(11):
        scene.now += 1
        member = scene.discord.person(f"member{number}")
        await told(await warden(scene).command("block add", member=member, reason=f"number {number}"))
    listed = await warden(scene).command("block list")
    first = await told(listed)
    second = await warden(scene).click(listed, "Older")
    await second.until(lambda message: "number 0" in words(message))

    assert "Nobody is blocked" in empty
    assert "`number 10`" in first
    assert "`number 0`" not in first
    assert "without an end" in first


async def test_all_of_it_is_in_the_log(scene: Scene) -> None:
    await decide(scene, log_channel=(str(scene.discord.channel("art").id),))
    await told(await warden(scene).command("block add", member=scene.alice, hours=2, reason="enough"))
    await told(await warden(scene).command("block remove", member=scene.alice))
    await told(await scene.manager.command("pause", where="this channel", text="Back soon"))
    await told(await scene.manager.command("resume", where="this channel"))
    await scene.discord.core.bell.until(lambda: len(scene.alice.sees("art")) == 4 or None)
    shown = [str(message["components"]) for message in scene.alice.sees("art")]
    who, whom = scene.manager.user.id, scene.alice.user.id

    assert f"<@{warden(scene).user.id}> blocked <@{whom}>, until <t:8200:f>: `enough`" in shown[0]
    assert f"unblocked <@{whom}>" in shown[1]
    assert f"<@{who}> paused <#{scene.discord.channel('general').id}>: `Back soon`" in shown[2]
    assert f"<@{who}> resumed" in shown[3]
    assert await audit(scene, Action.BLOCK) == [(warden(scene).user.id, str(whom), "8200 enough")]


# --- pausing ----------------------------------------------------------------------------------------------


async def test_a_pause_is_told_with_its_sentence_and_ends(scene: Scene) -> None:
    said = await told(await scene.manager.command("pause", where="the whole server", text="Back at *noon*"))
    refused = await told(await scene.alice.command("imagine", prompt="a fox"))
    resumed = await told(await scene.manager.command("resume", where="the whole server"))

    assert "in this server until somebody uses `/resume`" in said
    assert "paused the bot here. They say: “Back at \\\\*noon\\\\*”." in refused
    assert "drawn again" in resumed
    assert await (await scene.alice.command("imagine", prompt="a fox")).until(is_finished)


async def test_a_pause_is_one_line_in_the_audit_log_and_a_second_one_none(scene: Scene) -> None:
    for _ in range(2):
        await told(await scene.manager.command("pause", where="the whole server", text="Soon"))

    assert await audit(scene, Action.PAUSE) == [(scene.manager.user.id, "", "Soon")]
    assert await audit(scene, Action.SETTINGS) == []


async def test_a_channel_is_paused_alone_with_its_threads(scene: Scene) -> None:
    await told(await scene.manager.command("pause", where="this channel", channel="art"))
    there = await told(await scene.alice.command("imagine", prompt="a fox", channel="art"))
    thread = await told(await scene.alice.command("imagine", prompt="a fox", channel="fox-thread"))

    assert "paused the bot here." in there
    assert "paused the bot here." in thread
    assert await (await scene.alice.command("imagine", prompt="a fox")).until(is_finished)


async def test_a_channel_cannot_be_resumed_out_of_a_paused_server(scene: Scene) -> None:
    await told(await scene.manager.command("pause", where="the whole server"))

    assert "still is in the whole server" in await told(
        await scene.manager.command("resume", where="this channel")
    )


# --- what members may not ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["block list", "block add", "block remove", "pause", "resume", "reports"])
async def test_members_are_not_offered_any_of_it(scene: Scene, name: str) -> None:
    with pytest.raises(Refused, match="permissions"):
        await scene.bob.command(name)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("block list", {}),
        ("block add", {"member": "bob"}),
        ("block remove", {"member": "bob"}),
        ("pause", {"where": "the whole server"}),
        ("resume", {"where": "the whole server"}),
        ("reports", {}),
    ],
)
async def test_whom_a_server_gave_the_command_without_the_right_is_refused(
    scene: Scene, name: str, options: dict[str, str]
) -> None:
    for command in scene.discord.core.world.commands[None].values():
        command["default_member_permissions"] = None
    given = {key: scene.bob if value == "bob" else value for key, value in options.items()}
    refused = await told(await scene.alice.command(name, options=given))

    assert "Only moderators" in refused
    assert await audit(scene, Action.REFUSED) == [(scene.alice.user.id, name, "")]
    assert await scene.stores.moderation.blocks(scene.discord.guild.id, scene.now) == []
    assert await scene.stores.settings.stored(scene.discord.guild.id) == (0, [])


async def test_one_who_may_only_time_out_cannot_pause(scene: Scene) -> None:
    with pytest.raises(Refused, match="permissions"):
        await warden(scene).command("pause", where="the whole server")


async def test_a_page_is_refused_when_the_right_is_gone(scene: Scene) -> None:
    listed = await warden(scene).command("block list")
    shown = await listed.until(words)
    take_rights(scene, warden(scene))
    refused = await told(await forge(scene, warden(scene), "imagine:blocks:open:0", shown))

    assert "Only moderators" in refused
