"""Stages: what a provider's events add up to."""

from bot.domain.events import ImagePreview, ImageResponse, Log, Progress, Queued, Started
from bot.domain.stage import Drawing, Stage, Waiting, advance

PREVIEW = ImagePreview("http://space/1.webp", "a fox")


def after(*events: Log | Queued | Started | Progress | ImagePreview | ImageResponse) -> Stage:
    stage: Stage = Waiting()
    for event in events:
        stage = advance(stage, event, now=1000.0)
    return stage


def test_a_place_in_the_queue_with_an_eta_becomes_a_point_in_time() -> None:
    assert after(Queued(2, 3, eta=60.0)) == Waiting(2, ready_at=1060.0)


def test_a_place_in_the_queue_without_an_eta_promises_no_time() -> None:
    assert after(Queued(2, 3)) == Waiting(2, ready_at=None)


def test_a_later_place_in_the_queue_replaces_the_earlier() -> None:
    assert after(Queued(2, 3), Queued(0, 1)) == Waiting(0)


def test_work_begins_when_the_queue_ends() -> None:
    assert after(Queued(0, 1), Started(10.0)) == Drawing()


def test_progress_without_a_start_is_drawing_too() -> None:
    assert after(Progress(3, 8)) == Drawing(step=3, total=8)


def test_steps_and_previews_are_shown_together() -> None:
    assert after(Started(), PREVIEW, Progress(4, 8)) == Drawing(step=4, total=8, preview=PREVIEW)


def test_a_line_of_the_service_is_shown_until_the_next_step() -> None:
    said = Log("Waiting for a GPU to become available")

    assert after(Started(), said) == Drawing(note=said.message)
    assert after(Queued(1, 2), said, Queued(0, 1)) == Waiting(0, note=said.message)
    assert after(said, Progress(1, 8)) == Drawing(step=1, total=8)


def test_the_response_leaves_the_last_stage_as_it_was() -> None:
    assert after(PREVIEW, ImageResponse("http://space/2.webp", "a fox")) == Drawing(preview=PREVIEW)
