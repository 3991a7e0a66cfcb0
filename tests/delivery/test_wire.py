"""What is heard of discord.py's requests, and what their failures become."""

import aiohttp
import discord
import pytest

from bot.delivery import wire
from bot.delivery.pace import Answer
from bot.delivery.verdict import Refusal
from tests.delivery.bed import Bed


class Notes:
    """Writes down what it hears."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    def began(self) -> None:
        self.heard.append("began")

    def answered(self, answer: Answer) -> None:
        self.heard.append(answer.status)

    def failed(self) -> None:
        self.heard.append("failed")


async def test_a_request_and_its_answer_are_heard_by_who_made_it(bed: Bed) -> None:
    notes = Notes()
    with wire.listening(notes):
        await bed.client.application_info()
    await bed.client.application_info()

    assert notes.heard == ["began", 200]


async def test_a_lost_connection_is_heard_and_is_a_refusal_without_a_status(bed: Bed) -> None:
    notes = Notes()
    bed.fault(method="GET", path="/oauth2/*", drop=True, times=None)
    with pytest.raises(wire.Refused) as refused, wire.listening(notes):
        await bed.client.application_info()

    assert notes.heard == ["began", "failed"]
    assert refused.value.refusal == Refusal(None)


async def test_a_refusal_has_its_status_and_code(bed: Bed) -> None:
    notes = Notes()
    with pytest.raises(wire.Refused) as refused, wire.listening(notes):
        await bed.client.fetch_channel(1)

    assert notes.heard == ["began", 404]
    assert refused.value.refusal == Refusal(404, 10003)


@pytest.mark.parametrize(
    ("error", "refusal"),
    [
        (discord.RateLimited(7.0), Refusal(429, retry_after=7.0)),
        (aiohttp.ClientPayloadError(), Refusal(None)),
        (ConnectionResetError(), Refusal(None)),
        (TimeoutError(), Refusal(None)),
    ],
)
def test_every_failure_of_a_request_becomes_a_refusal(error: Exception, refusal: Refusal) -> None:
    with pytest.raises(wire.Refused) as refused, wire.listening(Notes()):
        raise error

    assert refused.value.refusal == refusal
