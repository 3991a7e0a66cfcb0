"""The card in which a job is shown, and the limits of Discord that it keeps."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.board import Board, NotDrawn, ShownFile
from bot.domain.errors import HeldByQuota, Interrupted, QueueFull
from bot.domain.request import ImageRequest
from bot.domain.stage import Drawing, Waiting
from bot.sandbox.discord.components import walk
from bot.sandbox.discord.errors import Problems
from bot.sandbox.discord.validation.components import check_tree
from bot.sandbox.terminal import texts
from bot.ui import answers, cards
from tests.referee import Referee
from tests.ui.boards import PREVIEW, boards, drawn, files_of, job

FOX = ImageRequest("a fox", seed=7, model="sd-3.5")
HELD = HeldByQuota(1754.2, stated=True)
FILE = {0: ShownFile("a-fox-7.png")}


def components(view: ui.LayoutView) -> list[dict[str, Any]]:
    return [item.to_component_dict() for item in view.children]


def words(view: ui.LayoutView) -> str:
    return "\n".join(texts({"components": components(view)}, now=0.0))


def labels(view: ui.LayoutView) -> list[str]:
    return [part["label"] for part in walk(components(view)) if part["type"] == 2]


def items(view: ui.LayoutView) -> Iterator[dict[str, Any]]:
    return (item for part in walk(components(view)) for item in part.get("items", []))


@settings(max_examples=200, deadline=None)
@given(boards())
def test_whatever_is_on_a_board_discord_takes_its_card(board: Board) -> None:
    shown = components(cards.card(board, files_of(board)))
    problems = Problems()
    check_tree(shown, problems, v2=True)
    problems.refuse()


@settings(max_examples=10, deadline=None)
@given(boards())
def test_and_so_does_discords_own_description(board: Board) -> None:
    body = {"flags": 1 << 15, "components": components(cards.card(board, files_of(board)))}
    row = {"method": "POST", "path": "/channels/3/messages", "query": {}, "status": 200, "response": None}
    found = [one for one in REFEREE.violations(row | {"body": body}) if "answer" not in one]

    assert found == []


@given(boards())
def test_every_picture_has_its_prompt_as_alternative_text(board: Board) -> None:
    shown = list(items(cards.card(board, files_of(board))))

    assert [item["description"] for item in shown] == [
        board.job.requests[index].prompt for index in sorted(files_of(board))
    ]


@pytest.mark.parametrize(
    ("slot", "text"),
    [
        (Waiting(), "a fox\n⏳ Asking for a place in the queue…"),
        (Waiting(0), "a fox\n⏳ You are next."),
        (Waiting(2, 60.5), "a fox\n⏳ 2 ahead of you. Ready in 61 seconds."),
        (Drawing(10, 40), "a fox\n🎨 Drawing… step 10 of 40\n▰▰▰▱▱▱▱▱▱▱▱▱"),
        (NotDrawn(QueueFull()), "a fox\n❌ No picture was made."),
        (NotDrawn(None), "a fox\n🚫 Cancelled."),
        (drawn(FOX), "a fox\n1024 × 1024 · 40 steps · guidance 4.5\nseed 7 · sd-3.5 · 12.3 s"),
    ],
)
def test_each_state_is_told_in_words(slot: Any, text: str) -> None:
    assert words(cards.card(Board(job=job(), slots=(slot,)), {})) == text


def test_a_private_failure_says_why_for_nobody_else_reads_it() -> None:
    board = Board(job=job(private=True), slots=(NotDrawn(QueueFull(), "3f9a2c"),))

    assert "The image service's queue is full." in words(cards.card(board, {}))
    assert "Reference 3f9a2c" in words(cards.card(board, {}))


def test_that_the_bot_was_stopped_is_no_secret() -> None:
    board = Board(job=job(), slots=(NotDrawn(Interrupted()),))

    assert "The bot was stopped while this was drawn" in words(cards.card(board, {}))


def test_of_several_pictures_the_current_one_is_named() -> None:
    board = Board(job=job(FOX, FOX, FOX), slots=(drawn(FOX), Drawing(3, 4, PREVIEW), Waiting()))

    assert words(cards.card(board, files_of(board))) == (
        "a fox\nPicture 2 of 3\n🎨 Drawing… step 3 of 4\n▰▰▰▰▰▰▰▰▰▱▱▱"
    )


def test_a_failed_picture_leaves_the_others_theirs() -> None:
    other = replace(FOX, seed=8)
    failed = NotDrawn(QueueFull())
    board = Board(job=job(FOX, other, FOX), slots=(failed, drawn(other), failed))

    assert words(cards.card(board, {})) == (
        "a fox\n1, 3 ❌ Not drawn.\n1024 × 1024 · 40 steps · guidance 4.5\n2 seed 8 · sd-3.5 · 12.3 s"
    )


def test_different_prompts_are_numbered_as_their_pictures() -> None:
    prompts = [replace(FOX, prompt=prompt) for prompt in ("red fox", "red fox", "blue fox")]
    board = Board.empty(job(*prompts))

    assert words(cards.card(board, {})).startswith("1, 2 red fox\n3 blue fox\n")


def test_the_notes_say_what_was_changed_and_where_it_comes_from() -> None:
    board = Board(job=job(), slots=(drawn(FOX),), parent_url="https://discord.com/channels/2/3/4")
    shown = words(cards.card(board, {0: ShownFile("a-fox-7.jpg", "JPEG")}))

    assert "Saved as JPEG: Discord takes no larger file here." in shown
    assert "Made from [this picture](https://discord.com/channels/2/3/4)." in shown


def test_a_spoiler_hides_the_picture() -> None:
    board = Board(job=job(spoiler=True), slots=(drawn(FOX),))

    assert [item["spoiler"] for item in items(cards.card(board, FILE))] == [True]


@pytest.mark.parametrize(
    ("slot", "private", "expected"),
    [
        (Waiting(), False, ["Cancel"]),
        (NotDrawn(), False, ["Again", "Edit", "Delete"]),
        (NotDrawn(HELD), False, ["Draw it when quota returns", "Again", "Edit", "Delete"]),
        (drawn(FOX), False, ["Again", "Edit", "Same seed", "Details", "Favourite", "Delete", "Report"]),
        (drawn(FOX), True, ["Again", "Edit", "Same seed", "Details", "Favourite", "Delete", "Share"]),
    ],
)
def test_a_card_has_the_buttons_that_make_sense(slot: Any, private: bool, expected: list[str]) -> None:  # noqa: FBT001
    assert labels(cards.card(Board(job=job(private=private), slots=(slot,)), {})) == expected


def test_there_is_nobody_to_report_to_outside_of_servers() -> None:
    board = Board(job=replace(job(), guild_id=None), slots=(drawn(FOX),))

    assert "Report" not in labels(cards.card(board, {}))


def test_what_is_drawn_in_part_cannot_be_parked() -> None:
    board = Board(job=job(FOX, FOX), slots=(drawn(FOX), NotDrawn(HELD)))

    assert "Draw it when quota returns" not in labels(cards.card(board, files_of(board)))


@pytest.mark.parametrize(("job_id", "expected"), [("job1", ["Draw it when quota returns"]), (None, [])])
def test_who_is_told_that_quota_is_gone_can_park_what_is_known(
    job_id: str | None, expected: list[str]
) -> None:
    assert labels(cards.told(HeldByQuota(1754.2, stated=True, job_id=job_id), None, "en-US")) == expected


def test_a_picture_that_comes_long_after_its_request_says_whose_it_is() -> None:
    parked = replace(job(), parked_until=86400.0)

    assert "Asked for by <@1>" in words(cards.card(Board(job=parked, slots=(drawn(FOX),)), FILE))


def test_no_line_is_too_long_for_a_phone() -> None:
    board = Board(job=job(), slots=(drawn(replace(FOX, seed=2**31 - 1, model="sd-3.5-large"), 123.4),))

    assert max(map(len, words(cards.card(board, FILE)).splitlines())) <= 44


@given(st.lists(st.text(min_size=1, max_size=1000), min_size=1, max_size=8))
def test_an_offer_of_any_prompts_is_one_that_discord_takes(prompts: list[str]) -> None:
    problems = Problems()
    check_tree(components(answers.offer("key", prompts, 8)), problems, v2=True)
    problems.refuse()


REFEREE = Referee()
