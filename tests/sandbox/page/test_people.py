"""Who somebody is can be changed while the page is open, and everything follows."""

import pytest

from bot.sandbox.discord import LoopbackDiscord, Permission, Person
from tests.sandbox.discord.sample import SampleBot
from tests.sandbox.page.conftest import Json, Tab, register


async def roles(tab: Tab) -> dict[str, str]:
    return {one["name"]: one["id"] for one in (await tab.get("world"))["roles"]}


async def test_the_bot_hears_another_language(tab: Tab, bot: SampleBot, alice: Person) -> None:
    status, _ = await tab.send("PATCH", f"people/{alice.user.id}", {"locale": "de"})
    await tab.act(alice, "command", name="where")

    assert status == 204
    assert (await tab.last(alice))["content"].startswith("de ")


async def test_a_role_brings_its_permissions_and_takes_them_away(
    tab: Tab, discord: LoopbackDiscord, bot: SampleBot, alice: Person
) -> None:
    await register(discord, "purge", default_member_permissions=int(Permission.MANAGE_MESSAGES))

    async def is_offered() -> bool:
        query = {"as": str(alice.user.id), "channel": str(discord.channel("art").id)}
        return "purge" in [one["name"] for one in (await tab.get("commands", **query))["commands"]]

    assert not await is_offered()
    assert (await tab.act(alice, "command", name="purge"))["outcome"] == "refused"

    await tab.send("PATCH", f"people/{alice.user.id}", {"roles": [(await roles(tab))["Moderator"]]})
    await tab.act(alice, "command", name="where")
    assert await is_offered()
    assert (await tab.get("world"))["me"]["title"] == "Moderator"
    assert "True" in (await tab.last(alice))["content"]  # manage_guild, as the interaction has it

    await tab.send("PATCH", f"people/{alice.user.id}", {"roles": []})
    assert not await is_offered()
    assert (await tab.get("world"))["me"]["title"] == "Member"


async def test_a_role_without_rights_changes_who_somebody_is_and_not_what_they_may(
    tab: Tab, alice: Person
) -> None:
    before = (await tab.get("world"))["me"]
    artist = (await roles(tab))["Artist"]
    async with tab.listening(alice) as feed:
        await tab.send("PATCH", f"people/{alice.user.id}", {"roles": [artist]})
        await feed.next("people")

    assert (await tab.get("world"))["me"] == before | {"roles": [artist]}


@pytest.mark.parametrize(
    "change", [{"locale": "xx"}, {"locale": 7}, {"roles": ["1"]}, {"roles": "1"}, {"roles": [{}]}, []]
)
async def test_what_nobody_can_be_is_a_mistake(tab: Tab, alice: Person, change: Json) -> None:
    status, answer = await tab.send("PATCH", f"people/{alice.user.id}", change)

    assert status == 400
    assert answer["error"]
    assert (alice.user.locale, alice.guild.members[alice.user.id].role_ids) == ("en-US", [])


async def test_nobody_can_be_whom_nobody_knows(tab: Tab) -> None:
    async with tab.http.get("/page/world", params={"as": "1"}) as response:
        assert response.status == 404
