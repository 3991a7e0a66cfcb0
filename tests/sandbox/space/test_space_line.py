"""The queue's arithmetic, without a server."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.space.line import Line, LineFull
from bot.sandbox.space.mailboxes import SESSIONS, Mailboxes
from bot.sandbox.space.messages import Estimation
from bot.sandbox.space.moods import Mood, Scene
from bot.sandbox.space.play import Deliver, Denoise, Fail, Fault, Preview, acts


def worn_in(seconds: float, concurrency: int = 1) -> Line:
    """Return a queue in which one event took so many seconds."""
    line = Line(concurrency)
    line.join("past")
    line.serve(0.0)
    line.finish("past", seconds, completed=True)
    return line


def test_the_eta_counts_those_ahead_and_what_is_left_of_the_one_being_served() -> None:
    line = worn_in(10.0)
    for name in ("served", "next", "last"):
        line.join(name)
    line.serve(100.0)

    told = dict(line.estimations(104.0))

    assert told == {"next": Estimation(0, 2, 16.0), "last": Estimation(1, 2, 26.0)}


def test_those_who_are_overdue_do_not_make_the_eta_shorter_than_a_run() -> None:
    line = worn_in(10.0)
    line.join("served")
    line.serve(0.0)
    line.join("next")

    assert dict(line.estimations(1000.0))["next"].rank_eta == 10.0


def test_what_was_not_completed_does_not_count_for_the_average() -> None:
    line = Line()
    line.join("cancelled")
    line.serve(0.0)
    line.finish("cancelled", 500.0, completed=False)

    assert line.average is None


def test_nobody_joins_a_full_line() -> None:
    line = Line(maximum=1)
    line.join("one")

    with pytest.raises(LineFull, match="Max size is 1 and size is 1"):
        line.join("two")


@given(st.integers(1, 5), st.integers(0, 12))
def test_events_are_served_in_the_order_in_which_they_came(concurrency: int, count: int) -> None:
    line = Line(concurrency)
    for number in range(count):
        line.join(str(number))

    served = []
    while event_id := line.serve(0.0):
        served.append(event_id)

    assert served == [str(number) for number in range(min(count, concurrency))]


@given(st.sampled_from(Mood), st.integers(1, 50), st.integers(0, 60))
def test_every_play_ends_once_and_with_its_last_act(scene: Scene, steps: int, previews: int) -> None:
    played = list(acts(scene, steps, previews))

    endings = [isinstance(act, (Deliver, Fail, Fault)) for act in played]
    assert endings == [False] * (len(played) - 1) + [True]


@given(st.integers(1, 50), st.integers(0, 60))
def test_a_calm_play_shows_every_step_and_no_more_previews_than_fit_between_them(
    steps: int, previews: int
) -> None:
    played = list(acts(Mood.CALM, steps, previews))

    assert [act.index for act in played if isinstance(act, Denoise)] == list(range(steps))
    assert sum(isinstance(act, Preview) for act in played) <= min(previews, steps - 1)


def test_the_oldest_session_is_forgotten_when_there_are_too_many() -> None:
    boxes = Mailboxes()
    for number in range(SESSIONS + 1):
        boxes.open(str(number), "event")

    assert boxes.find("0") is None
    assert boxes.find(str(SESSIONS))
