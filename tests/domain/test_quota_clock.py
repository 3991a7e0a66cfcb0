"""Quota clocks: what the service said becomes a time, or a guess that is known to be one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import GpuQuotaExceeded, GpuRunsExceeded, ResponseError
from bot.domain.gpu_quota import gpu_error
from bot.domain.quota_clock import (
    EVERYBODY,
    UNSTATED,
    QuotaClock,
    QuotaKind,
    blocking,
    clock_of,
    returns,
)
from bot.sandbox.space.wordings import WORDINGS, Wording

NOW = 1_000_000.0
HOUR = 3600.0
CLOCK = QuotaClock(credential="token-a", kind=QuotaKind.SECONDS, until=NOW + HOUR, stated=True, noted_at=NOW)


def said(words: str, title: str | None = None) -> QuotaClock | None:
    return clock_of(gpu_error(words, title), "token-a", NOW)


def kind_of(wording: Wording) -> QuotaKind | None:
    """Return what a wording is about, as its author reads it."""
    if "runs limit" in wording.message:
        return QuotaKind.RUNS
    if "credits allocated" in wording.message:
        return QuotaKind.CREDITS
    if "Space app has reached" in wording.message:
        return QuotaKind.SPACE
    used_up = "exceeded your" in wording.message or "out of daily" in wording.message
    return QuotaKind.SECONDS if used_up else None


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda wording: f"{wording.message[:60]} {wording.release}")
def test_every_wording_of_the_service_starts_the_clock_of_its_kind_or_none(wording: Wording) -> None:
    clock = said(wording.message, wording.title)

    assert (clock and clock.kind) is kind_of(wording)
    if clock is not None:
        assert clock.until > clock.noted_at == NOW  # never "in 0 seconds"
        assert clock.credential == (EVERYBODY if clock.kind is QuotaKind.SPACE else "token-a")
        assert clock.stated is (
            "n 0:12:34" in wording.message
            or "1 day" in wording.message
            or "2 days" in wording.message
            or "5:00:00" in wording.message
        )


def test_what_the_service_states_is_kept_with_its_numbers() -> None:
    words = "You have exceeded your GPU quota (60s requested vs. 12s left). Try again in 1 day, 0:00:05"

    assert said(words) == replace(CLOCK, until=NOW + 86405, requested=60, left=12)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("You have exceeded your GPU quota", QuotaKind.SECONDS),
        ("You have exceeded your GPU quota. Try again in 0:00:00", QuotaKind.SECONDS),
        ("You have exceeded your runs limit.", QuotaKind.RUNS),
        ("You have too many ZeroGPU credits allocated to running tasks.", QuotaKind.CREDITS),
        ("Space app has reached its GPU limit.", QuotaKind.SPACE),
    ],
)
def test_what_it_does_not_state_is_a_guess_and_known_to_be_one(words: str, kind: QuotaKind) -> None:
    clock = said(words)

    assert clock is not None
    assert (clock.kind, clock.stated, clock.until) == (kind, False, NOW + UNSTATED[kind])
    assert (clock.requested, clock.left) == (None, None)


@given(retry_after=st.floats(1e-3, 1e6), requested=st.integers(0, 999), left=st.integers(-99, 999))
def test_any_time_that_is_stated_is_the_clocks(retry_after: float, requested: int, left: int) -> None:
    numbers = {"requested": requested, "left": left, "retry_after": retry_after}
    seconds, runs = (
        clock_of(error(**numbers), "token-a", NOW)  # type: ignore[arg-type] # the three are theirs
        for error in (GpuQuotaExceeded, GpuRunsExceeded)
    )

    expected = replace(CLOCK, until=NOW + retry_after, requested=requested, left=left)

    assert (seconds, runs) == (expected, replace(expected, kind=QuotaKind.RUNS))


def test_an_error_of_another_kind_starts_no_clock() -> None:
    assert clock_of(ResponseError("something else"), "token-a", NOW) is None


# --- running


def test_a_clock_runs_until_its_time_and_not_at_it() -> None:
    assert CLOCK.runs(CLOCK.until - 0.001)
    assert not CLOCK.runs(CLOCK.until)


@given(back=st.floats(0, 1e6))
def test_a_clock_runs_no_longer_and_no_shorter_when_the_machines_is_set_back(back: float) -> None:
    clock = CLOCK.seen(NOW - back)

    assert clock.until - (NOW - back) == pytest.approx(HOUR)
    assert clock.seen(NOW - back) == clock
    assert CLOCK.seen(NOW + back) == CLOCK


# --- which credential


def held_until(credential: str, clocks: list[QuotaClock]) -> float | None:
    clock = blocking(credential, clocks, NOW)
    return None if clock is None else clock.until


def test_a_credential_is_held_by_its_own_clocks_and_by_everybodys() -> None:
    clocks = [
        replace(CLOCK, until=NOW + 5),
        replace(CLOCK, kind=QuotaKind.RUNS, until=NOW + 9),
        replace(CLOCK, credential="token-b", until=NOW + 99),
        replace(CLOCK, credential="token-c", until=NOW),
    ]

    assert [held_until(f"token-{name}", clocks) for name in "abc"] == [NOW + 9, NOW + 99, None]
    space = replace(CLOCK, credential=EVERYBODY, kind=QuotaKind.SPACE, until=NOW + 50)
    assert [held_until(f"token-{name}", [*clocks, space]) for name in "abc"] == [NOW + 50, NOW + 99, NOW + 50]


def test_quota_returns_when_the_first_credential_may_be_used() -> None:
    clocks = [replace(CLOCK, until=NOW + 50), replace(CLOCK, credential="token-b", until=NOW + 9)]

    assert returns(["token-a", "token-b"], clocks, NOW) == clocks[1]
    assert returns(["token-a"], clocks, NOW) == clocks[0]
    assert returns(["token-a", "token-c"], clocks, NOW) is None
    assert returns(["token-a"], iter(clocks), NOW + 50) is None


CLOCKS = st.lists(
    st.builds(
        QuotaClock,
        credential=st.sampled_from(["a", "b", EVERYBODY]),
        kind=st.sampled_from(QuotaKind),
        until=st.floats(NOW - 9, NOW + 9),
        stated=st.booleans(),
        noted_at=st.just(NOW - 9),
    ),
    max_size=6,
)


@given(clocks=CLOCKS)
def test_when_quota_has_returned_a_credential_may_be_used_and_not_before(clocks: list[QuotaClock]) -> None:
    def free(at: float) -> bool:
        return any(blocking(name, clocks, at) is None for name in "ab")

    first = returns("ab", clocks, NOW)

    assert free(NOW if first is None else first.until)
    if first is not None:
        assert not any(free(clock.until) for clock in clocks if NOW <= clock.until < first.until)
