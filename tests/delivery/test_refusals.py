"""Discord says no, or nothing: the picture arrives all the same, once; or it is kept, and the user told."""

import asyncio
import logging
import random
from io import BytesIO

import pytest
from PIL import Image

from bot.domain.errors import DeliveryFailed, QueueFull, ReplyGone
from bot.sandbox.discord import Fault, Rules
from tests.delivery.bed import EDIT, Bed, drawing, drawn, names, words

REFUSED = {"message": "no", "code": 0}


def noise(side: int) -> bytes:
    """Return a picture that no encoder makes small."""
    file = BytesIO()
    Image.frombytes("RGB", (side, side), random.Random(7).randbytes(3 * side * side)).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("applied", [False, True])
async def test_a_dropped_connection_is_tried_again(bed: Bed, *, applied: bool) -> None:
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message) == "waiting")
        bed.fault(drop=True, applied=applied)
        await reply.finish(drawn(board))

    assert names(seen.message) == ["a-fox-7.png"]
    assert len(bed.posted()) == 1


async def test_an_error_of_discord_is_tried_again(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message) == "waiting")
        bed.fault(status=503, body=REFUSED)
        await reply.finish(drawn(board))

    assert names(seen.message) == ["a-fox-7.png"]


async def test_a_rate_limit_is_waited_for(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message) == "waiting")
        bed.server.faults.add(Fault.rate_limited(0.1, method="PATCH", path=EDIT))
        await reply.finish(drawn(board))

    assert names(seen.message) == ["a-fox-7.png"]


async def test_a_preview_that_is_refused_is_left_out(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message) == "waiting")
        bed.fault(status=400, body=REFUSED)
        reply.show(drawing(board, 1))
        while bed.server.log.find("PATCH", "")[-1]["status"] != 400:
            await asyncio.sleep(0)
        reply.show(drawing(board, 2))
        shown = await seen.until(lambda message: words(message).startswith("step"))

    assert words(shown) == "step 2"


@pytest.mark.parametrize("rules", [Rules(upload_limit=3000, bucket_size=50)])
async def test_a_file_that_is_too_large_is_shrunk_before_it_is_sent(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with reply:
        await reply.finish(drawn(board, image=noise(64)))

    assert words(seen.message) == "drawn\nshrunk to WebP"
    assert names(seen.message) == ["a-fox-7.webp"]
    assert 413 not in [row["status"] for row in bed.server.log.rows]


async def test_a_file_that_discord_finds_too_large_is_shrunk(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message) == "waiting")
        bed.fault(status=413, body={"message": "Request entity too large", "code": 40005})
        await reply.finish(drawn(board, image=noise(64)))

    assert words(seen.message) == "drawn\nshrunk to WebP"


async def test_a_card_that_discord_does_not_like_gives_way_to_the_plain_picture(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message) == "waiting")
        bed.fault(status=400, body={"message": "Invalid Form Body", "code": 50035})
        await reply.finish(drawn(board))

    assert (words(seen.message), names(seen.message)) == ("a fox", ["a-fox-7.png"])


@pytest.mark.parametrize("code", [10008, 10003])
async def test_a_deleted_reply_is_noticed_at_the_next_edit(bed: Bed, code: int) -> None:
    seen, reply, board = await bed.ask()
    async with reply, asyncio.timeout(5):
        await seen.until(lambda message: words(message) == "waiting")
        bed.fault(status=404, body={"message": "Unknown", "code": code}, times=None)
        reply.show(drawing(board, 1))
        await reply.until_gone()
        with pytest.raises(ReplyGone):
            await reply.finish(drawn(board))

    assert len(bed.posted()) == 1


async def test_what_can_be_put_nowhere_is_told_in_one_sentence(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message) == "waiting")
        bed.fault(status=400, body=REFUSED, times=2)
        with pytest.raises(DeliveryFailed) as failed:
            await reply.finish(drawn(board))

    assert (failed.value.status, words(seen.message)) == (400, "told DeliveryFailed None")


async def test_a_connection_that_stays_broken_ends_in_one_error(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message) == "waiting")
        bed.fault(drop=True, times=None)
        with pytest.raises(DeliveryFailed) as failed:
            await reply.finish(drawn(board))

    assert failed.value.status is None


async def test_who_cannot_be_told_alone_reads_it_in_the_card(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    bed.fault(method="POST", path="/webhooks/*", status=403, body=REFUSED)
    async with reply:
        await reply.finish(board.ended(QueueFull(), "3f9a2c"))

    assert words(seen.message) == "notdrawn\ntold QueueFull 3f9a2c"


async def test_no_token_is_logged(bed: Bed, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="bot")
    _, reply, board = await bed.ask()
    async with reply:
        bed.fault(drop=True, times=2)
        await reply.finish(drawn(board))

    assert "Refusal" in caplog.text
    assert (reply.place.token or "?") not in caplog.text
