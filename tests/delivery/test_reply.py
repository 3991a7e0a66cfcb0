"""A job's reply, as the member sees it while all goes well."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from bot.delivery.reply import open_reply
from bot.domain.board import NotDrawn
from bot.domain.errors import QueueFull
from bot.domain.stage import Drawing
from tests.delivery.bed import Bed, drawing, drawn, names, preview, words

EPHEMERAL = 64


async def test_the_final_picture_is_an_attachment_of_the_one_reply(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with reply:
        place = await reply.finish(drawn(board))
    [file] = await seen.files()

    assert (file.filename, file.description) == ("a-fox-7.png", "a fox")
    assert words(seen.message) == "drawn"
    assert (place.message_id, len(bed.posted())) == (int((seen.message or {})["id"]), 1)


async def test_the_picture_carries_its_parameters(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with reply:
        await reply.finish(drawn(board))
    [file] = await seen.files()

    with Image.open(BytesIO(file.data)) as image:
        assert image.info["parameters"].startswith("a fox\nSteps: 40")


async def test_its_place_is_known_before_anything_is_shown(bed: Bed) -> None:
    seen, reply, board = await bed.ask()

    assert reply.place.message_id == int((seen.message or {})["id"])
    assert reply.place.channel_id == board.job.channel_id
    assert "token" not in repr(reply.place).replace("token_ends_at", "")


async def test_without_the_acknowledgement_the_place_is_known_after_the_first_edit(bed: Bed) -> None:
    seen, _, board = await bed.ask()
    interaction, _ = bed.answers[0]
    reply = bed.open(interaction, None, board)
    async with reply:
        await reply.finish(drawn(board))

    assert reply.place.message_id == int((seen.message or {})["id"])


async def test_opening_it_shows_the_first_board(bed: Bed) -> None:
    seen, reply, _ = await bed.ask()
    async with reply:
        assert await seen.until(lambda message: words(message) == "waiting")


async def test_a_preview_is_shown_and_makes_way_for_the_picture(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with reply:
        reply.show(drawing(board, 1))
        shown = await seen.until(names)
        reply.show(drawing(board, 2))
        await seen.until(lambda message: words(message) == "step 2")
        await reply.finish(drawn(board))

    assert (words(shown), names(shown)) == ("step 1", ["preview-0.webp"])
    assert names(seen.message) == ["a-fox-7.png"]


async def test_the_same_preview_is_neither_downloaded_nor_uploaded_again(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    first = drawing(board, 1)
    async with reply:
        reply.show(first)
        before = await seen.until(names)
        reply.show(first.with_slot(0, Drawing(9, 20, preview(1))))
        after = await seen.until(lambda message: words(message) == "step 9")

    assert before["attachments"][0]["id"] == after["attachments"][0]["id"]
    assert bed.fetched == [preview(1)]


async def test_a_preview_that_cannot_be_had_leaves_the_one_before(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with reply:
        reply.show(drawing(board, 1))
        await seen.until(names)
        bed.lost.add(preview(2))
        reply.show(drawing(board, 2))
        shown = await seen.until(lambda message: words(message) == "step 2")

    assert names(shown) == ["preview-0.webp"]


async def test_what_discord_would_not_have_is_not_offered_as_a_preview(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    bed.preview = b"no picture"
    async with reply:
        reply.show(drawing(board, 1))
        shown = await seen.until(lambda message: words(message) == "step 1")

    assert names(shown) == []


async def test_pictures_of_one_reply_appear_as_they_come(bed: Bed) -> None:
    seen, reply, board = await bed.ask(count=2)
    async with reply:
        reply.show(drawing(drawn(board, 0), 1, 1))
        both = await seen.until(lambda message: len(names(message)) == 2)
        await reply.finish(drawn(board))

    assert names(both) == ["a-fox-7.png", "preview-1.webp"]
    assert names(seen.message) == ["a-fox-7.png", "a-fox-8.png"]
    assert both["attachments"][0]["id"] == (seen.message or {})["attachments"][0]["id"]


async def test_pictures_of_one_name_get_names_of_their_own(bed: Bed) -> None:
    seen, reply, board = await bed.ask(count=2)
    same = replace(board, job=replace(board.job, requests=board.job.requests[:1] * 2))
    async with reply:
        await reply.finish(drawn(same))

    assert sorted(names(seen.message)) == ["a-fox-7-2.png", "a-fox-7.png"]


async def test_a_failed_picture_does_not_take_the_others_with_it(bed: Bed) -> None:
    seen, reply, board = await bed.ask(count=2)
    async with reply:
        await reply.finish(drawn(board, 0).ended(QueueFull(), "3f9a2c"))

    assert (names(seen.message), words(seen.message)) == (["a-fox-7.png"], "drawn\nnotdrawn")
    assert [words(told) for told in seen.followups] == ["told QueueFull 3f9a2c"]


@pytest.mark.parametrize("private", [False, True])
async def test_why_there_is_no_picture_is_for_the_user_alone(bed: Bed, *, private: bool) -> None:
    seen, reply, board = await bed.ask(private=private)
    async with reply:
        await reply.finish(board.ended(QueueFull(), "3f9a2c"))
    [told] = seen.followups

    assert words(told) == "told QueueFull 3f9a2c"
    assert told["flags"] & EPHEMERAL
    assert (words(seen.message), names(seen.message)) == ("notdrawn", [])


async def test_a_cancellation_needs_no_further_words(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with reply:
        await reply.finish(board.with_slot(0, NotDrawn()))

    assert words(seen.message) == "notdrawn"
    assert seen.followups == []


async def test_a_private_reply_is_seen_by_its_user_alone(bed: Bed) -> None:
    seen, reply, board = await bed.ask(private=True)
    async with reply:
        await reply.finish(drawn(board))

    assert names(seen.message) == ["a-fox-7.png"]
    assert bed.posted(name="bob") == []


async def test_a_reply_is_finished_after_a_restart(bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with bed.again(board, reply.place) as same:
        await same.finish(board.ended(QueueFull(), "3f9a2c"))

    assert words(seen.message) == "notdrawn"
    assert words(seen.followups[0]) == "told QueueFull 3f9a2c"


async def test_a_job_without_a_place_has_no_reply_to_open_again(bed: Bed) -> None:
    _, _, board = await bed.ask()

    with pytest.raises(ValueError, match="no reply"):
        open_reply(bed.client, board, fetch=bed.fetch, delivery=bed.delivery)


async def test_a_card_leaves_no_view_in_memory(bed: Bed) -> None:
    _, reply, board = await bed.ask()
    async with reply:
        await reply.finish(drawn(board))

    assert list(bed.client.persistent_views) == []
    assert not bed.client._connection._view_store._synced_message_views
