"""The reply that comes long after its request: a new message, posted once."""

from dataclasses import replace

import pytest

from bot.delivery.later import LaterReply, open_later
from bot.domain.board import Board, NotDrawn
from bot.domain.errors import DeliveryFailed, ParkingExpired, QueueFull, TokenRefused
from bot.domain.job import Job, Place
from bot.ports import Reply
from tests.delivery.bed import Bed, drawing, drawn, names, request, words

_reply: type[Reply] = LaterReply


def board(bed: Bed, *, place: Place | None = None, private: bool = False, count: int = 1) -> Board:
    """Return the board of a parked job of alice's."""
    job = Job(
        id="job-1",
        user_id=bed.server.person("alice").user.id,
        guild_id=bed.server.guild.id,
        channel_id=bed.server.channel("general").id,
        locale="en-US",
        requests=tuple(request(7 + number) for number in range(count)),
        private=private,
        created_at=0.0,
        place=place,
        parked_until=86400.0,
    )
    return Board.empty(job)


def later(bed: Bed, first: Board) -> LaterReply:
    return open_later(bed.client, first, fetch=bed.fetch, delivery=bed.delivery)


async def test_nothing_is_seen_before_the_picture(bed: Bed) -> None:
    first = board(bed)
    async with later(bed, first) as reply:
        reply.show(drawing(first, 1))
        seen = bed.posted()
        place = await reply.finish(drawn(first))
    [message] = bed.posted()

    assert seen == []
    assert bed.fetched == []
    assert names(message) == ["a-fox-7.png"]
    assert (str(place.message_id), place.token) == (message["id"], None)


async def test_what_is_left_unfinished_was_never_there(bed: Bed) -> None:
    async with later(bed, board(bed)) as reply:
        assert reply.place == Place(channel_id=bed.server.channel("general").id)

    assert bed.posted() == []


async def test_it_refers_to_the_request_and_pings_nobody(bed: Bed) -> None:
    seen, _, _ = await bed.ask()
    message_id = int((seen.message or {})["id"])
    place = Place(channel_id=bed.server.channel("general").id, message_id=message_id)
    first = board(bed, place=place)
    async with later(bed, first) as reply:
        before = reply.place
        await reply.finish(drawn(first))
    [post] = bed.server.log.find("POST", "/messages")

    assert before == place
    assert post["body"]["message_reference"]["message_id"] == message_id
    assert post["body"]["allowed_mentions"] == {"parse": [], "replied_user": False}


async def test_a_process_that_did_not_note_the_message_makes_no_second_one(bed: Bed) -> None:
    first = board(bed)
    places = []
    for _ in range(2):
        async with later(bed, first) as reply:
            places.append(await reply.finish(drawn(first)))

    assert places[0] == places[1]
    assert len(bed.posted()) == 1


async def test_an_earlier_message_of_the_job_is_not_taken_for_it(bed: Bed) -> None:
    bed.wait(margin=bed.delivery.times.token_life)
    _, reply, asked = await bed.ask()
    async with reply:
        await reply.finish(asked.ended(QueueFull()))
    first = replace(asked, job=replace(asked.job, place=reply.place, parked_until=86400.0))
    async with later(bed, first) as second:
        await second.finish(drawn(first))

    assert [names(message) for message in bed.posted()] == [[], [], ["a-fox-7.png"]]


@pytest.mark.parametrize("private", [False, True])
async def test_private_ones_and_those_that_no_channel_takes_go_to_the_user(bed: Bed, private: bool) -> None:  # noqa: FBT001
    first = board(bed, private=private)
    if not private:
        bed.forbid()
    async with later(bed, first) as reply:
        await reply.finish(drawn(first))

    assert [names(message) for message in bed.posted("dm")] == [["a-fox-7.png"]]
    assert bed.posted() == []


async def test_what_can_be_put_nowhere_is_said_to_whoever_keeps_it(bed: Bed) -> None:
    bed.forbid()
    bed.refuse_direct_messages()
    first = board(bed)
    async with later(bed, first) as reply:
        with pytest.raises(DeliveryFailed):
            await reply.finish(drawn(first))


async def test_why_there_is_no_picture_is_in_the_message(bed: Bed) -> None:
    first = board(bed)
    async with later(bed, first) as reply:
        await reply.finish(first.with_slot(0, NotDrawn(ParkingExpired(), "3f9a2c")))

    assert [words(message) for message in bed.posted()] == ["notdrawn\ntold ParkingExpired 3f9a2c"]


async def test_a_word_to_the_user_alone_is_a_direct_message(bed: Bed) -> None:
    async with later(bed, board(bed)) as reply:
        await reply.tell(TokenRefused())

    assert [words(message) for message in bed.posted("dm")] == ["told TokenRefused None"]


async def test_beside_an_answer_it_is_for_the_user_alone_and_comes_after_the_picture(bed: Bed) -> None:
    seen, reply, asked = await bed.ask()
    async with reply:
        reply.show(drawing(asked, 1))
        await reply.tell(TokenRefused())
        await reply.finish(drawn(asked))
    [told] = seen.followups

    assert words(told) == "told TokenRefused None"
    assert names(seen.message) == ["a-fox-7.png"]
    assert len(bed.posted(name="bob")) == 1


async def test_a_word_that_nobody_takes_is_left(bed: Bed) -> None:
    _, reply, asked = await bed.ask()
    bed.fault(
        method="POST", path="/webhooks/*", status=404, body={"message": "Unknown Webhook", "code": 10015}
    )
    bed.refuse_direct_messages()
    async with reply:
        await reply.tell(TokenRefused())
        place = await reply.finish(drawn(asked))

    assert place.token is not None
    assert bed.posted("dm") == []


async def test_a_word_goes_to_the_user_where_the_token_has_ended(bed: Bed) -> None:
    _, reply, asked = await bed.ask()
    bed.fault(
        method="POST", path="/webhooks/*", status=404, body={"message": "Unknown Webhook", "code": 10015}
    )
    async with reply:
        await reply.tell(TokenRefused())
        await reply.finish(drawn(asked))

    assert [words(message) for message in bed.posted("dm")] == ["told TokenRefused None"]
