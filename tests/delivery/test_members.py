"""Who a member is now: Discord is asked, and what it does not show is not there."""

from dataclasses import replace

import discord
import pytest

from bot.delivery import members
from bot.domain.job import Job
from bot.domain.wish import Asker
from bot.sandbox.discord import Permission
from bot.sandbox.discord.faults import Fault
from bot.sandbox.discord.permissions import Overwrite
from tests.delivery.bed import Bed, request


def job(bed: Bed, channel: str = "mature") -> Job:
    """Return a job of alice's, who is a painter."""
    alice = bed.server.person("alice", roles=[bed.server.add_role("painter")])
    return Job(
        id="job-1",
        user_id=alice.user.id,
        guild_id=bed.server.guild.id,
        channel_id=bed.server.channel(channel).id,
        locale="de",
        requests=(request(7),),
        created_at=0.0,
    )


async def rights(bed: Bed, channel: str) -> discord.Permissions:
    user_id, channel_id = bed.server.person("alice").user.id, bed.server.channel(channel).id
    return await members.rights(bed.client, bed.server.guild.id, user_id, channel_id)


async def test_who_asked_has_the_roles_and_the_place_that_discord_tells(bed: Bed) -> None:
    asked = job(bed)
    found = await members.asker(bed.client, asked)
    roles = bed.server.guild.members[asked.user_id].role_ids

    assert found == Asker(
        user_id=asked.user_id,
        guild_id=asked.guild_id,
        channel_id=asked.channel_id,
        locale="de",
        role_ids=frozenset(roles),
        category_id=bed.server.channel("Studio").id,
        is_age_restricted=True,
    )


async def test_a_thread_has_its_channels_category(bed: Bed) -> None:
    found = await members.asker(bed.client, job(bed, "fox-thread"))

    assert found is not None
    assert (found.parent_id, found.category_id) == (
        bed.server.channel("art").id,
        bed.server.channel("Studio").id,
    )


async def test_who_has_left_has_no_roles_and_a_closed_channel_no_mark(bed: Bed) -> None:
    asked = job(bed)
    del bed.server.guild.members[asked.user_id]
    bed.server.forbid(bed.server.channel("mature"), Permission.VIEW_CHANNEL)
    found = await members.asker(bed.client, asked)

    assert found is not None
    assert (found.role_ids, found.category_id, found.is_age_restricted) == (frozenset(), None, False)


async def test_in_a_direct_message_nobody_is_asked(bed: Bed) -> None:
    asked = replace(job(bed), guild_id=None)
    before = len(bed.server.log.rows)
    found = await members.asker(bed.client, asked)

    assert found is not None
    assert found.role_ids == frozenset()
    assert len(bed.server.log.rows) == before


async def test_an_outage_is_no_answer(bed: Bed, caplog: pytest.LogCaptureFixture) -> None:
    bed.server.faults.add(Fault(method="GET", path="/guilds/*", status=400, body={"message": "?", "code": 0}))

    assert await members.asker(bed.client, job(bed)) is None
    assert "does not say who asked for job job-1" in caplog.text


async def test_rights_are_those_in_the_channel_and_those_in_the_server(bed: Bed) -> None:
    alice = bed.server.person("alice", permissions=Permission.MODERATE_MEMBERS)
    art = bed.server.channel("art")
    art.overwrites.append(Overwrite(alice.user.id, allow=Permission.MANAGE_MESSAGES, member=True))
    bed.server.forbid(art, Permission.MODERATE_MEMBERS, person=alice)
    found = {name: await rights(bed, name) for name in ("art", "fox-thread", "general")}

    assert {name: held.manage_messages for name, held in found.items()} == {
        "art": True,
        "fox-thread": True,
        "general": False,
    }
    assert all(held.moderate_members for held in found.values())


async def test_a_stranger_has_no_rights(bed: Bed) -> None:
    elsewhere = bed.server.add_guild("Elsewhere")
    alice = bed.server.person("alice")
    found = await members.rights(bed.client, elsewhere.id, alice.user.id, bed.server.channel("art").id)

    assert found == discord.Permissions.none()
