"""An interaction's token ends after fifteen minutes; the reply goes on elsewhere."""

import asyncio

import pytest

from bot.domain.errors import DeliveryFailed, QueueFull
from bot.sandbox.discord import Rules
from bot.sandbox.discord.wire import Json
from tests.delivery.bed import Bed, drawing, drawn, names, words

SHORT = Rules(token_life=0.5, bucket_size=50)
INVALID = {"message": "Invalid Webhook Token", "code": 50027}
UNKNOWN = {"message": "Unknown Webhook", "code": 10015}


def pictures(*places: list[Json]) -> list[str]:
    return [name for place in places for message in place for name in names(message)]


async def ended(bed: Bed) -> None:
    """Wait until the token has ended."""
    await asyncio.sleep(0.5)


@pytest.fixture
def rules() -> Rules:
    return SHORT


@pytest.fixture(autouse=True)
def _short(bed: Bed) -> None:
    bed.wait(token_life=0.5, margin=0.3)


async def test_before_its_token_ends_a_reply_goes_on_in_a_message_of_the_bots_own(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with reply:
        reply.show(drawing(board, 1))
        moved = await seen.until(lambda message: words(message).startswith("moved"))
        new = bed.posted()[1]
        place = await reply.finish(drawn(board))

    assert words(moved) == f"moved to {bed.url(place)}"
    assert (words(new), names(new)) == ("step 1", ["preview-0.webp"])
    assert pictures(bed.posted()) == ["a-fox-7.png"]
    assert place.token is None


async def test_a_reply_that_waits_in_the_queue_is_handed_over_as_well(bed: Bed) -> None:
    seen, reply, _ = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message).startswith("moved"))

    assert words(bed.posted()[1]) == "waiting"


async def test_the_new_message_refers_to_the_request_and_pings_nobody(bed: Bed) -> None:
    seen, reply, _ = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message).startswith("moved"))
    [post] = bed.server.log.find("POST", "/messages")

    assert post["body"]["message_reference"]["message_id"] == int((seen.message or {})["id"])
    assert post["body"]["allowed_mentions"] == {"parse": [], "replied_user": False}


async def test_a_picture_that_comes_within_the_margin_is_posted_in_the_new_message(bed: Bed) -> None:
    bed.wait(margin=0.5)
    seen, reply, board = await bed.ask()
    async with reply:
        await reply.finish(drawn(board))

    assert pictures(bed.posted()) == ["a-fox-7.png"]
    assert words(seen.message).startswith("moved")


@pytest.mark.parametrize(("status", "body"), [(401, INVALID), (404, UNKNOWN)])
async def test_a_token_that_ends_early_loses_nothing(bed: Bed, status: int, body: Json) -> None:
    bed.wait(margin=0.0)
    _, reply, board = await bed.ask()
    bed.fault(path="/webhooks/*", status=status, body=body, times=None)
    async with reply:
        await reply.finish(drawn(board))

    assert pictures(bed.posted()) == ["a-fox-7.png"]


async def test_where_the_bot_may_not_write_it_writes_to_the_user(bed: Bed) -> None:
    bed.forbid()
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message).startswith("moved"))
        place = await reply.finish(drawn(board))

    assert pictures(bed.posted("dm")) == ["a-fox-7.png"]
    assert words(seen.message) == f"moved to {bed.url(place, direct=True)}"
    assert len(bed.posted()) == 1


async def test_a_private_reply_is_handed_over_to_its_user_alone(bed: Bed) -> None:
    seen, reply, board = await bed.ask(private=True)
    async with reply:
        await seen.until(lambda message: words(message).startswith("moved"))
        await reply.finish(drawn(board))

    assert pictures(bed.posted("dm")) == ["a-fox-7.png"]
    assert bed.posted(name="bob") == []


async def test_what_nobody_takes_is_kept_and_no_reply_stays_unfinished(bed: Bed) -> None:
    bed.forbid()
    bed.refuse_direct_messages()
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message).startswith("told"))
        await ended(bed)
        with pytest.raises(DeliveryFailed):
            await reply.finish(drawn(board))

    assert words(seen.message) == "told DeliveryFailed None"
    assert pictures(bed.posted(), bed.posted("dm")) == []


async def test_as_long_as_the_token_lives_a_picture_that_nobody_else_takes_is_put_there(bed: Bed) -> None:
    bed.forbid()
    bed.refuse_direct_messages()
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message).startswith("told"))
        reply.show(drawing(board, 1))
        await asyncio.sleep(0.1)
        assert words(seen.message).startswith("told")
        await reply.finish(drawn(board))

    assert names(seen.message) == ["a-fox-7.png"]


async def test_a_picture_that_comes_within_the_margin_stays_where_it_is_if_nobody_else_takes_it(
    bed: Bed,
) -> None:
    seen, reply, board = await bed.within_margin()
    bed.forbid()
    bed.refuse_direct_messages()
    await reply.finish(drawn(board))

    assert names(seen.message) == ["a-fox-7.png"]


async def test_a_post_that_may_have_arrived_is_not_followed_by_an_edit_of_the_old_reply(bed: Bed) -> None:
    seen, reply, board = await bed.within_margin()
    bed.fault(method="POST", path="/channels/*/messages", drop=True, applied=True, times=None)
    with pytest.raises(DeliveryFailed):
        await reply.finish(drawn(board))

    assert pictures(bed.posted()) == ["a-fox-7.png"]
    assert words(seen.message) == "told DeliveryFailed None"


async def test_an_old_reply_that_cannot_say_where_it_goes_on_stops_nobody(bed: Bed) -> None:
    seen, reply, board = await bed.within_margin()
    bed.fault(path="/webhooks/*", status=404, body=UNKNOWN, times=None)
    await reply.finish(drawn(board))

    assert pictures(bed.posted()) == ["a-fox-7.png"]
    assert words(seen.message) == ""


@pytest.mark.parametrize("applied", [False, True])
async def test_a_post_whose_answer_is_lost_is_not_repeated_into_a_second_message(
    bed: Bed, *, applied: bool
) -> None:
    bed.wait(margin=0.5)
    _, reply, board = await bed.ask()
    lost = bed.fault(method="POST", path="/channels/*/messages", drop=True, applied=applied)
    async with reply:
        await reply.finish(drawn(board))

    assert lost.times == 0
    assert pictures(bed.posted()) == ["a-fox-7.png"]


async def test_a_hand_over_that_the_picture_overtakes_is_completed(bed: Bed) -> None:
    bed.wait(margin=0.5)
    seen, reply, board = await bed.ask()
    cut_off = bed.fault(method="POST", path="/channels/*/messages", delay=0.1, applied=True)
    async with reply:
        while cut_off.times:
            await asyncio.sleep(0)
        await reply.finish(drawn(board))

    assert pictures(bed.posted()) == ["a-fox-7.png"]
    assert words(seen.message).startswith("moved")


async def test_a_picture_that_arrived_although_its_answer_was_lost_is_not_posted_again(bed: Bed) -> None:
    bed.wait(margin=0.0)
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message) == "waiting")
        bed.fault(path="/webhooks/*", drop=True, applied=True)
        bed.fault(path="/webhooks/*", status=404, body=UNKNOWN, times=None)
        await reply.finish(drawn(board))

    assert pictures(bed.posted()) == ["a-fox-7.png"]


async def test_if_nobody_can_say_whether_a_private_picture_arrived_it_is_kept(bed: Bed) -> None:
    bed.wait(margin=0.0)
    seen, reply, board = await bed.ask(private=True)
    async with reply:
        await seen.until(lambda message: words(message) == "waiting")
        bed.fault(path="/webhooks/*", drop=True, applied=True)
        bed.fault(path="/webhooks/*", status=404, body=UNKNOWN, times=None)
        with pytest.raises(DeliveryFailed):
            await reply.finish(drawn(board))

    assert bed.posted("dm") == []


async def test_a_picture_that_did_not_arrive_before_the_token_ended_is_posted(bed: Bed) -> None:
    bed.wait(margin=0.0)
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message) == "waiting")
        bed.fault(path="/webhooks/*", drop=True)
        bed.fault(path="/webhooks/*", status=404, body=UNKNOWN, times=None)
        await reply.finish(drawn(board))

    assert pictures(bed.posted()) == ["a-fox-7.png"]


async def test_a_failure_may_be_told_twice_rather_than_not_at_all(bed: Bed) -> None:
    bed.wait(margin=0.0)
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message) == "waiting")
        bed.fault(path="/webhooks/*", drop=True)
        bed.fault(path="/webhooks/*", status=404, body=UNKNOWN, times=None)
        await reply.finish(board.ended(QueueFull(), "3f9a2c"))

    assert words(bed.posted()[1]) == "notdrawn\ntold QueueFull 3f9a2c"


async def test_a_failure_that_could_not_be_told_alone_is_told_where_the_reply_goes_on(bed: Bed) -> None:
    bed.wait(margin=0.0)
    _, reply, board = await bed.ask()
    bed.fault(path="/webhooks/*", status=404, body=UNKNOWN, times=None)
    async with reply:
        await reply.finish(board.ended(QueueFull(), "3f9a2c"))

    assert words(bed.posted()[1]) == "notdrawn\ntold QueueFull 3f9a2c"


async def test_a_failure_after_the_hand_over_is_told_in_the_card(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message).startswith("moved"))
        await reply.finish(board.ended(QueueFull(), "3f9a2c"))

    assert words(bed.posted()[1]) == "notdrawn\ntold QueueFull 3f9a2c"


async def test_a_reply_that_was_handed_over_is_finished_after_a_restart(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with reply:
        await seen.until(lambda message: words(message).startswith("moved"))
    async with bed.again(board, reply.place) as same:
        await same.finish(drawn(board))

    assert pictures(bed.posted()) == ["a-fox-7.png"]
    assert len(bed.posted()) == 2
