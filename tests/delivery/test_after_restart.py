"""A reply that a dead process left: found where it is, if it is there; and its end may be shown twice."""

import asyncio
from dataclasses import replace

import pytest

from bot.delivery.reply import answer_place
from bot.domain.board import Board, NotDrawn
from bot.domain.errors import Interrupted, ReplyGone
from bot.domain.job import Place
from tests.delivery.bed import Bed, drawn, names, words


def unanswered(bed: Bed, board: Board) -> Place:
    """Return the place of an interaction that nobody has answered."""
    place = answer_place(bed.answers[0][0], None, bed.delivery)
    return replace(place, token="never-answered")


async def test_an_answer_of_which_only_the_token_is_known_is_edited(bed: Bed) -> None:
    seen, _, board = await bed.ask()
    async with bed.again(board, answer_place(bed.answers[0][0], None, bed.delivery)) as reply:
        place = await reply.finish(drawn(board))

    assert names(seen.message) == ["a-fox-7.png"]
    assert str(place.message_id) == (seen.message or {})["id"]


async def test_whoever_was_never_answered_is_told_nothing(bed: Bed) -> None:
    _, _, board = await bed.ask()
    before = bed.posted() + bed.posted("dm")
    async with bed.again(board, unanswered(bed, board)) as reply:
        async with asyncio.timeout(1):
            await reply.until_gone()
        with pytest.raises(ReplyGone):
            await reply.finish(drawn(board))

    assert bed.posted() + bed.posted("dm") == before


async def test_when_the_token_ends_nobody_can_say_and_the_picture_is_posted(bed: Bed) -> None:
    _, _, board = await bed.ask()
    bed.wait(token_life=0.0)
    async with bed.again(board, unanswered(bed, board)) as reply:
        await reply.finish(drawn(board))

    assert [names(message) for message in bed.posted()] == [[], ["a-fox-7.png"]]


async def test_that_it_was_interrupted_is_said_in_the_card_and_not_beside_it(bed: Bed) -> None:
    seen, _, board = await bed.ask()
    ended = board.with_slot(0, NotDrawn(Interrupted()))
    place = answer_place(*bed.answers[0], bed.delivery)
    for _ in range(2):
        async with bed.again(board, place) as reply:
            await reply.finish(ended)

    assert words(seen.message) == "notdrawn"
    assert len(bed.posted()) == 1
    assert seen.followups == []
