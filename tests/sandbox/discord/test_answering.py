"""Answering an interaction: once, in time, and as long as its token lives."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.sandbox.discord import LoopbackDiscord, Person, Reply, Rules
from bot.sandbox.discord.interaction import Interaction
from tests.sandbox.discord.application import Application
from tests.sandbox.discord.conftest import Clock


@pytest.fixture
async def asking(application: Application, alice: Person) -> AsyncIterator["asyncio.Task[Reply]"]:
    await application.register()
    task = asyncio.create_task(alice.command("imagine", prompt="a fox"))
    yield task
    task.cancel()
    await asyncio.wait([task])


@pytest.fixture
async def part(asking: "asyncio.Task[Reply]", application: Application) -> Interaction:
    return await application.hear()


async def test_an_acknowledgement_has_no_body_unless_asked_for(
    application: Application, part: Interaction
) -> None:
    heard = await application.answer(part, 5)

    assert (heard.status, heard.body) == (204, None)


async def test_the_response_to_an_acknowledgement_describes_the_message(
    application: Application, part: Interaction
) -> None:
    heard = await application.answer(part, 4, {"content": "hi"}, params={"with_response": "true"})

    assert heard.status == 200
    assert heard.body["interaction"]["response_message_id"] == heard.body["resource"]["message"]["id"]
    assert heard.body["resource"]["message"]["content"] == "hi"


async def test_the_second_acknowledgement_is_refused(application: Application, part: Interaction) -> None:
    await application.answer(part, 5)
    heard = await application.answer(part, 4, {"content": "hi"})

    assert (heard.status, heard.code) == (400, 40060)


async def test_a_late_acknowledgement_meets_an_unknown_interaction(
    application: Application, part: Interaction, clock: Clock
) -> None:
    clock.ahead += 3
    heard = await application.answer(part, 5)

    assert (heard.status, heard.code) == (404, 10062)


class TestNobodyAnswers:
    @pytest.fixture
    def rules(self) -> Rules:
        return Rules(ack_deadline=0.05)

    async def test_the_person_reads_that_the_application_did_not_respond(
        self, application: Application, alice: Person
    ) -> None:
        await application.register()
        reply = await alice.command("imagine", prompt="a fox")

        assert reply.failed
        assert reply.message is None
        with pytest.raises(TimeoutError, match="did not respond"):
            await reply.until(lambda _: True)


async def test_a_stranger_s_token_opens_nothing(application: Application, part: Interaction) -> None:
    callback = await application.call("POST", f"/interactions/{part.id}/wrong/callback", {"type": 5})
    webhook = await application.call("PATCH", f"/webhooks/{application.id}/wrong/messages/@original", {})

    assert (callback.status, callback.code) == (404, 10062)
    assert (webhook.status, webhook.code) == (404, 10015)


async def test_nothing_can_be_edited_before_the_acknowledgement(
    application: Application, part: Interaction
) -> None:
    heard = await application.edit(part, {"content": "too early"})

    assert (heard.status, heard.code) == (404, 10015)


async def test_the_token_expires(application: Application, part: Interaction, clock: Clock) -> None:
    await application.answer(part, 5)
    clock.ahead += 899
    assert (await application.edit(part, {"content": "just in time"})).status == 200
    clock.ahead += 1
    heard = await application.edit(part, {"content": "too late"})

    assert (heard.status, heard.code) == (404, 10015)


async def test_a_deferred_message_is_loading_until_edited(
    application: Application, part: Interaction, asking: "asyncio.Task[Reply]"
) -> None:
    await application.answer(part, 5)
    reply = await asking
    assert (reply.message or {})["flags"] == 128
    heard = await application.edit(part, {"content": "done"})

    assert (heard.body["flags"], heard.body["edited_timestamp"]) == (0, None)


async def test_a_deferral_carries_no_flag_but_ephemeral(application: Application, part: Interaction) -> None:
    heard = await application.answer(part, 5, {"flags": 1 << 15})

    assert (heard.status, heard.code) == (400, 50035)


async def test_the_first_follow_up_after_a_deferral_takes_its_place(
    application: Application, part: Interaction
) -> None:
    await application.answer(part, 5, {"flags": 64})
    first = await application.follow_up(part, {"content": "first"})
    second = await application.follow_up(part, {"content": "second"})

    assert part.original
    assert first.body["id"] == str(part.original.id)
    assert (first.body["flags"], second.body["flags"]) == (64, 0)


async def test_an_ephemeral_message_is_out_of_reach_for_others_and_for_the_bot_s_token(
    application: Application, part: Interaction, loopback: LoopbackDiscord, bob: Person, alice: Person
) -> None:
    await application.answer(part, 4, {"content": "psst", "flags": 64})
    [secret] = alice.sees()
    heard = await application.call("GET", f"/channels/{part.channel.id}/messages/{secret['id']}")

    assert bob.sees() == []
    assert (heard.status, heard.code) == (404, 10008)


async def test_messages_can_be_read_and_taken_back(
    application: Application, part: Interaction, asking: "asyncio.Task[Reply]"
) -> None:
    await application.answer(part, 4, {"content": "hi"})
    reply = await asking
    assert (await application.call("GET", application.webhook(part))).body["content"] == "hi"
    assert (await application.call("DELETE", application.webhook(part))).status == 204
    heard = await application.edit(part, {"content": "gone"})

    assert (heard.status, heard.code) == (404, 10008)
    assert reply.message is None
    assert [state async for state in reply.changes()] == [reply.history[0].payload]


async def test_follow_ups_are_edited_by_their_ids(application: Application, part: Interaction) -> None:
    await application.answer(part, 4, {"content": "hi"})
    more = await application.follow_up(part, {"content": "more"})
    path = application.webhook(part, more.body["id"])
    heard = await application.call("PATCH", path, {"content": "changed"})

    assert heard.body["content"] == "changed"
    assert heard.body["edited_timestamp"]


@pytest.mark.parametrize("kind", [1, 6, 7, 8, 42])
async def test_a_command_cannot_be_answered_as_if_it_were_something_else(
    application: Application, part: Interaction, kind: int
) -> None:
    heard = await application.answer(part, kind)

    assert (heard.status, heard.code) == (400, 50035)


async def test_a_user_installed_application_may_follow_up_five_times(
    application: Application, alice: Person
) -> None:
    await application.register()
    task = asyncio.create_task(alice.command("imagine", prompt="a fox", user_install=True))
    part = await application.hear()
    await application.answer(part, 4, {"content": "hi"})
    for number in range(4):
        await application.follow_up(part, {"content": str(number)})
    await asyncio.sleep(0.2)  # the rate limit's window
    fifth, sixth = [await application.follow_up(part, {"content": "more"}) for _ in range(2)]

    assert (fifth.status, sixth.status, sixth.code) == (200, 400, 40094)
    assert (await task).interaction.user_install


async def test_choices_are_limited(application: Application, alice: Person) -> None:
    await application.register()
    typing = asyncio.create_task(alice.autocomplete("imagine", "model", "s"))
    part = await application.hear()
    many = [{"name": str(number), "value": str(number)} for number in range(26)]
    heard = await application.answer(part, 8, {"choices": many})
    await application.answer(part, 8, {"choices": many[:2]})

    assert (heard.status, heard.code) == (400, 50035)
    assert await typing == many[:2]


async def test_a_form_with_a_long_title_is_refused(application: Application, part: Interaction) -> None:
    form = {"title": "t" * 46, "custom_id": "form", "components": []}
    heard = await application.answer(part, 9, form)

    assert heard.code == 50035
    assert set(heard.body["errors"]) == {"title", "components"}


async def test_every_state_of_the_message_is_seen_in_order(
    application: Application, part: Interaction, asking: "asyncio.Task[Reply]"
) -> None:
    await application.answer(part, 5)
    reply = await asking
    await application.edit(part, {"content": "one"})
    await application.edit(part, {"content": "two"})
    seen = []
    async for state in reply.changes():
        seen.append(state["content"])
        if state["content"] == "two":
            break

    assert seen == ["", "one", "two"]


async def test_until_says_what_was_seen_last(
    application: Application, part: Interaction, asking: "asyncio.Task[Reply]"
) -> None:
    await application.answer(part, 4, {"content": "still drawing"})

    with pytest.raises(TimeoutError, match="still drawing"):
        await (await asking).until(lambda m: m["content"] == "done", timeout=0.01)


async def test_suggestions_that_never_come_are_missed(
    application: Application, alice: Person, clock: Clock
) -> None:
    await application.register()
    typing = asyncio.create_task(alice.autocomplete("imagine", "model", "s"))
    await application.hear()

    with pytest.raises(TimeoutError, match="Loading options failed"):
        await typing
