"""What the page asks for when it opens."""

from bot.sandbox.discord import LoopbackDiscord, Permission, Person
from tests.sandbox.discord.sample import SampleBot
from tests.sandbox.page.conftest import Tab, register


async def test_the_world_is_shown_as_the_first_member_finds_it(tab: Tab, alice: Person) -> None:
    world = await tab.get("world")

    assert world["me"]["id"] == str(alice.user.id)
    assert [(one["name"], one["title"]) for one in world["people"]] == [
        ("alice", "Member"),
        ("bob", "Member"),
        ("carol", "Member"),
        ("mona", "Moderator"),
        ("ada", "Administrator"),
    ]
    assert [one["name"] for one in world["roles"]] == ["Artist", "Patron", "Moderator", "Administrator"]
    assert {"en-US", "de", "ja"} <= set(world["locales"])


async def test_a_thread_stands_below_its_channel(tab: Tab) -> None:
    server = (await tab.get("world"))["servers"][0]

    shown = [(one["name"], one["type"], one["nsfw"]) for one in server["channels"]]
    assert shown == [
        ("general", 0, False),
        ("art", 0, False),
        ("fox-thread", 11, False),
        ("mature", 0, True),
    ]
    assert server["channels"][2]["parent_id"] == server["channels"][1]["id"]
    assert {one["server_id"] for one in server["channels"]} == {server["id"]}


async def test_each_person_has_a_conversation_with_the_bot_of_their_own(
    tab: Tab, alice: Person, bob: Person
) -> None:
    hers = (await tab.get("world", **{"as": str(alice.user.id)}))["direct"]
    his = (await tab.get("world", **{"as": str(bob.user.id)}))["direct"]

    assert (hers["type"], hers["name"]) == (1, "imagine")
    assert hers["id"] != his["id"]


async def test_a_channel_that_somebody_may_not_view_is_not_there_for_them(
    tab: Tab, discord: LoopbackDiscord, alice: Person, bob: Person
) -> None:
    mature = discord.channel("mature")
    discord.forbid(mature, int(Permission.VIEW_CHANNEL), person=bob)

    async def names(who: Person) -> list[str]:
        world = await tab.get("world", **{"as": str(who.user.id)})
        return [one["name"] for one in world["servers"][0]["channels"]]

    assert "mature" in await names(alice)
    assert "mature" not in await names(bob)
    for path in ("messages", "commands"):
        query = {"as": str(bob.user.id), "channel": str(mature.id)}
        async with tab.http.get(f"/page/{path}", params=query) as response:
            assert response.status == 404
            assert "error" in await response.json()


async def test_messages_come_page_by_page_from_the_end(tab: Tab, alice: Person) -> None:
    for number in range(7):
        alice.say(f"line {number}")

    last = await tab.messages(alice, limit="3")
    before = await tab.messages(alice, limit="3", before=last[0]["id"])

    assert [one["content"] for one in last] == ["line 4", "line 5", "line 6"]
    assert [one["content"] for one in before] == ["line 1", "line 2", "line 3"]


async def test_the_page_hears_whether_there_are_older_messages(
    tab: Tab, discord: LoopbackDiscord, alice: Person
) -> None:
    for number in range(7):
        alice.say(f"line {number}")

    channel = str(discord.channel("general").id)
    found = {limit: await tab.get("messages", channel=channel, limit=limit) for limit in ("6", "7", "100")}

    assert {limit: one["more"] for limit, one in found.items()} == {"6": True, "7": False, "100": False}


async def test_an_answer_says_who_used_what(tab: Tab, bot: SampleBot, alice: Person) -> None:
    await tab.act(alice, "command", name="where")

    shown = await tab.last(alice)

    assert shown["interaction"]["name"] == "where"
    assert shown["interaction_metadata"]["user"]["id"] == str(alice.user.id)
    assert shown["deferred"] is False


async def test_a_command_is_listed_for_those_who_may_use_it_only(
    tab: Tab, discord: LoopbackDiscord, bot: SampleBot, alice: Person, mona: Person, ada: Person
) -> None:
    await register(discord, "ban", default_member_permissions=int(Permission.MODERATE_MEMBERS))
    await register(discord, "rule", default_member_permissions=0)

    async def names(who: Person) -> set[str]:
        query = {"as": str(who.user.id), "channel": str(discord.channel("art").id)}
        return {one["name"] for one in (await tab.get("commands", **query))["commands"]}

    assert {"ban", "rule"} & await names(alice) == set()
    assert {"ban", "rule"} & await names(mona) == {"ban"}
    assert {"ban", "rule"} & await names(ada) == {"ban", "rule"}
    assert {"imagine", "Details"} <= await names(alice)


async def test_an_age_restricted_command_is_listed_in_its_channel_only(
    tab: Tab, discord: LoopbackDiscord
) -> None:
    await register(discord, "daring", nsfw=True)

    async def names(channel: str) -> list[str]:
        found = await tab.get("commands", channel=str(discord.channel(channel).id))
        return [one["name"] for one in found["commands"]]

    assert await names("mature") == ["daring"]
    assert await names("art") == []
