"""Scripted misfortune."""

import asyncio

import aiohttp
import pytest

from bot.sandbox.discord import Fault, LoopbackDiscord, Person, Rules
from bot.sandbox.discord.interaction import Interaction
from tests.sandbox.discord.application import Application
from tests.sandbox.discord.sample import SampleBot

EDIT = "/webhooks/*/messages/@original"


@pytest.fixture
async def part(application: Application, alice: Person) -> Interaction:
    await application.register()
    asking = asyncio.create_task(alice.command("imagine", prompt="a fox"))
    part = await application.hear()
    await application.answer(part, 4, {"content": "before"})
    await asking
    return part


async def content(application: Application, part: Interaction) -> str:
    text: str = (await application.call("GET", application.webhook(part))).body["content"]
    return text


async def test_a_fault_hits_as_often_as_it_says(
    application: Application, part: Interaction, loopback: LoopbackDiscord
) -> None:
    loopback.faults.add(Fault(method="PATCH", path=EDIT, status=503, times=2, after=1))
    heard = [(await application.edit(part, {"content": "x"})).status for _ in range(4)]

    assert heard == [200, 503, 503, 200]


async def test_a_refused_request_has_no_effect(
    application: Application, part: Interaction, loopback: LoopbackDiscord
) -> None:
    loopback.faults.add(Fault(method="PATCH", status=500, body={"message": "no", "code": 0}))
    heard = await application.edit(part, {"content": "after"})

    assert (heard.status, heard.body["message"]) == (500, "no")
    assert await content(application, part) == "before"


async def test_a_lost_answer_may_hide_an_effect(
    application: Application, part: Interaction, loopback: LoopbackDiscord
) -> None:
    loopback.faults.add(Fault(method="PATCH", drop=True, applied=True))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await application.edit(part, {"content": "after"})

    assert await content(application, part) == "after"
    assert loopback.log.find("PATCH", "@original")[0]["status"] is None


async def test_a_delay_only_delays(
    application: Application, part: Interaction, loopback: LoopbackDiscord
) -> None:
    loopback.faults.add(Fault(method="PATCH", delay=0.05, times=None))
    start = asyncio.get_running_loop().time()
    heard = await application.edit(part, {"content": "after"})

    assert heard.status == 200
    assert asyncio.get_running_loop().time() - start >= 0.05


async def test_faults_can_be_called_off(
    application: Application, part: Interaction, loopback: LoopbackDiscord
) -> None:
    loopback.faults.add(Fault(status=500, times=None))
    assert len([*loopback.faults]) == 1
    loopback.faults.clear()

    assert (await application.edit(part, {"content": "after"})).status == 200


async def test_a_client_obeys_a_scripted_rate_limit(
    bot: SampleBot, loopback: LoopbackDiscord, alice: Person
) -> None:
    loopback.faults.add(Fault.rate_limited(0.05, method="PATCH", path=EDIT))
    reply = await alice.command("imagine", prompt="a fox")
    await reply.until(lambda m: m["attachments"])

    assert [row["status"] for row in loopback.log.find("PATCH", "@original")] == [429, 200, 200]


class TestSlowEdits:
    @pytest.fixture
    def rules(self) -> Rules:
        return Rules(edit_latency=0.05)

    async def test_an_edit_takes_its_time(self, application: Application, part: Interaction) -> None:
        start = asyncio.get_running_loop().time()
        await application.edit(part, {"content": "after"})

        assert asyncio.get_running_loop().time() - start >= 0.05
