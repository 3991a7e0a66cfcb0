"""The developer's drawer: each switch makes a difference to the bot, and says how it stands."""

import aiohttp
import pytest

from bot.sandbox.discord import LoopbackDiscord, Person
from bot.sandbox.page import Page
from bot.sandbox.space import LoopbackSpace, Mood
from tests.sandbox.discord.sample import SampleBot
from tests.sandbox.page.conftest import Json, Tab


async def turned(tab: Tab, change: Json) -> Json:
    status, state = await tab.send("PATCH", "developer", change)
    assert status == 200, state
    return state


async def test_everything_is_well_at_first(tab: Tab, bot: SampleBot) -> None:
    state = await tab.get("developer")

    assert [one["name"] for one in state["presets"]] == ["rate_limited", "server_error", "lost_answer", "cut"]
    assert not any(one["on"] for one in state["presets"])
    assert (state["mood"], state["edit_latency"], state["gateways"]) == ("calm", 0.0, 1)
    assert state["moods"] == [mood.value for mood in Mood]
    assert {row["path"] for row in state["requests"]} >= {"/users/@me"}


@pytest.mark.parametrize(
    ("preset", "status", "applied"),
    [
        ("rate_limited", 429, ""),
        ("server_error", 500, ""),
        ("lost_answer", None, "step 0"),
        ("cut", None, ""),
    ],
)
async def test_a_preset_spoils_edits_until_it_is_switched_off(
    tab: Tab, bot: SampleBot, alice: Person, preset: str, status: int | None, applied: str
) -> None:
    await turned(tab, {"presets": {preset: True}})
    async with tab.listening(alice) as feed:
        reply = await alice.command("busy")
        row = await feed.until("request", lambda one: one["method"] == "PATCH")
        shown = (reply.message or {})["content"]

        assert row["status"] == status
        assert shown == applied

        state = await turned(tab, {"presets": {preset: False}})
    later = await alice.command("busy", channel="art")

    assert not any(one["on"] for one in state["presets"])
    await later.until(lambda one: one["content"] == "step 7")


async def test_a_preset_can_be_switched_on_twice(tab: Tab, discord: LoopbackDiscord) -> None:
    for _ in range(2):
        state = await turned(tab, {"presets": {"server_error": True, "cut": True}})
    assert [one["name"] for one in state["presets"] if one["on"]] == ["server_error", "cut"]

    await turned(tab, {"presets": {"server_error": False, "cut": False}})
    assert list(discord.faults) == []


async def test_edits_take_as_long_as_they_are_told_to(tab: Tab, bot: SampleBot, alice: Person) -> None:
    state = await turned(tab, {"edit_latency": 0.2})
    async with tab.listening(alice) as feed:
        await alice.command("busy")
        row = await feed.until("request", lambda one: one["method"] == "PATCH")

    assert state["edit_latency"] == 0.2
    assert row["seconds"] >= 0.2


async def test_the_space_can_be_given_another_mood(tab: Tab, space: LoopbackSpace) -> None:
    state = await turned(tab, {"mood": "quota", "seconds_per_step": 0.5})

    assert (state["mood"], state["seconds_per_step"]) == ("quota", 0.5)
    assert (space.mood, space.seconds_per_step) == (Mood.QUOTA, 0.5)


@pytest.mark.parametrize("what", ["drop", "reconnect", "invalidate"])
async def test_the_bot_comes_back_after_its_gateway_was_disturbed(
    tab: Tab, discord: LoopbackDiscord, bot: SampleBot, alice: Person, what: str
) -> None:
    async with tab.listening(alice) as feed:
        status, _ = await tab.send("POST", "developer/gateway", {"do": what})
        await feed.until("gateway", lambda one: one["connected"] == 0)
        await feed.until("gateway", lambda one: one["connected"] == 1)

    assert status == 204
    assert await tab.act(alice, "command", name="where") == {"outcome": "answered"}


async def test_buckets_are_shown_without_tokens(tab: Tab, bot: SampleBot, alice: Person) -> None:
    await alice.command("busy")

    state = await tab.get("developer")
    buckets = [one for one in state["buckets"] if one["route"].startswith("/webhooks/")]

    assert buckets[0]["limit"] == 5
    assert 0 <= buckets[0]["remaining"] <= 5
    assert len(buckets[0]["route"].split("/")[3]) == 7
    token = next(iter(tab.discord.world.interactions))
    assert token not in str(state)


@pytest.mark.parametrize(
    "change",
    [
        {"mood": "sunny"},
        {"edit_latency": -1},
        {"edit_latency": "1"},
        {"edit_latency": True},
        {"edit_latency": 1e9},
        {"presets": {"flood": True}},
        {"presets": True},
        {"colour": "red"},
    ],
)
async def test_there_are_no_other_switches(tab: Tab, change: Json) -> None:
    before = await tab.get("developer")

    status, answer = await tab.send("PATCH", "developer", change)

    assert status == 400
    assert answer["error"]
    assert await tab.get("developer") == before


async def test_a_real_space_has_no_moods() -> None:
    discord = LoopbackDiscord()
    discord.serve(Page(discord).routes)
    discord.person("alice")
    async with discord, aiohttp.ClientSession(discord.world.origin) as http:
        tab = Tab(discord, http)
        state = await tab.get("developer")
        status, _ = await tab.send("PATCH", "developer", {"mood": "slow"})

    assert (state["mood"], state["moods"], state["seconds_per_step"]) == (None, [], None)
    assert status == 409
