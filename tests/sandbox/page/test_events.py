"""The event stream: live, resumed, in the latest state, and without what is another's."""

import asyncio
from contextlib import AsyncExitStack

import aiohttp
import pytest

from bot.sandbox.discord import LoopbackDiscord, Permission, Person
from bot.sandbox.page import Page
from tests.sandbox.discord.sample import SampleBot
from tests.sandbox.page.conftest import Json, Tab, register


async def test_a_fresh_stream_begins_with_hello(tab: Tab, alice: Person) -> None:
    alice.say("before")
    async with tab.listening(alice) as feed:
        position, name, data = await feed.next()
        alice.say("after")
        later, _, message = await feed.next()

    assert (name, data) == ("hello", {})
    assert message["content"] == "after"
    assert int(later) == int(position) + 1


async def test_a_message_is_seen_from_thinking_to_finished_to_gone(
    tab: Tab, bot: SampleBot, discord: LoopbackDiscord, alice: Person, bob: Person
) -> None:
    async with tab.listening(bob) as feed:
        reply = await alice.command("imagine", prompt="a fox")
        thinking = await feed.until("message", lambda _: True)
        finished = await feed.until("message", lambda one: one["attachments"])
        discord.core.deleted(discord.world.messages[int(finished["id"])])
        _, _, gone = await feed.next("gone")

    assert (thinking["deferred"], finished["deferred"]) == (True, False)
    assert thinking["id"] == finished["id"]
    assert gone == {"id": finished["id"], "channel_id": str(reply.interaction.channel.id)}


async def test_a_stream_goes_on_where_it_was_cut(tab: Tab, alice: Person) -> None:
    async with tab.listening(alice) as feed:
        position, _, _ = await feed.next("hello")
    for number in range(3):
        alice.say(f"line {number}")

    async with tab.listening(alice, last=position) as feed:
        events = [await feed.next() for _ in range(3)]

    assert [data["content"] for _, _, data in events] == ["line 0", "line 1", "line 2"]


async def test_each_event_has_a_position_to_go_on_from(tab: Tab, alice: Person) -> None:
    async with tab.listening(alice) as feed:
        start, _, _ = await feed.next("hello")
    for number in range(3):
        alice.say(f"line {number}")
    async with tab.listening(alice, last=start) as feed:
        position, _, _ = await feed.next()

    async with tab.listening(alice, last=position) as feed:
        _, _, data = await feed.next()

    assert data["content"] == "line 1"


async def test_what_a_slow_reader_missed_comes_once_in_its_latest_state(
    tab: Tab, bot: SampleBot, alice: Person
) -> None:
    async with tab.listening(alice) as feed:
        position, _, _ = await feed.next("hello")
    reply = await alice.command("busy")
    await reply.until(lambda one: one["content"] == "step 7")
    alice.say("the end")

    async with tab.listening(alice, last=position) as feed:
        shown: list[Json] = []
        while not shown or shown[-1]["content"] != "the end":
            shown.append((await feed.next("message"))[2])

    assert [one["content"] for one in shown] == ["step 7", "the end"]


@pytest.mark.parametrize("last", ["0", "9" * 15])
async def test_a_stream_of_another_time_is_told_to_begin_anew(tab: Tab, alice: Person, last: str) -> None:
    async with tab.listening(alice, last=last) as feed:
        _, name, _ = await feed.next()
        alice.say("hello")
        _, _, message = await feed.next()

    assert name == "reset"
    assert message["content"] == "hello"


async def test_an_ephemeral_reply_reaches_nobody_else(
    tab: Tab, bot: SampleBot, alice: Person, bob: Person, ada: Person
) -> None:
    async with tab.listening(alice) as hers, tab.listening(bob) as his, tab.listening(ada) as the_admins:
        await tab.act(alice, "command", name="gallery")
        private = await hers.until("message", lambda one: one["attachments"])
        alice.say("the end")
        for feed in (his, the_admins):
            assert (await feed.next("message", "gone"))[2]["content"] == "the end"

    assert private["id"] in [one["id"] for one in await tab.messages(alice)]
    for other in (bob, ada):
        assert private["id"] not in [one["id"] for one in await tab.messages(other)]
        press = await tab.act(other, "press", message=private["id"], custom_id="again:9")
        menu = await tab.act(other, "menu", name="Details", message=private["id"])
        assert (press["outcome"], menu["outcome"]) == ("refused", "refused")


async def test_nobody_reads_or_answers_another_ones_conversation(
    tab: Tab, bot: SampleBot, alice: Person, bob: Person
) -> None:
    async with tab.listening(bob) as feed:
        said = alice.say("between us", channel=alice.dm)
        alice.say("for all")
        _, _, message = await feed.next("message")

    menu = await tab.act(bob, "menu", name="Details", message=said["id"])
    where = {"as": str(bob.user.id), "channel": str(alice.dm.id), "do": "say", "text": "hello"}
    status, _ = await tab.send("POST", "act", where)

    assert message["content"] == "for all"
    assert menu["outcome"] == "refused"
    assert status == 404


async def test_a_channel_out_of_sight_makes_no_events(
    tab: Tab, discord: LoopbackDiscord, alice: Person, bob: Person
) -> None:
    discord.forbid(discord.channel("mature"), int(Permission.VIEW_CHANNEL), person=bob)
    async with tab.listening(bob) as feed:
        alice.say("unseen", channel="mature")
        alice.say("seen")
        _, _, message = await feed.next("message")

    assert message["content"] == "seen"


async def test_other_commands_other_people_and_a_lost_gateway_are_told(
    tab: Tab, bot: SampleBot, discord: LoopbackDiscord, alice: Person
) -> None:
    async with tab.listening(alice) as feed:
        await register(discord, "dance")
        await feed.next("commands")
        discord.person("dora")
        await feed.next("people")
        await discord.drop_gateways()
        await feed.until("gateway", lambda one: one["connected"] == 0)
        await feed.until("gateway", lambda one: one["connected"] == 1)


async def test_a_request_is_told_without_its_token(tab: Tab, bot: SampleBot, alice: Person) -> None:
    async with tab.listening(alice) as feed:
        await tab.act(alice, "command", name="where")
        row = await feed.until("request", lambda one: "/interactions/" in one["path"])

    token = row["path"].split("/")[3]
    assert (len(token), token[-1]) == (7, "…")
    assert (row["method"], row["status"]) == ("POST", 200)
    assert 0 <= row["seconds"] < 5


async def test_open_streams_end_properly_when_the_server_stops() -> None:
    discord = LoopbackDiscord()
    discord.serve(Page(discord).routes)
    alice = discord.person("alice")
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(discord)
        http = await stack.enter_async_context(aiohttp.ClientSession(discord.world.origin))
        feed = await stack.enter_async_context(Tab(discord, http).listening(alice))
        await feed.next("hello")
        stopping = asyncio.create_task(discord.__aexit__(None, None, None))

        assert await feed.rest() == []
        await stopping


async def test_a_tab_that_was_closed_leaves_nothing_running(tab: Tab, alice: Person) -> None:
    before = len(asyncio.all_tasks())
    async with tab.listening(alice) as feed:
        await feed.next("hello")

    async with asyncio.timeout(5):
        while len(asyncio.all_tasks()) > before:
            alice.say("is somebody there?")
            await asyncio.sleep(0.01)
