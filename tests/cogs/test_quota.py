"""`/quota`: what is left, and for those who manage the server what its members use."""

import time
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bot.domain.allowance import Policy, RateLimit
from bot.domain.credential import Credential
from bot.domain.errors import GpuQuotaExceeded
from bot.domain.settings.catalogue import Layer
from bot.domain.settings.layers import Target
from bot.sandbox.discord import Permission, Person, Reply
from bot.ui import layout
from bot.ui.custom_id import Action, CustomId
from tests.cogs.acting import decide
from tests.cogs.conftest import EPHEMERAL, Scene, is_finished, words
from tests.cogs.test_parking import use_up

USAGE = "This server's use"


async def asked(person: Person) -> Reply:
    """Return the answer to somebody's `/quota`."""
    reply = await person.command("quota")
    await reply.until(words)
    return reply


async def limited(scene: Scene, **policy: Any) -> None:
    scene.policy = Policy(**policy)
    await scene.restart()


async def test_where_nothing_limits_that_is_said(scene: Scene) -> None:
    reply = await asked(scene.alice)

    assert "Nothing limits how many pictures you may ask for here." in words(reply.message)
    assert (reply.message or {})["flags"] & EPHEMERAL


async def test_each_limit_says_what_is_left_and_when_more_frees(scene: Scene) -> None:
    user = RateLimit(at_once=3, burst=8, cooldown=15, daily=100)
    await limited(scene, user=user, server=RateLimit(daily=500))
    await scene.drawn(count=2)
    shown = str((await asked(scene.alice)).message)

    assert "**For you**\\n- 3 of 3 requests at a time left" in shown
    assert "- 6 of 8 pictures in quick succession left · one more <t:1120:R>" in shown
    assert "- 98 of 100 pictures in 24 hours left · one more <t:87400:R>" in shown
    assert "**For this server**\\n- 498 of 500 pictures in 24 hours left" in shown


async def test_the_gpu_quota_says_when_it_returns_and_whom_it_keeps_waiting(scene: Scene) -> None:
    await use_up(scene)

    assert "Used up: the bot's. It returns <t:1754:R>." in str((await asked(scene.alice)).message)
    assert "you may try again <t:1060:R>" in str((await asked(scene.bob)).message)


async def test_the_seconds_left_are_told_where_the_service_tells_them(scene: Scene) -> None:
    scene.operators = (Credential(id="token-1", token="hf_operator"),)
    scene.hub.left["hf_operator"] = 95.0
    await scene.restart()

    assert "About 95 s of GPU time are left" in words((await asked(scene.alice)).message)


async def test_a_refusal_says_whose_limit_it_is_how_much_is_left_and_when_it_frees(scene: Scene) -> None:
    await limited(scene, channel=RateLimit(daily=3))
    await scene.drawn(count=2)
    reply = await scene.alice.command("imagine", prompt="a fox", count=2)
    told = await reply.until(words)

    assert "The limit for this channel is 3 pictures in 24 hours; 1 is left." in words(told)
    assert "<t:87400:R>" in str(told["components"])
    assert told["flags"] & EPHEMERAL


async def test_a_role_with_a_more_generous_limit_counts(scene: Scene) -> None:
    manager = scene.manager
    [role_id] = scene.discord.guild.members[manager.user.id].role_ids
    await decide(scene, user_daily=1)
    await decide(scene, Target(Layer.ROLE, role_id), user_daily=5)
    generous = await manager.command("imagine", prompt="a fox", count=2)
    strict = await scene.alice.command("imagine", prompt="a fox", count=2)

    assert await generous.until(is_finished)
    assert "The limit for you is 1 picture in 24 hours" in words(await strict.until(words))


async def test_who_manages_the_server_sees_its_use_as_text_and_as_a_chart(scene: Scene) -> None:
    scene.now = time.time()
    await limited(scene, server=RateLimit(daily=500))
    await scene.drawn(count=2)
    pressed = await scene.manager.click(await asked(scene.manager), USAGE)
    shown = await pressed.until(lambda message: message["attachments"])
    [file] = await pressed.files()

    assert f"#1 <@{scene.alice.user.id}> 2 pictures" in str(shown["components"])
    assert f"`{time.strftime('%Y-%m-%d', time.gmtime(scene.now))}` 2" in str(shown["components"])
    assert file.description == "Bar chart of the pictures by user in 30 days. #1: 2."
    assert shown["mentions"] == []
    assert shown["flags"] & EPHEMERAL
    with Image.open(BytesIO(file.data)) as chart:
        assert chart.format == "PNG"


async def test_a_server_without_pictures_has_no_chart(scene: Scene) -> None:
    pressed = await scene.manager.click(await asked(scene.manager), USAGE)
    shown = await pressed.until(words)

    assert "Nobody here asked for a picture in the last 30 days." in words(shown)
    assert shown["attachments"] == []


async def test_others_are_not_offered_the_servers_use(scene: Scene) -> None:
    shown = str((await asked(scene.alice)).message)

    assert USAGE not in shown


async def test_a_forged_button_shows_nothing(scene: Scene) -> None:
    channel = scene.bot.get_partial_messageable(scene.discord.channel("general").id)
    forged = layout.button(CustomId(Action.USAGE, str(scene.discord.guild.id)), "Press")
    await channel.send(view=layout.view(layout.row(forged)))
    pressed = await scene.alice.click(scene.alice.sees()[-1], "Press")

    assert "Only those with Manage Server" in words(await pressed.until(words))


async def test_who_has_lost_the_right_sees_nothing_any_more(scene: Scene) -> None:
    reply = await asked(scene.manager)
    place = scene.discord.channel("general")
    scene.discord.forbid(place, Permission.MANAGE_GUILD, person=scene.manager)
    pressed = await scene.manager.click(reply, USAGE)

    assert "Only those with Manage Server" in words(await pressed.until(words))


@pytest.mark.parametrize("stated", [754.0, None])
async def test_no_return_is_in_no_time(scene: Scene, stated: float | None) -> None:
    scene.provider.scripts.append((GpuQuotaExceeded("no", retry_after=stated),))
    reply = await scene.bob.command("imagine", prompt="an owl")
    told = str(await reply.until_followup(words))
    shown = str((await asked(scene.alice)).message)

    assert ("did not say when" in told, "is unknown" in shown) == (stated is None, stated is None)
    assert "<t:1000:R>" not in told + shown
