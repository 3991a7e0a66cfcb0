"""Conversations of people, in which the bot is not: somebody brings it along, and it sees nothing else."""

from typing import Any

import pytest

from bot.sandbox.discord import LoopbackDiscord, Person, Refused
from bot.sandbox.discord.payloads.interactions import interaction
from tests.sandbox.discord.application import IMAGINE, Application, heard

ANYWHERE = {**IMAGINE, "contexts": [0, 1, 2], "integration_types": [0, 1]}


async def test_an_interaction_says_that_a_person_brought_the_bot_into_a_conversation(
    application: Application, loopback: LoopbackDiscord, alice: Person, bob: Person
) -> None:
    await application.register(ANYWHERE)
    for others, kind in (([bob], 1), ([bob, loopback.person("carla")], 3)):
        place = loopback.private_channel(alice, *others)
        part = await heard(application, alice.command("imagine", channel=place, prompt="fox"))
        told = interaction(part, loopback.world, 0.0)

        assert (told["context"], told["channel"]["type"]) == (2, kind)
        assert told["authorizing_integration_owners"] == {"1": str(alice.user.id)}
        assert told["user"]["id"] == str(alice.user.id)
        assert "member" not in told
        assert "guild_id" not in told


@pytest.mark.parametrize("kept_out_by", [{"contexts": [0, 1]}, {"integration_types": [0]}])
async def test_a_command_is_offered_there_to_people_who_installed_it_alone(
    application: Application,
    loopback: LoopbackDiscord,
    alice: Person,
    bob: Person,
    kept_out_by: dict[str, Any],
) -> None:
    await application.register({**ANYWHERE, **kept_out_by})

    with pytest.raises(Refused):
        await alice.command("imagine", channel=loopback.private_channel(alice, bob), prompt="fox")


async def test_who_is_not_in_it_neither_sees_nor_writes_anything(
    application: Application, loopback: LoopbackDiscord, alice: Person, bob: Person
) -> None:
    place = loopback.private_channel(alice, bob)
    said = alice.say("hello", channel=place)
    post = await application.call("POST", f"/channels/{place.id}/messages", {"content": "hello"})
    read = await application.call("GET", f"/channels/{place.id}/messages/{said['id']}")

    assert [one["content"] for one in bob.sees(place)] == ["hello"]
    assert (post.status, post.code) == (read.status, read.code) == (403, 50001)
    with pytest.raises(Refused):
        loopback.person("carla").sees(place)


async def test_it_is_not_the_conversation_with_the_bot(
    loopback: LoopbackDiscord, alice: Person, bob: Person
) -> None:
    place = loopback.private_channel(alice, bob)

    assert alice.dm is not place
    assert alice.dm.recipients == [alice.user]
