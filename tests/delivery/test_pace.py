"""When the next request may start, from what Discord's answers say."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pace import Answer, Pace
from bot.sandbox.discord.buckets import Bucket, Grant

UNHURRIED = Pace(interval=0.0)


def test_the_headers_of_an_answer_are_read() -> None:
    headers = {"X-RateLimit-Remaining": "3", "X-RateLimit-Reset-After": "1.5"}

    assert Answer.read(200, headers) == Answer(200, remaining=3, reset_after=1.5)


def test_a_refusal_counts_from_the_more_exact_of_its_two_headers() -> None:
    headers = {"Retry-After": "2", "X-RateLimit-Reset-After": "1.25", "X-RateLimit-Remaining": "0"}

    assert Answer.read(429, headers).reset_after == 1.25


@given(st.text(), st.text(), st.text())
def test_headers_that_make_no_sense_are_no_headers(remaining: str, reset: str, retry: str) -> None:
    answer = Answer.read(
        200,
        {"X-RateLimit-Remaining": remaining, "X-RateLimit-Reset-After": reset, "Retry-After": retry},
    )

    assert answer.remaining is None or answer.remaining >= 0
    assert 0 <= answer.reset_after < float("inf")


def test_nothing_is_known_at_first_and_nothing_waits() -> None:
    assert (Pace(interval=1.0).preview_in(0.0), Pace(interval=1.0).final_in(0.0)) == (0.0, 0.0)


def test_previews_keep_the_interval() -> None:
    pace = Pace(interval=1.0).begun(0.0).answered(Answer(200), 0.1)

    assert pace.preview_in(0.1) == pytest.approx(0.9)


def test_slow_edits_are_in_flight_half_of_the_time_at_most() -> None:
    pace = Pace(interval=1.0).begun(0.0).answered(Answer(200), 3.0)

    assert pace.preview_in(3.0) == pytest.approx(3.0)


def test_the_bucket_s_last_request_is_not_a_preview_s() -> None:
    pace = UNHURRIED.begun(0.0).answered(Answer(200, remaining=1, reset_after=1.5), 0.0)

    assert (pace.preview_in(0.0), pace.final_in(0.0)) == (1.5, 0.0)


def test_the_other_requests_of_a_bucket_are_spread_over_its_window() -> None:
    pace = UNHURRIED.begun(0.0).answered(Answer(200, remaining=4, reset_after=1.5), 0.0)

    assert pace.preview_in(0.0) == pytest.approx(0.5)


@pytest.mark.parametrize("answer", [Answer(429, None, 1.5), Answer(200, 0, 1.5)])
def test_an_empty_bucket_is_waited_for_by_all(answer: Answer) -> None:
    pace = UNHURRIED.begun(0.0).answered(answer, 0.0)

    assert (pace.preview_in(0.5), pace.final_in(0.5), pace.final_in(2.0)) == (1.0, 1.0, 0.0)


def as_discord_says(grant: Grant) -> Answer:
    return Answer.read(200 if grant.allowed else 429, grant.headers)


def previews(bucket: Bucket, latencies: list[float]) -> Iterator[Grant]:
    """Show previews as fast as the pace allows, and yield what Discord says to each."""
    pace, now = UNHURRIED, 0.0
    for latency in latencies:
        now += pace.preview_in(now) + 1e-3
        pace = pace.begun(now)
        now += latency
        grant = bucket.take(now)
        pace = pace.answered(as_discord_says(grant), now)
        yield grant


@given(
    st.integers(2, 10),
    st.floats(0.1, 60.0),
    st.lists(st.floats(0.0, 5.0, allow_subnormal=False), max_size=60),
)
def test_previews_always_leave_a_request_for_the_final_edit(
    size: int, window: float, latencies: list[float]
) -> None:
    grants = list(previews(Bucket("edits", size, window), latencies))

    assert all(grant.allowed and grant.remaining >= 1 for grant in grants)
