"""Reports: from the button under a picture to what moderators do about it."""

import asyncio
from typing import Any

import pytest

from bot.domain.moderation import Action, Outcome
from bot.sandbox.discord import Permission, Person, Reply
from bot.sandbox.discord.components import walk
from bot.sandbox.discord.permissions import Overwrite
from tests.cogs.acting import audit, decide, forge, take_rights
from tests.cogs.conftest import EPHEMERAL, Scene, words

REASON = {"reason": "this is *cruel*"}


@pytest.fixture
async def house(scene: Scene) -> Scene:
    """A server whose moderators read reports in `art`, and the log in `mature`."""
    await decide(
        scene,
        report_channel=(str(scene.discord.channel("art").id),),
        log_channel=(str(scene.discord.channel("mature").id),),
    )
    return scene


async def report(scene: Scene, reply: Reply, person: Person | None = None) -> dict[str, Any]:
    """Report a picture, and return what the reporter is told."""
    person = person or scene.bob
    opened = await person.click(reply, "Report")
    answer = await (await person.submit(opened.modal, REASON)).until(words)
    assert answer["flags"] & EPHEMERAL
    return answer


async def told(reply: Reply) -> str:
    """Return what the presser alone reads."""
    shown = await reply.until(lambda message: words(message) and message["flags"] & EPHEMERAL)
    return words(shown)


def cards(scene: Scene) -> list[dict[str, Any]]:
    return scene.manager.sees("art")


def log(scene: Scene) -> str:
    return "\n".join(map(words, scene.manager.sees("mature")))


def labels(message: dict[str, Any]) -> list[str]:
    return [str(part["label"]) for part in walk(message["components"]) if part.get("label")]


def spoilers(reply: Reply) -> list[bool]:
    galleries = [part for part in walk((reply.message or {})["components"]) if part["type"] == 12]
    return [item["spoiler"] for gallery in galleries for item in gallery["items"]]


async def until(scene: Scene, holds: Any) -> None:
    await scene.discord.core.bell.until(lambda: holds() or None)


async def test_a_report_reaches_the_moderators_with_all_they_need(house: Scene) -> None:
    reply = await house.drawn(prompt="a fox")
    said = await report(house, reply)
    [card] = cards(house)
    shown = str(card["components"])

    assert "have your report" in words(said)
    assert "> a fox" in shown
    assert f"<@{house.alice.user.id}>" in shown
    assert f"<@{house.bob.user.id}>" in shown
    assert "this is \\\\*cruel\\\\*" in shown
    assert f"/{(reply.message or {})['id']})" in shown
    assert labels(card) == ["Delete picture", "Block here…", "Dismiss"]


async def test_nobody_is_called_by_a_card(house: Scene) -> None:
    await report(house, await house.drawn())
    posted = [
        row for row in house.discord.log.rows if row["method"] == "POST" and row["path"].endswith("messages")
    ]

    assert posted
    assert all(row["body"]["allowed_mentions"] == {"parse": []} for row in posted)


async def test_without_a_channel_moderators_find_it_in_a_list(scene: Scene) -> None:
    said = await report(scene, await scene.drawn(prompt="a fox"))
    listed = await scene.moderator.command("reports")

    assert "`/reports`" in str(said["components"])
    assert "a fox" in await told(listed)


async def test_without_a_report_channel_the_log_channel_has_it(scene: Scene) -> None:
    await decide(scene, log_channel=(str(scene.discord.channel("mature").id),))
    said = await report(scene, await scene.drawn())

    assert "have your report" in words(said)
    assert "Reported" in log(scene)


async def test_one_reports_once(house: Scene) -> None:
    reply = await house.drawn()
    await report(house, reply)
    again = await house.bob.click(reply, "Report")

    assert "already" in await told(again)
    assert again.modal is None


async def test_a_form_that_is_sent_twice_counts_once(house: Scene) -> None:
    reply = await house.drawn()
    opened = await house.bob.click(reply, "Report")
    both = [await house.bob.submit(opened.modal, REASON) for _ in range(2)]
    await both[0].until(words)

    assert "already" in words(await both[1].until(words))
    assert len(await house.stores.moderation.reports("job1")) == 1


async def test_ones_own_picture_is_deleted_and_not_reported(house: Scene) -> None:
    reply = await house.drawn()

    assert "your own picture" in await told(await house.alice.click(reply, "Report"))


async def test_a_private_picture_has_no_such_button_and_a_forged_one_does_nothing(house: Scene) -> None:
    public, private = await house.drawn(), await house.drawn(private=True)
    pressed = await forge(house, house.bob, "imagine:report:job2:", public.message or {})

    assert "Report" not in labels(private.message or {})
    assert "no such picture" in await told(pressed)


async def test_reports_are_bounded_in_time(house: Scene) -> None:
    for _ in range(5):
        await report(house, await house.drawn())

    assert "many pictures lately" in words(await report(house, await house.drawn()))
    house.now += 3601

    assert "have your report" in words(await report(house, await house.drawn()))


async def test_more_reports_are_on_the_same_card(house: Scene) -> None:
    reply = await house.drawn()
    await report(house, reply)
    await report(house, reply, house.discord.person("carol"))
    [card] = cards(house)

    assert "Reported by 2 members" in words(card)


async def test_delete_takes_the_picture_away_and_settles_the_card(house: Scene) -> None:
    reply = await house.drawn()
    await report(house, reply)
    await house.moderator.click(cards(house)[0], "Delete picture")
    await until(house, lambda: "deleted" in log(house))
    [card] = cards(house)

    assert reply.message is None
    assert f"Deleted by <@{house.moderator.user.id}>" in words(card)
    assert labels(card) == []
    assert await audit(house, Action.DELETE) == [(house.moderator.user.id, "job1", str(house.alice.user.id))]
    assert [one.outcome for one in await house.stores.moderation.reports("job1")] == [Outcome.DELETED]


async def test_dismiss_leaves_the_picture(house: Scene) -> None:
    reply = await house.drawn()
    await report(house, reply)
    await house.moderator.click(cards(house)[0], "Dismiss")
    await until(house, lambda: "dismissed" in log(house))

    assert reply.message is not None
    assert f"Dismissed by <@{house.moderator.user.id}>" in words(cards(house)[0])
    assert await audit(house, Action.DISMISS)


@pytest.mark.parametrize(("hours", "until_"), [("24", 1000.0 + 86400), ("-", None)])
async def test_block_keeps_the_user_from_drawing(house: Scene, hours: str, until_: float | None) -> None:
    await report(house, await house.drawn())
    opened = await house.moderator.click(cards(house)[0], "Block here…")
    await house.moderator.submit(opened.modal, {"hours": [hours], "reason": "enough"})
    await until(house, lambda: "blocked" in log(house))
    refused = await house.alice.command("imagine", prompt="an owl")
    block = await house.stores.moderation.blocked(house.discord.guild.id, house.alice.user.id, house.now)

    assert block is not None
    assert block.until == until_
    assert "enough" in await told(refused)
    assert "Blocked by" in words(cards(house)[0])
    assert labels(cards(house)[0]) == ["Delete picture", "Dismiss"]


async def test_a_card_works_after_a_restart_and_so_does_its_block(house: Scene) -> None:
    await report(house, await house.drawn())
    opened = await house.moderator.click(cards(house)[0], "Block here…")
    await house.restart()
    await house.moderator.submit(opened.modal, {"hours": ["1"]})
    await until(house, lambda: "Blocked by" in words(cards(house)[0]))
    await house.restart()
    refused = await house.alice.command("imagine", prompt="an owl")
    await house.moderator.click(cards(house)[0], "Dismiss")

    assert "blocked you" in await told(refused)
    await until(house, lambda: "Dismissed" in words(cards(house)[0]))


async def test_the_second_moderator_is_shown_what_the_first_did(house: Scene) -> None:
    await report(house, await house.drawn())
    [card] = cards(house)
    await house.moderator.click(card, "Dismiss")
    await until(house, lambda: "Dismissed" in words(cards(house)[0]))
    late = await forge(house, house.manager, "imagine:report-delete:job1:", card)
    await late.until(lambda message: "Dismissed" in words(message))

    assert await audit(house, Action.DELETE) == []
    assert len(house.alice.sees()) == 1


async def test_a_list_is_paged_and_settled_from_within(scene: Scene) -> None:
    for prompt in ("a fox", "an owl"):
        await report(scene, await scene.drawn(prompt=prompt))
        scene.now += 1
    listed = await scene.moderator.command("reports")
    first = await told(listed)
    second = await scene.moderator.click(listed, "Older")
    await second.until(lambda message: "an owl" in words(message))
    settled = await scene.moderator.click(listed, "Dismiss")
    await settled.until(lambda message: "Dismissed" in words(message))
    back = await scene.moderator.click(listed, "Open reports")
    shown = await back.until(lambda message: "a fox" in words(message))
    await scene.moderator.click(listed, "Dismiss")
    await listed.until(lambda message: "a fox" in words(message) and "Dismissed" in words(message))
    empty = await scene.moderator.click(listed, "Open reports")

    assert "a fox" in first
    assert "1 of 2" in first
    assert "of 2" not in words(shown)
    assert await empty.until(lambda message: "No report is open" in words(message))


# --- what members may not ---------------------------------------------------------------------------------


@pytest.mark.parametrize("label", ["Delete picture", "Block here…", "Dismiss"])
async def test_a_member_who_sees_a_card_does_nothing_with_it(house: Scene, label: str) -> None:
    reply = await house.drawn()
    await report(house, reply)
    pressed = await house.bob.click(cards(house)[0], label)
    [(who, tried, _)] = await audit(house, Action.REFUSED)

    assert "Only moderators" in await told(pressed)
    assert pressed.modal is None
    assert who == house.bob.user.id
    assert tried.startswith("imagine:report-")
    assert reply.message is not None
    assert len(await house.stores.moderation.reports("job1")) == 1


@pytest.mark.parametrize(
    "permission", [Permission.MANAGE_MESSAGES, Permission.MANAGE_GUILD, Permission.ADMINISTRATOR]
)
async def test_moderators_managers_and_administrators_may(house: Scene, permission: Permission) -> None:
    await report(house, await house.drawn())
    somebody = house.discord.person("somebody", permissions=permission)
    await somebody.click(cards(house)[0], "Dismiss")

    await until(house, lambda: "Dismissed" in words(cards(house)[0]))


async def test_a_form_is_refused_when_the_right_is_gone_since_it_was_opened(house: Scene) -> None:
    await report(house, await house.drawn())
    opened = await house.moderator.click(cards(house)[0], "Block here…")
    take_rights(house, house.moderator)
    sent = await house.moderator.submit(opened.modal, {"hours": ["24"]})

    assert "Only moderators" in await told(sent)
    assert await house.stores.moderation.blocks(house.discord.guild.id, house.now) == []
    assert [who for who, *_ in await audit(house, Action.REFUSED)] == [house.moderator.user.id]


async def test_the_list_is_refused_to_whom_the_server_gave_the_command_alone(scene: Scene) -> None:
    await report(scene, await scene.drawn())
    refused = await forge(scene, scene.bob, "imagine:reports:open:0", scene.alice.sees()[0])

    assert "Only moderators" in await told(refused)
    assert await audit(scene, Action.REFUSED) == [(scene.bob.user.id, "imagine:reports:open:0", "")]


@pytest.mark.parametrize("action", ["report", "report-delete", "report-block", "report-dismiss"])
async def test_a_picture_of_another_server_cannot_be_meant(house: Scene, action: str) -> None:
    reply = await house.drawn()
    await report(house, reply)
    elsewhere = house.discord.add_guild("Elsewhere")
    boss = house.discord.person("boss", permissions=Permission.ADMINISTRATOR, guild=elsewhere)
    own = await (await boss.command("imagine", prompt="an owl")).until(lambda one: "seed" in words(one))
    pressed = await forge(house, boss, f"imagine:{action}:job1:", own)
    noted = await house.stores.moderation.entries(elsewhere.id, 10)

    assert "no such picture" in await told(pressed)
    assert [(one.action, one.user_id, one.subject) for one in noted] == [
        (Action.REFUSED, boss.user.id, "job1")
    ]
    assert reply.message is not None
    assert [one.outcome for one in await house.stores.moderation.reports("job1")] == [Outcome.OPEN]


async def test_a_made_up_form_blocks_nobody_for_a_made_up_time(house: Scene) -> None:
    await report(house, await house.drawn())
    opened = await house.moderator.click(cards(house)[0], "Block here…")
    sent = await house.moderator.submit(opened.modal, {"hours": ["9999"]}, unchecked=True)

    assert "another version" in await told(sent)
    assert await house.stores.moderation.blocks(house.discord.guild.id, house.now) == []


# --- rights in one channel --------------------------------------------------------------------------------


def let_moderate(scene: Scene, person: Person, channel: str) -> None:
    """Let a person manage messages in one channel, as an overwrite does."""
    place = scene.discord.channel(channel)
    place.overwrites.append(Overwrite(person.user.id, allow=Permission.MANAGE_MESSAGES, member=True))


@pytest.mark.parametrize("label", ["Delete picture", "Block here…", "Dismiss"])
async def test_a_right_in_the_cards_channel_settles_nothing_of_another(house: Scene, label: str) -> None:
    reply = await house.drawn()
    await report(house, reply)
    let_moderate(house, house.bob, "art")
    pressed = await house.bob.click(cards(house)[0], label)
    [(who, tried, _)] = await audit(house, Action.REFUSED)

    assert "Only moderators" in await told(pressed)
    assert pressed.modal is None
    assert who == house.bob.user.id
    assert tried.startswith("imagine:report-")
    assert reply.message is not None
    assert [one.outcome for one in await house.stores.moderation.reports("job1")] == [Outcome.OPEN]


@pytest.mark.parametrize(
    ("place", "channel"), [("general", "general"), ("art", "art"), ("fox-thread", "art")]
)
async def test_a_right_where_the_picture_is_settles_its_report_wherever_the_card_is(
    house: Scene, place: str, channel: str
) -> None:
    await report(house, await house.drawn(channel=place))
    let_moderate(house, house.bob, channel)
    await house.bob.click(cards(house)[-1], "Dismiss")

    await until(house, lambda: "Dismissed by" in words(cards(house)[-1]))
    assert await audit(house, Action.REFUSED) == []


async def test_a_form_is_refused_when_the_right_where_the_picture_is_has_gone(house: Scene) -> None:
    await report(house, await house.drawn())
    let_moderate(house, house.bob, "general")
    opened = await house.bob.click(cards(house)[0], "Block here…")
    house.discord.channel("general").overwrites.clear()
    let_moderate(house, house.bob, "art")
    sent = await house.bob.submit(opened.modal, {"hours": ["24"]})

    assert "Only moderators" in await told(sent)
    assert await house.stores.moderation.blocks(house.discord.guild.id, house.now) == []
    assert [who for who, *_ in await audit(house, Action.REFUSED)] == [house.bob.user.id]


async def test_a_list_elsewhere_settles_nothing_of_another_channel(scene: Scene) -> None:
    await report(scene, await scene.drawn())
    let_moderate(scene, scene.bob, "art")
    listed = await scene.bob.command("reports", channel="art")
    await listed.until(words)
    pressed = await scene.bob.click(listed, "Dismiss")

    assert "Only moderators" in await told(pressed)
    assert len(await scene.stores.moderation.open_reports(scene.discord.guild.id)) == 1


async def test_who_may_moderate_the_server_needs_no_right_in_the_channel(house: Scene) -> None:
    await report(house, await house.drawn())
    general = house.discord.channel("general")
    moderator = house.moderator
    general.overwrites.append(
        Overwrite(moderator.user.id, deny=Permission.MANAGE_MESSAGES | Permission.VIEW_CHANNEL, member=True)
    )
    await moderator.click(cards(house)[0], "Dismiss")

    await until(house, lambda: "Dismissed by" in words(cards(house)[0]))


# --- pictures that hide -----------------------------------------------------------------------------------


async def test_as_many_reports_as_are_set_hide_a_picture_until_they_are_dismissed(house: Scene) -> None:
    await decide(house, reports_to_hide=2)
    reply = await house.drawn(count=2)
    await report(house, reply)
    before = spoilers(reply)
    await report(house, reply, house.discord.person("carol"))
    await until(house, lambda: all(spoilers(reply)))
    await until(house, lambda: "hid" in log(house))
    hidden = await reply.files()
    await house.moderator.click(cards(house)[0], "Dismiss")

    assert before == [False, False]
    assert len(hidden) == 2
    await until(house, lambda: spoilers(reply) == [False, False])
    assert [detail for *_, detail in await audit(house, Action.HIDE)] == ["spoiler"]


async def test_its_buttons_work_while_it_is_hidden(house: Scene) -> None:
    await decide(house, reports_to_hide=1)
    reply = await house.drawn()
    await report(house, reply)
    await until(house, lambda: all(spoilers(reply)))

    assert "/imagine prompt:a fox" in await told(await house.bob.click(reply, "Details"))


async def test_it_is_hidden_once(house: Scene) -> None:
    await decide(house, reports_to_hide=1)
    reply = await house.drawn()
    await report(house, reply)
    await until(house, lambda: "hid" in log(house))
    await report(house, reply, house.discord.person("carol"))
    await until(house, lambda: "2 members" in words(cards(house)[0]))

    assert len(await audit(house, Action.HIDE)) == 1


async def test_or_they_remove_it(house: Scene) -> None:
    await decide(house, reports_to_hide=1, hide_by="remove")
    reply = await house.drawn()
    await report(house, reply)
    await until(house, lambda: reply.message is None)
    await until(house, lambda: "removed" in log(house))

    assert [detail for *_, detail in await audit(house, Action.HIDE)] == ["remove"]


async def test_a_bot_that_does_not_see_the_channel_hides_by_the_token_of_the_interaction(
    house: Scene,
) -> None:
    await decide(house, reports_to_hide=1)
    reply = await house.drawn()
    house.discord.forbid(house.discord.channel("general"), Permission.VIEW_CHANNEL)
    await report(house, reply)

    await until(house, lambda: spoilers(reply) == [True])


async def test_a_bot_that_can_do_nothing_says_so_and_keeps_the_report_open(house: Scene) -> None:
    reply = await house.drawn()
    await report(house, reply)
    house.discord.forbid(house.discord.channel("general"), Permission.VIEW_CHANNEL)
    token = house.discord.core.world.interactions
    for interaction in token.values():
        if interaction.original is not None and interaction.original.id == int((reply.message or {})["id"]):
            interaction.created_at -= 901
    pressed = await house.moderator.click(cards(house)[0], "Delete picture")
    said = await pressed.until_followup(words)

    assert "could not delete" in words(said)
    assert [one.outcome for one in await house.stores.moderation.reports("job1")] == [Outcome.OPEN]
    assert "Delete picture" in labels(cards(house)[0])


async def test_a_picture_that_somebody_deleted_counts_as_deleted(house: Scene) -> None:
    reply = await house.drawn()
    await report(house, reply)
    await house.alice.click(reply, "Delete")
    await until(house, lambda: reply.message is None)
    await house.moderator.click(cards(house)[0], "Delete picture")

    await until(house, lambda: "Deleted by" in words(cards(house)[0]))


# --- channels that do not take cards ----------------------------------------------------------------------


async def test_a_report_channel_without_the_right_to_write_breaks_nothing(house: Scene) -> None:
    house.discord.forbid(house.discord.channel("art"), Permission.SEND_MESSAGES)
    said = await report(house, await house.drawn())

    assert "have your report" in words(said)
    assert "Reported" in log(house)


async def test_no_channel_that_takes_it_breaks_nothing_either(house: Scene) -> None:
    for name in ("art", "mature"):
        house.discord.forbid(house.discord.channel(name), Permission.VIEW_CHANNEL)
    said = await report(house, await house.drawn())

    assert "`/reports`" in str(said["components"])
    assert len(await house.stores.moderation.reports("job1")) == 1


async def test_nothing_is_posted_into_another_server(scene: Scene) -> None:
    elsewhere = scene.discord.add_guild("Elsewhere")
    general = scene.discord.channel("general", elsewhere)
    await decide(scene, report_channel=(str(general.id),), log_channel=(str(general.id),))
    said = await report(scene, await scene.drawn())

    assert "`/reports`" in str(said["components"])
    assert list(scene.discord.core.world.timeline(general)) == []


async def test_reports_at_once_are_all_counted(house: Scene) -> None:
    reply = await house.drawn()
    people = [house.discord.person(f"member{number}") for number in range(4)]
    await asyncio.gather(*(report(house, reply, person) for person in people))

    assert len(await house.stores.moderation.reports("job1")) == 4


async def test_a_prompt_that_is_held_back_is_sent_to_the_moderators(house: Scene) -> None:
    await decide(house, reviewed_words=("fox",))
    refused = await house.alice.command("imagine", prompt="a *fox*")
    said = await told(refused)
    await until(house, lambda: cards(house))
    [card] = cards(house)

    assert "the moderators were told, because of fox" in said
    assert f"<@{house.alice.user.id}> asked for this" in words(card)
    assert "a \\*fox\\*" in str(card["components"]).replace("\\\\", "\\")
    assert house.provider.requests == []
    assert await audit(house, Action.REVIEW) == [(house.alice.user.id, "", "a *fox*")]
