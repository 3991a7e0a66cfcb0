"""The final picture waits for nothing but its own edit, and nothing comes after it."""

import asyncio
import logging
from dataclasses import replace

import pytest

from bot.delivery.encoding import Encoded, Encoder
from bot.delivery.reply import DiscordReply
from bot.domain.board import Board
from bot.domain.errors import Restarting
from bot.sandbox.discord import Fault, Rules
from bot.sandbox.discord import Reply as Seen
from tests.delivery.bed import EDIT, Bed, drawing, drawn, names, words

SLACK = 0.15  # seconds; connecting, encoding, and a busy machine


async def finish(bed: Bed, seen: Seen, reply: DiscordReply, board: Board) -> float:
    """Finish a reply and return the seconds until the picture was in the channel."""
    began = bed.server.core.clock()
    await reply.finish(drawn(board))
    return next(state.at for state in seen.history if is_final(state.payload)) - began


def is_final(message: object) -> bool:
    return isinstance(message, dict) and names(message) == ["a-fox-7.png"]


async def taken(fault: Fault) -> None:
    """Wait until a request has met its fault."""
    while fault.times:
        await asyncio.sleep(0)


@pytest.mark.parametrize("rules", [Rules(edit_latency=0.3)])
async def test_it_is_there_one_edit_later_though_a_preview_is_in_flight(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    in_flight = bed.fault()
    async with reply:
        await taken(in_flight)
        took = await finish(bed, seen, reply, board)

    assert 0.3 <= took < 0.3 + SLACK


async def test_it_waits_for_a_running_429_and_no_longer(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    refused = bed.server.faults.add(Fault.rate_limited(0.4, method="PATCH", path=EDIT))
    async with reply:
        await taken(refused)
        took = await finish(bed, seen, reply, board)

    assert took < 0.4 + SLACK
    assert [row["status"] for row in bed.server.log.find("PATCH", "")] == [429, 200]


@pytest.mark.parametrize("rules", [Rules(bucket_size=3, bucket_window=0.3)])
async def test_previews_leave_it_the_last_request_of_the_bucket(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with reply:
        for step in range(40):
            reply.show(drawing(board, step, seen=False))
            await asyncio.sleep(0.02)
        took = await finish(bed, seen, reply, board)

    assert took < SLACK
    assert {row["status"] for row in bed.server.log.find("PATCH", "")} == {200}
    assert len(seen.history) > 4


@pytest.mark.parametrize("rules", [Rules(bucket_size=1, bucket_window=0.3)])
async def test_a_lock_that_the_client_holds_is_waited_for_and_not_broken(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message) == "waiting")
        took = await finish(bed, seen, reply, board)

    assert took < 0.3 + SLACK


@pytest.mark.parametrize("rules", [Rules(bucket_size=1, bucket_window=0.3)])
async def test_a_delivery_that_is_cancelled_leaves_the_reply_editable(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with reply, asyncio.timeout(5):
        finishing = asyncio.create_task(reply.finish(drawn(board)))
        await seen.until(is_final)
        finishing.cancel()
        await asyncio.wait({finishing})
        await reply.finish(board.ended(Restarting()))

    assert finishing.cancelled()
    assert words(seen.message) == "notdrawn"


async def test_a_preview_that_comes_after_it_does_not_stay(bed: Bed) -> None:
    bed.wait(settle=0.1)
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message) == "waiting")
        cut_off = bed.fault(delay=0.05, drop=True)
        reply.show(drawing(board, 1, seen=False))
        await taken(cut_off)
        await reply.finish(drawn(board))
        await bed.carry_out_late(drawing(board, 1, seen=False))

    shown = [words(state.payload) for state in seen.history]
    assert shown == ["", "waiting", "drawn", "step 1", "drawn"]
    assert names(seen.message) == ["a-fox-7.png"]


@pytest.mark.parametrize("method", ["GET", "PATCH"])
async def test_one_that_cannot_be_put_back_is_a_matter_for_the_log(
    bed: Bed, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="bot")
    bed.wait(settle=0.1, retries=())
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message) == "waiting")
        cut_off = bed.fault(delay=0.05, drop=True)
        reply.show(drawing(board, 1, seen=False))
        await taken(cut_off)
        await reply.finish(drawn(board))
        await bed.carry_out_late(drawing(board, 1, seen=False))
        bed.fault(method=method, drop=True, times=None)

    assert "could not be" in caplog.text


async def test_when_nothing_was_in_flight_it_is_not_looked_at_again(bed: Bed) -> None:
    bed.wait(settle=3600.0)
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message) == "waiting")
        await reply.finish(drawn(board))

    assert bed.server.log.find("GET", f"/messages/{reply.place.message_id}") == []


async def test_previews_go_on_while_it_is_encoded(bed: Bed) -> None:
    encoder = GatedEncoder()
    bed.delivery = replace(bed.delivery, encoder=encoder)
    seen, reply, board = await bed.ask()
    with encoder:
        async with reply:
            finishing = asyncio.create_task(reply.finish(drawn(board)))
            reply.show(drawing(board, 7))
            await seen.until(lambda message: words(message) == "step 7")
            encoder.gate.set()
            await finishing

    assert is_final(seen.message)


async def test_stale_previews_are_never_downloaded(bed: Bed) -> None:
    bed.wait(interval=3600.0)
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message) == "waiting")
        for step in range(40):
            reply.show(drawing(board, step))
        await reply.finish(drawn(board))

    assert bed.fetched == []


class GatedEncoder(Encoder):
    """Encodes when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()

    async def encode(self, image: bytes, parameters: str, limit: int) -> Encoded:
        await self.gate.wait()
        return await super().encode(image, parameters, limit)
