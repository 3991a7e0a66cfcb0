"""An unmodified discord.py client against the loopback Discord: everything a bot does in a day."""

import pytest

from bot.sandbox.discord import LoopbackDiscord, Permission, Person, Refused
from tests.sandbox.discord.sample import SampleBot, png

pytestmark = pytest.mark.usefixtures("bot")


async def test_a_command_is_deferred_then_edited_then_shows_the_picture(alice: Person) -> None:
    reply = await alice.command("imagine", prompt="a fox", channel="art")
    message = await reply.until(lambda m: m["attachments"])

    assert message["content"] == "a fox by sd"
    assert [state.payload and state.payload["content"] for state in reply.history] == [
        "",
        "Drawing…",
        "a fox by sd",
    ]


async def test_a_deferred_message_says_that_it_is_loading_until_its_first_edit(alice: Person) -> None:
    reply = await alice.command("imagine", prompt="a fox")
    await reply.until(lambda m: m["attachments"])

    flags = [state.payload["flags"] for state in reply.history if state.payload]
    assert flags == [128, 0, 0]


async def test_the_picture_comes_back_from_the_cdn_with_its_alternative_text(alice: Person) -> None:
    reply = await alice.command("imagine", prompt="a fox")
    message = await reply.until(lambda m: m["attachments"])

    assert await reply.files() == [("fox.png", png(), "A fox")]
    assert (message["attachments"][0]["width"], message["attachments"][0]["height"]) == (4, 3)


async def test_an_ephemeral_follow_up_is_seen_by_nobody_else(alice: Person, bob: Person) -> None:
    reply = await alice.command("imagine", prompt="a fox")
    secret = await reply.until_followup(lambda m: m["flags"] & 64)

    assert secret["content"] == "Only you see this."
    assert len(alice.sees()) == len(bob.sees()) + 1


async def test_a_button_with_its_state_in_the_custom_id_edits_its_message(alice: Person) -> None:
    reply = await alice.command("imagine", prompt="a fox")
    await reply.until(lambda m: m["components"])
    pressed = await alice.click(reply, "Again")

    assert pressed.message is not None
    assert pressed.message["content"] == "Job 7 again"
    assert len(pressed.history) == 1


async def test_a_select_menu_tells_what_was_chosen(alice: Person) -> None:
    reply = await alice.command("imagine", prompt="a fox")
    await reply.until(lambda m: m["components"])
    answer = await alice.choose(reply, "menu", ["2"])

    assert (answer.message or {})["content"] == "You chose 2"


async def test_a_form_opens_and_is_submitted(alice: Person) -> None:
    reply = await alice.command("rename")
    assert reply.modal
    assert reply.modal.payload["title"] == "Rename"
    answer = await alice.submit(reply.modal, {"name": "Rex"})

    assert (answer.message or {})["content"] == "Now called Rex"


async def test_a_form_is_not_submitted_while_a_field_is_wrong(alice: Person) -> None:
    reply = await alice.command("rename")

    for wrong in ({}, {"name": "much too long"}, {"nickname": "Rex"}):
        with pytest.raises(Refused):
            await alice.submit(reply.modal, wrong)


async def test_suggestions_appear_while_typing(alice: Person) -> None:
    choices = await alice.autocomplete("imagine", "model", "sd", prompt="a fox")

    assert [choice["value"] for choice in choices] == ["sd15", "sd35"]


async def test_components_v2_show_an_attachment_in_a_gallery(alice: Person) -> None:
    reply = await alice.command("gallery")
    message = await reply.until(lambda m: m["components"])
    item = message["components"][0]["components"][1]["items"][0]

    assert message["flags"] == 64 | 1 << 15
    assert item["media"]["attachment_id"] == message["attachments"][0]["id"]
    assert [file.data for file in await reply.files()] == [png()]


async def test_a_button_inside_a_container_works(alice: Person) -> None:
    reply = await alice.command("gallery")
    await reply.until(lambda m: m["components"])
    pressed = await alice.click(reply, custom_id="again:9")

    assert pressed.failed is False


async def test_a_message_has_a_menu_of_commands(alice: Person) -> None:
    reply = await alice.context_menu("Details", alice.say("hello"))

    assert (reply.message or {})["content"] == "alice said hello"


async def test_the_interaction_tells_locale_channel_rights_and_upload_limit(
    loopback: LoopbackDiscord,
) -> None:
    rights = Permission.MANAGE_GUILD
    carla = loopback.person("carla", locale="de", permissions=rights, upload_limit=50 * 2**20)
    reply = await carla.command("where", channel="mature")

    assert (reply.message or {})["content"] == f"de text True True {50 * 2**20}"


async def test_commands_work_in_threads_and_in_direct_conversations(alice: Person) -> None:
    threaded = await alice.command("where", channel="fox-thread")
    private = await alice.direct("where")

    assert "public_thread" in (threaded.message or {})["content"]
    assert "private" in (private.message or {})["content"]


async def test_a_rate_limited_client_waits_and_loses_nothing(
    alice: Person, loopback: LoopbackDiscord
) -> None:
    reply = await alice.command("busy")
    await reply.until(lambda m: m["content"] == "step 7")
    left = [row["status"] for row in loopback.log.find("PATCH", "@original")]

    assert left == [200] * 8


async def test_the_client_posts_reads_edits_and_deletes_in_a_channel(
    bot: SampleBot, loopback: LoopbackDiscord, alice: Person
) -> None:
    channel = await bot.fetch_channel(loopback.channel("art").id)
    message = await channel.send("first")  # type: ignore[union-attr]
    await message.edit(content="second")

    assert [one["content"] for one in alice.sees("art")] == ["second"]
    await message.delete()
    assert alice.sees("art") == []


async def test_the_client_writes_to_a_person_directly(
    bot: SampleBot, loopback: LoopbackDiscord, alice: Person
) -> None:
    user = await bot.fetch_user(alice.user.id)
    await user.send("psst")

    assert [one["content"] for one in alice.sees(alice.dm)] == ["psst"]
