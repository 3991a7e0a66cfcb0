"""What moderators set, as a member meets it at the next `/imagine`; and where the bot may be used at all."""

import asyncio
from typing import Any

import pytest

from bot.domain.allowance import Policy, RateLimit
from bot.domain.events import ImagePreview
from bot.domain.moderation import Action
from bot.domain.reach import Reach
from bot.domain.settings.catalogue import Layer
from bot.domain.settings.layers import Target
from bot.domain.styles import Style
from bot.sandbox.discord import Person, Reply
from bot.sandbox.discord.people.refused import Refused
from tests.cogs.acting import audit, decide
from tests.cogs.conftest import EPHEMERAL, Scene, is_finished, words
from tests.fakes import RESPONSE


async def ask(scene: Scene, person: Person | None = None, **given: Any) -> Reply:
    """Return the reply to a member's `/imagine`, once there is something to read or to see."""
    reply = await (person or scene.alice).command("imagine", **({"prompt": "a fox"} | given))
    await reply.until(lambda message: is_finished(message) or is_told(message))
    return reply


def is_told(message: dict[str, Any]) -> bool:
    """Whether a message is a sentence for one person, and no card."""
    is_card = message["components"] and message["components"][0]["type"] == 17
    return bool(words(message)) and bool(message["flags"] & EPHEMERAL) and not is_card


async def refused(scene: Scene, person: Person | None = None, **given: Any) -> str:
    """Return why a member's `/imagine` was not drawn."""
    before = len(scene.provider.requests)
    shown = (await ask(scene, person, **given)).message or {}
    assert is_told(shown)
    assert len(scene.provider.requests) == before
    return words(shown)


async def steps(scene: Scene, person: Person | None = None, **given: Any) -> int:
    """Return with how many steps a member's `/imagine` was drawn."""
    assert is_finished((await ask(scene, person, **given)).message or {})
    return scene.provider.requests[-1].steps


def role(scene: Scene, person: Person) -> int:
    """Return the id of a member's own role."""
    [role_id] = scene.discord.guild.members[person.user.id].role_ids
    return role_id


# --- what is drawn ----------------------------------------------------------------------------------------


async def test_what_a_member_leaves_open_is_as_moderators_set_it(scene: Scene) -> None:
    await decide(scene, steps=20, guidance_scale=3.0, aspect_ratio="16:9", spoiler=True, count=2)
    await decide(scene, negative_prompt="text", always_negative="blurry")
    reply = await ask(scene)
    [request, second] = scene.provider.requests

    assert (request.steps, request.guidance_scale, request.negative_prompt) == (20, 3.0, "text, blurry")
    assert request.size.width > request.size.height
    assert second.prompt == request.prompt
    assert "'spoiler': True" in str((reply.message or {})["components"])


async def test_what_a_member_gives_comes_first_but_for_what_is_always_avoided(scene: Scene) -> None:
    await decide(scene, steps=20, negative_prompt="text", always_negative="blurry")
    await ask(scene, steps=30, negative_prompt="trees")
    [request] = scene.provider.requests

    assert (request.steps, request.negative_prompt) == (30, "trees, blurry")


async def test_later_layers_win_from_the_server_to_the_role(scene: Scene) -> None:
    studio, art = scene.discord.channel("Studio"), scene.discord.channel("art")
    await decide(scene, Target(Layer.CATEGORY, studio.id), steps=10)
    await decide(scene, Target(Layer.CHANNEL, art.id), steps=20)
    await decide(scene, Target(Layer.ROLE, role(scene, scene.moderator)), steps=30)

    assert await steps(scene, channel="general") == 40
    assert await steps(scene, channel="mature") == 10
    assert await steps(scene, channel="art") == 20
    assert await steps(scene, channel="fox-thread") == 20
    assert await steps(scene, scene.moderator, channel="art") == 30


async def test_a_style_of_the_house_dresses_every_prompt_and_a_chosen_one_another(scene: Scene) -> None:
    guild_id = scene.discord.guild.id
    await scene.stores.styles.put(
        guild_id, Style(name="House", before="ink drawing of", steps=12), is_new=True
    )
    await scene.stores.styles.put(guild_id, Style(name="Other", after="in oil"), is_new=True)
    await decide(scene, style="House")
    await ask(scene)
    await ask(scene, style="other")

    assert [(one.prompt, one.steps) for one in scene.provider.requests] == [
        ("ink drawing of, a fox", 12),
        ("a fox, in oil", 40),
    ]


async def test_a_server_without_public_pictures_has_none_that_could_be_shared(scene: Scene) -> None:
    await decide(scene, privacy="always_private")
    reply = await ask(scene, private=False)
    shared = await (await scene.alice.click(reply, "Share")).until(is_told)

    assert (reply.message or {})["flags"] & EPHEMERAL
    assert "do not let you choose private" in words(shared)
    assert scene.bob.sees() == []


@pytest.mark.parametrize(("previews", "shown"), [(True, 2), (False, 1)])
async def test_previews_are_shown_unless_they_are_off(scene: Scene, previews: bool, shown: int) -> None:  # noqa: FBT001
    seen = asyncio.Event()
    scene.provider.script = (ImagePreview("http://space/1.webp", "a fox"), seen, RESPONSE)
    await decide(scene, previews=previews)
    reply = await scene.alice.command("imagine", prompt="a fox")
    await reply.until(lambda message: message["attachments"] if previews else "Drawing" in words(message))
    seen.set()
    done = await reply.until(is_finished)
    history = scene.discord.world.messages[int(done["id"])].history
    files = [part["id"] for one in history for part in (one.payload or {})["attachments"]]

    assert len(set(files)) == shown


# --- what is refused --------------------------------------------------------------------------------------


async def test_an_option_that_is_closed_is_not_chosen(scene: Scene) -> None:
    await decide(scene, closed_options=("seed", "model"))

    assert "do not let you choose seed here" in await refused(scene, seed=7)
    assert await steps(scene) == 40


async def test_no_more_than_the_maximum_is_asked_for_or_filled_in(scene: Scene) -> None:
    await decide(scene, max_steps=25, max_count=1)

    assert "number of steps may be 25 at most here" in await refused(scene, steps=26)
    assert "number of pictures may be 1 at most here" in await refused(scene, count=2)
    assert await steps(scene) == 25


async def test_the_bot_draws_in_the_channels_and_categories_that_are_open(scene: Scene) -> None:
    art, studio = scene.discord.channel("art"), scene.discord.channel("Studio")
    await decide(scene, allowed_channels=(str(art.id),))
    said = await refused(scene)
    await decide(scene, allowed_channels=(str(studio.id),))

    assert f"but in <#{art.id}>." in said
    assert f"but in <#{studio.id}>." in await refused(scene)
    assert await steps(scene, channel="mature") == 40
    assert await steps(scene, channel="fox-thread") == 40


async def test_only_certain_roles_may_draw(scene: Scene) -> None:
    allowed = role(scene, scene.moderator)
    await decide(scene, allowed_roles=(str(allowed),))

    assert f"one of these roles: <@&{allowed}>." in await refused(scene)
    assert await steps(scene, scene.moderator) == 40


async def test_a_server_may_draw_in_age_restricted_channels_only(scene: Scene) -> None:
    await decide(scene, age_restricted_only=True)

    assert "age-restricted channels only" in await refused(scene)
    assert await steps(scene, channel="mature") == 40


async def test_a_pause_is_told_with_its_sentence(scene: Scene) -> None:
    await decide(scene, paused=True, pause_text="Back at noon")

    assert "They say: “Back at noon”." in await refused(scene)


async def test_a_role_has_more_but_never_more_than_the_operator_allows(scene: Scene) -> None:
    scene.policy = Policy(user=RateLimit(daily=3))
    await scene.restart()
    await decide(scene, user_daily=1)
    await decide(scene, Target(Layer.ROLE, role(scene, scene.moderator)), user_daily=100)

    assert await steps(scene) == 40
    assert "1 picture in 24 hours" in await refused(scene)
    assert [await steps(scene, scene.moderator) for _ in range(3)] == [40, 40, 40]
    assert "3 pictures in 24 hours" in await refused(scene, scene.moderator)


# --- words ------------------------------------------------------------------------------------------------


async def test_a_blocked_word_is_not_drawn_in_any_disguise_and_its_kin_is(scene: Scene) -> None:
    await decide(scene, blocked_words=("kill*",))

    assert "does not draw k1lling" in await refused(scene, prompt="k1lling time")
    assert await steps(scene, prompt="a skill") == 40


async def test_what_a_server_allows_never_opens_what_the_operator_blocks(scene: Scene) -> None:
    scene.blocked_words = ("kill",)
    await scene.restart()
    await decide(scene, blocked_words=("bill",), allowed_words=("kill bill",))

    assert "kill" in await refused(scene, prompt="kill bill")


async def test_mature_words_are_drawn_where_discord_marks_the_channel(scene: Scene) -> None:
    await decide(scene, mature_words=("nude",))

    assert "This prompt is drawn in age-restricted channels only" in await refused(scene, prompt="a nude")
    assert await steps(scene, prompt="a nude", channel="mature") == 40


async def test_a_word_with_a_warning_is_drawn_and_its_member_is_told_alone(scene: Scene) -> None:
    await decide(scene, warned_words=("tank",))
    reply = await ask(scene, prompt="a tank")

    def look() -> list[dict[str, Any]] | None:
        return [one for one in scene.alice.sees() if "would rather not read tank" in words(one)] or None

    [told] = await scene.discord.core.bell.until(look, 10)
    assert told["flags"] & EPHEMERAL
    assert is_finished(reply.message or {})
    assert len(scene.bob.sees()) == 1


@pytest.mark.parametrize("prompt", ["a tank", "a {red, blue} tank"])
async def test_a_prompt_to_review_goes_to_the_moderators_once_and_is_not_drawn(
    scene: Scene, prompt: str
) -> None:
    await decide(scene, reviewed_words=("tank",), report_channel=(str(scene.discord.channel("art").id),))
    said = await refused(scene, prompt=prompt)
    [card] = scene.manager.sees("art")

    assert "the moderators were told, because of tank" in said
    assert "tank" in words(card)
    assert f"<@{scene.alice.user.id}>" in words(card)
    assert [user_id for user_id, _, _ in await audit(scene, Action.REVIEW)] == [scene.alice.user.id]


# --- blocked users ----------------------------------------------------------------------------------------


async def test_who_is_blocked_draws_by_no_way(scene: Scene) -> None:
    drawn = await scene.drawn(prompt="a fox")
    private = await ask(scene, private=True)
    moderation, guild_id = scene.bot.services.moderation, scene.discord.guild.id
    await moderation.block(guild_id, scene.alice.user.id, by=99, reason="enough", hours=1)
    number = len(scene.provider.requests)
    pressed = [await scene.alice.click(drawn, "Again"), await scene.alice.click(private, "Share")]
    said = [words(await reply.until(is_told)) for reply in pressed]
    said += [await refused(scene), await refused(scene, prompt="a {red, blue} fox")]

    assert all("blocked you in this server" in one for one in said)
    assert all("“enough”" in one for one in said)
    assert len(scene.provider.requests) == number
    assert await steps(scene, scene.bob) == 40


async def test_what_was_drawn_where_it_may_be_is_not_shared_where_it_may_not(scene: Scene) -> None:
    await decide(scene, mature_words=("nude",))
    await ask(scene, prompt="a nude", channel="mature", private=True)
    shown = await scene.alice.command("imagine-last")
    await shown.until(words)
    shared = await (await scene.alice.click(shown, "Share")).until(is_told)

    assert "age-restricted channels only" in words(shared)
    assert scene.bob.sees() == []


# --- beyond the servers that installed it -----------------------------------------------------------------


def offered_everywhere(scene: Scene) -> None:
    """Let Discord offer the command wherever there is one, as it does until it knows of a change."""
    for command in scene.discord.world.commands[None].values():
        command.update(contexts=None, integration_types=[0, 1])


async def abroad(scene: Scene) -> Person:
    """Return alice in a server that has not installed the bot."""
    guild = scene.discord.add_guild("Abroad")
    del guild.members[scene.discord.world.bot.id]
    return scene.discord.person("alice", guild=guild)


async def test_direct_messages_are_closed_until_the_operator_opens_them(scene: Scene) -> None:
    with pytest.raises(Refused):
        await scene.alice.direct("imagine", prompt="a fox")
    offered_everywhere(scene)

    assert "does not let it be used here" in await refused(scene, channel=scene.alice.dm)


async def test_a_picture_is_drawn_in_a_direct_message(scene: Scene) -> None:
    scene.reach = Reach(direct_messages=True)
    await scene.restart()
    await decide(scene, steps=20, paused=True)

    assert await steps(scene, channel=scene.alice.dm) == 40  # no server's settings hold there


async def test_the_operators_limits_and_words_hold_in_direct_messages(scene: Scene) -> None:
    scene.reach, scene.blocked_words = Reach(direct_messages=True), ("kill",)
    scene.policy = Policy(user=RateLimit(daily=1))
    await scene.restart()

    assert "kill" in await refused(scene, prompt="kill", channel=scene.alice.dm)
    assert await steps(scene, channel=scene.alice.dm) == 40
    assert "1 picture in 24 hours" in await refused(scene, channel=scene.alice.dm)


async def test_a_user_alone_cannot_bring_the_bot_along_until_the_operator_allows_it(scene: Scene) -> None:
    said = await refused(scene, await abroad(scene), user_install=True)

    assert "does not let it be used here" in said


async def test_a_guest_speaks_to_its_user_alone_whatever_they_press(scene: Scene) -> None:
    scene.reach = Reach(user_install=True)
    await scene.restart()
    alice = await abroad(scene)
    bob = scene.discord.person("bob", guild=alice.guild)
    reply = await ask(scene, alice, private=False, user_install=True)
    again = await alice.click(reply, "Again")
    shared = await alice.click(reply, "Share")
    done, said = await again.until(is_finished), await shared.until(is_told)

    assert is_finished(reply.message or {})
    assert (reply.message or {})["flags"] & done["flags"] & EPHEMERAL
    assert "does not let it be used here" in words(said)
    assert bob.sees() == []


@pytest.mark.parametrize("others", [["bob"], ["bob", "carol"]])
async def test_conversations_of_people_are_closed_until_the_operator_lets_them_bring_the_bot(
    scene: Scene, others: list[str]
) -> None:
    place = scene.discord.private_channel(scene.alice, *map(scene.discord.person, others))
    with pytest.raises(Refused):
        await scene.alice.command("imagine", prompt="a fox", channel=place)
    offered_everywhere(scene)

    assert "does not let it be used here" in await refused(scene, channel=place)


@pytest.mark.parametrize("others", [["bob"], ["bob", "carol"]])
async def test_among_people_the_bot_speaks_to_its_user_alone_whatever_they_press(
    scene: Scene, others: list[str]
) -> None:
    scene.reach = Reach(user_install=True)
    await scene.restart()
    place = scene.discord.private_channel(scene.alice, *map(scene.discord.person, others))
    reply = await ask(scene, private=False, channel=place)
    again = await (await scene.alice.click(reply, "Again")).until(is_finished)
    shared = await (await scene.alice.click(reply, "Share")).until(is_told)
    job = await scene.store.get("job1")

    assert is_finished(reply.message or {})
    assert (reply.message or {})["flags"] & again["flags"] & shared["flags"] & EPHEMERAL
    assert "does not let it be used here" in words(shared)
    assert scene.bob.sees(place) == []
    assert scene.discord.log.find("POST", f"/channels/{place.id}/messages") == []
    assert job is not None
    assert (job.guild_id, job.channel_id, job.private) == (None, place.id, True)


async def test_moderators_commands_are_not_offered_among_people(scene: Scene) -> None:
    scene.reach = Reach(user_install=True, direct_messages=True)
    await scene.restart()
    place = scene.discord.private_channel(scene.alice, scene.bob)
    offered = {command["name"] for command in scene.alice.sight.commands(place)}

    assert "imagine" in offered
    assert offered.isdisjoint({"settings", "reports", "block", "pause", "resume"})
