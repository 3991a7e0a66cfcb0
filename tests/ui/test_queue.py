"""The list of a user's requests, and the limits of Discord that it keeps."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.job import JobState
from bot.domain.quota_clock import QuotaClock, QuotaKind
from bot.domain.report import OpenJob
from bot.sandbox.discord.errors import Problems
from bot.sandbox.discord.validation.components import check_tree
from bot.ui import queue
from bot.ui.wording.queue import status
from tests.ui.boards import REQUESTS, job
from tests.ui.test_cards import components, labels, words

CLOCK = QuotaClock(credential="anonymous", kind=QuotaKind.RUNS, until=1754.2, stated=True, noted_at=1000.0)
PARKED = replace(job(), state=JobState.PARKED, parked_until=87400.0)
OPEN_JOBS = st.builds(
    lambda number, requests, ahead: OpenJob(job=replace(job(*requests), id=f"job{number}"), ahead=ahead),
    st.integers(0, 10**6),
    st.lists(REQUESTS, min_size=1, max_size=8).map(tuple),
    st.none() | st.integers(0, 99),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(OPEN_JOBS, max_size=15, unique_by=lambda one: one.job.id))
def test_whatever_is_under_way_discord_takes_its_list(open_jobs: list[OpenJob]) -> None:
    shown = components(queue.view(open_jobs))
    problems = Problems()
    check_tree(shown, problems, v2=True)
    problems.refuse()

    assert sum(len(text) for text in words(queue.view(open_jobs)).splitlines()) <= 4000


def test_each_request_has_its_way_out_and_what_there_is_no_room_for_is_counted() -> None:
    view = queue.view([OpenJob(job=replace(job(), id=f"job{number}")) for number in range(12)])

    assert labels(view) == ["Cancel"] * 10
    assert words(view).startswith("12 requests of yours")
    assert words(view).endswith("and 2 more")


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (OpenJob(job=job()), "⏳ About to be drawn."),
        (OpenJob(job=job(), ahead=0), "⏳ You are next."),
        (OpenJob(job=job(), ahead=1), "⏳ 1 picture ahead of you."),
        (OpenJob(job=replace(job(), state=JobState.RUNNING), ahead=2), "⏳ 2 pictures ahead of you."),
        (
            OpenJob(job=replace(job(), state=JobState.RUNNING, created_at=1000.0)),
            "🎨 Being drawn; you asked for it <t:1000:R>.",
        ),
        (OpenJob(job=PARKED, clock=CLOCK), "🅿️ Quota returns <t:1755:R>. Given up <t:87400:R>."),
        (
            OpenJob(job=PARKED, clock=replace(CLOCK, stated=False)),
            "🅿️ When quota returns is unknown; the next try is <t:1755:R>. Given up <t:87400:R>.",
        ),
        (OpenJob(job=PARKED), "🅿️ Quota has returned; it is about to be drawn. Given up <t:87400:R>."),
    ],
)
def test_how_far_a_request_is_is_told_in_words(one: OpenJob, text: str) -> None:
    assert status(one) == text
