"""**Draw it when quota returns**: parked, drawn once, and delivered long after the request."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.domain.allowance import Scope
from bot.domain.errors import GpuQuotaExceeded
from bot.domain.job import JobState
from bot.domain.settings.catalogue import Layer
from bot.domain.settings.layers import Target
from bot.sandbox.discord import Permission, Reply
from bot.sandbox.discord.faults import Fault
from tests.cogs.acting import decide
from tests.cogs.conftest import EPHEMERAL, Scene, is_finished, words

PARK, UNPARK = "Draw it when quota returns", "Don't draw it"


async def use_up(scene: Scene, seconds: float = 754.0) -> None:
    """Let a picture of bob's find the quota used up."""
    scene.provider.scripts.append((GpuQuotaExceeded("no", retry_after=seconds),))
    reply = await scene.bob.command("imagine", prompt="an owl")
    await reply.until(lambda message: "No picture was made." in words(message))
    await scene.settled("job1")


async def parked(scene: Scene, **options: Any) -> Reply:
    """Return the answer to alice's parking of what was refused."""
    refused = await scene.alice.command("imagine", **({"prompt": "a fox"} | options))
    await refused.until(words)
    pressed = await scene.alice.click(refused, PARK)
    await pressed.until(words)
    return pressed


def own_messages(scene: Scene) -> list[dict[str, Any]]:
    return [one for one in scene.alice.sees() if "interaction_metadata" not in one]


async def delivered(scene: Scene, job_id: str) -> None:
    await scene.settled(job_id)
    job = await scene.store.get(job_id)
    assert job is not None
    assert job.state is JobState.DELIVERED


async def test_while_the_clock_runs_a_request_is_answered_at_once_with_the_way_to_park_it(
    scene: Scene,
) -> None:
    await use_up(scene)
    refused = await scene.alice.command("imagine", prompt="a fox")
    told = await refused.until(words)
    pressed = await scene.alice.click(refused, PARK)
    answer = await pressed.until(words)

    assert "<t:1754:R>" in str(told["components"])
    assert told["flags"] & answer["flags"] & EPHEMERAL
    assert "It waits for GPU quota, 24 hours at most. Quota returns <t:1754:R>." in str(answer["components"])
    assert len(scene.provider.requests) == 1


async def test_what_was_refused_is_drawn_once_when_the_clock_runs_out(scene: Scene) -> None:
    scene.tick()
    await use_up(scene, 1.0)
    await parked(scene)
    done = await scene.comes()
    await delivered(scene, "job2")

    assert [file["filename"] for file in done["attachments"]] == ["a-fox-7.png"]
    assert f"<@{scene.alice.user.id}>" in str(done["components"])
    assert done["mentions"] == []
    assert len(own_messages(scene)) == 1
    assert [one.prompt for one in scene.provider.requests] == ["an owl", "a fox"]


async def test_what_met_the_end_of_the_quota_itself_refers_to_its_request(scene: Scene) -> None:
    scene.tick()
    scene.provider.scripts.append((GpuQuotaExceeded("no", retry_after=0.7),))
    reply = await scene.alice.command("imagine", prompt="a fox")
    await reply.until(lambda message: "No picture was made." in words(message))
    told = await reply.until_followup(words)
    await scene.settled("job1")
    await (await scene.alice.click(told, PARK)).until(words)
    await scene.comes()
    await delivered(scene, "job1")
    [post] = scene.discord.log.find("POST", "/messages")

    assert post["body"]["message_reference"]["message_id"] == int((reply.message or {})["id"])
    assert len(own_messages(scene)) == 1


async def test_a_restart_and_the_end_of_the_interactions_token_lose_nothing(scene: Scene) -> None:
    await use_up(scene)
    await parked(scene)
    scene.now = 3000.0
    await scene.restart()
    await scene.comes()
    await delivered(scene, "job2")
    await scene.restart()

    assert len(own_messages(scene)) == 1
    assert len(scene.provider.requests) == 2


async def test_a_private_picture_comes_as_a_direct_message(scene: Scene) -> None:
    scene.tick()
    await use_up(scene, 0.7)
    await parked(scene, private=True)
    await scene.comes(scene.alice.dm)

    assert own_messages(scene) == []


async def test_where_the_bot_may_write_no_more_it_writes_to_the_user(scene: Scene) -> None:
    await use_up(scene)
    await parked(scene)
    scene.discord.forbid(scene.discord.channel("general"), Permission.SEND_MESSAGES)
    scene.now = 3000.0
    await scene.restart()

    assert await scene.comes(scene.alice.dm)
    assert own_messages(scene) == []


async def test_a_fourth_one_is_refused(scene: Scene) -> None:
    await use_up(scene)
    answers = [words((await parked(scene)).message) for _ in range(4)]

    assert ["It waits for GPU quota" in answer for answer in answers] == [True, True, True, False]
    assert "The limit for you is 3 requests waiting for quota." in answers[3]


async def test_who_changed_their_mind_gets_no_picture(scene: Scene) -> None:
    await use_up(scene)
    pressed = await parked(scene)
    await scene.alice.click(pressed, UNPARK)
    await pressed.until(lambda message: "It is not drawn." in words(message))
    job = await scene.store.get("job2")

    assert job is not None
    assert job.state is JobState.CANCELLED


async def test_what_is_parked_is_not_parked_again(scene: Scene) -> None:
    await use_up(scene)
    refused = await scene.alice.command("imagine", prompt="a fox")
    await refused.until(words)
    await (await scene.alice.click(refused, PARK)).until(words)
    again = await scene.alice.click(refused, PARK)

    assert "does not wait for GPU quota any more" in words(await again.until(words))


@pytest.mark.parametrize("name", ["bob", "mod"])
async def test_nobody_parks_for_somebody_else(scene: Scene, name: str) -> None:
    scene.provider.scripts.append((GpuQuotaExceeded("no", retry_after=754),))
    reply = await scene.alice.command("imagine", prompt="a fox")
    await reply.until(lambda message: "No picture was made." in words(message))
    await scene.settled("job1")
    pressed = await (scene.bob if name == "bob" else scene.moderator).click(reply, PARK)

    assert "Only the person who asked" in words(await pressed.until(words))
    assert (await scene.store.parked()) == []


async def test_a_quota_that_is_gone_again_tells_nobody(scene: Scene) -> None:
    scene.tick()
    await use_up(scene, 0.5)
    scene.provider.scripts.append((GpuQuotaExceeded("no", retry_after=0.5),))
    await parked(scene)
    done = await scene.comes()

    assert is_finished(done)
    assert len(own_messages(scene)) == 1
    assert len(scene.provider.requests) == 3


async def test_what_waited_in_vain_for_a_day_is_told(scene: Scene) -> None:
    await use_up(scene, 200_000.0)
    await parked(scene)
    scene.now += 86_401.0
    await scene.restart()
    told = await scene.discord.core.bell.until(lambda: next(iter(own_messages(scene)), None))

    assert "The GPU quota did not return in time" in words(told)
    assert len(scene.provider.requests) == 1
    async with asyncio.timeout(10):
        while await scene.store.parked():
            await asyncio.sleep(0.001)


# --- asked again when their turn comes ------------------------------------------------------------------


async def block(scene: Scene) -> None:
    moderation, guild_id = scene.bot.services.moderation, scene.discord.guild.id
    await moderation.block(guild_id, scene.alice.user.id, by=99, reason="enough", hours=None)


async def pause(scene: Scene) -> None:
    await decide(scene, paused=True, pause_text="Back at noon")


async def pause_the_thread_s_channel(scene: Scene) -> None:
    await decide(scene, Target(Layer.CHANNEL, scene.discord.channel("art").id), paused=True)


async def block_a_word(scene: Scene) -> None:
    await decide(scene, blocked_words=("fox",))


async def review_a_word(scene: Scene) -> None:
    await decide(scene, reviewed_words=("fox",))


async def close_the_category(scene: Scene) -> None:
    await decide(scene, Target(Layer.CATEGORY, scene.discord.channel("Studio").id), paused=True)


async def open_other_channels(scene: Scene) -> None:
    await decide(scene, allowed_channels=(str(scene.discord.channel("general").id),))


async def take_the_role(scene: Scene) -> None:
    scene.alice.change(roles=[])


async def take_the_mark(scene: Scene) -> None:
    await decide(scene, age_restricted_only=True)


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (block, "blocked you in this server. They say: “enough”"),
        (pause, "paused the bot here. They say: “Back at noon”"),
        (pause_the_thread_s_channel, "paused the bot here"),
        (close_the_category, "paused the bot here"),
        (block_a_word, "This server does not draw"),
        (review_a_word, "This server does not draw"),
        (open_other_channels, "does not draw here, but in"),
        (take_the_role, "you need one of these roles"),
        (take_the_mark, "age-restricted channels only"),
    ],
)
async def test_what_may_not_be_drawn_any_more_is_not_and_its_member_alone_is_told(
    scene: Scene, decision: Callable[[Scene], Awaitable[None]], said: str
) -> None:
    painter = scene.discord.add_role("painter")
    for person in (scene.alice, scene.bob):
        person.change(roles=[painter])
    if decision is take_the_role:
        await decide(scene, allowed_roles=(str(painter.id),))
    await use_up(scene)
    place = scene.discord.channel("art" if decision is close_the_category else "fox-thread")
    await parked(scene, channel=place)
    await decision(scene)
    scene.now = 3000.0
    await scene.restart()
    told = await scene.discord.core.bell.until(lambda: next(iter(scene.alice.sees(scene.alice.dm)), None), 10)
    await scene.settled("job2")
    job = await scene.store.get("job2")

    assert said in words(told)
    assert "a fox" in words(told)
    assert told["mentions"] == []
    assert job is not None
    assert job.state is JobState.FAILED
    assert len(scene.provider.requests) == 1
    assert await scene.stores.limits.charges(Scope.USER, scene.alice.user.id, 0.0) == []
    assert scene.discord.log.find("POST", f"/channels/{place.id}/messages") == []


async def test_who_still_may_is_drawn_by_the_roles_and_the_place_as_they_are_then(scene: Scene) -> None:
    painter = scene.discord.add_role("painter")
    scene.alice.change(roles=[painter])
    await use_up(scene)
    await parked(scene, channel="mature")
    studio = scene.discord.channel("Studio")
    await decide(
        scene,
        allowed_roles=(str(painter.id),),
        allowed_channels=(str(studio.id),),
        age_restricted_only=True,
        mature_words=("fox",),
    )
    scene.now = 3000.0
    await scene.restart()

    assert await scene.comes("mature")
    await delivered(scene, "job2")


async def test_while_discord_does_not_say_who_asked_nothing_is_drawn(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.parking.AGAIN", 0.05)
    await use_up(scene)
    await parked(scene)
    path = f"/guilds/{scene.discord.guild.id}"
    scene.discord.faults.add(Fault(method="GET", path=path, status=400, body={"message": "?", "code": 0}))
    scene.now = 3000.0
    scene.tick()
    await scene.restart()
    async with asyncio.timeout(10):
        while len(scene.discord.log.find("GET", path)) < 2:
            await asyncio.sleep(0.001)
    first = next(row["status"] for row in scene.discord.log.find("GET", path))
    await scene.comes()
    await delivered(scene, "job2")

    assert first == 400
    assert len(own_messages(scene)) == 1
