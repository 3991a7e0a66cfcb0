"""Allowances: what was charged counts, what was given back never was, nobody gets more than allowed."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.allowance import (
    DAY,
    NO_LIMIT,
    Charge,
    Ledger,
    Policy,
    RateLimit,
    Rule,
    Scope,
    Window,
    check,
)
from bot.domain.errors import LimitReached, RateLimited, TooManyAtOnce, TooManyForLimit

NOW = 1_000_000.0
FOUR = Window(rule=Rule.PACE, pictures=4, seconds=40.0)
LIMIT = RateLimit(burst=4, cooldown=10.0, daily=9)


def charge(at: float, pictures: int = 1, name: str = "fox", *, is_live: bool = False) -> Charge:
    return Charge(job_id=name, at=at, pictures=pictures, is_live=is_live)


def allows(ledger: Ledger, pictures: int, now: float, limit: RateLimit = LIMIT) -> bool:
    try:
        check(Scope.USER, limit, ledger, pictures, now)
    except RateLimited:
        return False
    return True


# --- limits


def test_a_limit_that_says_nothing_limits_nothing() -> None:
    assert NO_LIMIT.is_none()
    assert (NO_LIMIT.windows, NO_LIMIT.horizon) == ((), 0.0)
    check(Scope.USER, NO_LIMIT, Ledger((charge(NOW, 10_000, is_live=True),)), 10_000, NOW)


def test_a_burst_comes_back_one_picture_a_cool_down() -> None:
    assert RateLimit(burst=4, cooldown=10.0).windows == (FOUR,)
    assert LIMIT.horizon == DAY


@pytest.mark.parametrize(
    "broken",
    [{"at_once": 0}, {"burst": 0}, {"daily": 0}, {"cooldown": -1.0}, {"cooldown": DAY + 1}, {"daily": -1}],
)
def test_a_limit_that_allows_nothing_is_none(broken: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="at least one picture"):
        RateLimit(**broken)  # type: ignore[arg-type] # numbers, as an operator types them


# --- scopes


def test_each_scope_has_a_limit_of_its_own() -> None:
    channel, server, bot = (RateLimit(daily=number) for number in (1, 2, 3))
    policy = Policy(user=LIMIT, channel=channel, server=server, bot=bot)

    assert policy.limits == {
        Scope.USER: LIMIT,
        Scope.CHANNEL: channel,
        Scope.SERVER: server,
        Scope.BOT: bot,
    }


# --- one charge more


def test_what_may_be_asked_for_is_what_the_window_has_left() -> None:
    ledger = Ledger((charge(NOW - 10, 3),))

    assert (ledger.used(FOUR, NOW), ledger.left(FOUR, NOW)) == (3, 1)
    assert allows(ledger, 1, NOW)
    assert not allows(ledger, 2, NOW)


def test_a_refusal_says_which_limit_how_much_is_left_and_when_it_frees() -> None:
    with pytest.raises(LimitReached) as refused:
        check(Scope.CHANNEL, LIMIT, Ledger((charge(NOW - 10, 3),)), 2, NOW)

    error = refused.value
    assert (error.scope, error.rule, error.left, error.maximum) == (Scope.CHANNEL, Rule.PACE, 1, 4)
    assert error.frees_at == NOW + 30


def test_of_two_rules_the_one_that_frees_last_refuses() -> None:
    ledger = Ledger((charge(NOW - 100, 6), charge(NOW - 10, 3)))
    with pytest.raises(LimitReached) as refused:
        check(Scope.USER, LIMIT, ledger, 3, NOW)

    assert (refused.value.rule, refused.value.frees_at) == (Rule.DAY, NOW - 100 + DAY)


def test_more_than_a_rule_ever_allows_is_refused_for_good() -> None:
    with pytest.raises(TooManyForLimit) as refused:
        check(Scope.USER, LIMIT, Ledger(), 5, NOW)

    assert (refused.value.rule, refused.value.maximum) == (Rule.PACE, 4)


def test_jobs_at_once_are_those_that_are_live_however_old() -> None:
    limit = RateLimit(at_once=2)
    live = [charge(NOW - DAY * number, name=str(number), is_live=True) for number in range(2)]
    with pytest.raises(TooManyAtOnce) as refused:
        check(Scope.USER, limit, Ledger(tuple(live)), 1, NOW)

    assert refused.value.maximum == 2
    assert allows(Ledger((live[0], charge(NOW))), 1, NOW, limit)


# --- for any history


@dataclass
class History:
    """A user who asks as often as they can, and what became of it."""

    ledger: Ledger
    now: float
    went_on: float  # the time by a clock that is never set back
    granted: list[tuple[str, float, int]]


STEPS = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.1, 5.0, 10.0, 40.0, -0.1, -10.0, -3600.0, DAY]) | st.floats(-100, 100),
        st.integers(1, 4),  # pictures asked for
        st.sampled_from(["settled", "given back", "waits"]),
    ),
    max_size=40,
)


def lived(steps: list[tuple[float, int, str]]) -> History:
    history = History(Ledger(), NOW, NOW, [])
    for number, (seconds, pictures, end) in enumerate(steps):
        history.now += seconds
        history.went_on += max(seconds, 0.0)
        history.ledger = history.ledger.seen(history.now)
        if not allows(history.ledger, pictures, history.now):
            continue
        one = charge(history.now, pictures, str(number), is_live=end == "waits")
        history.ledger = history.ledger.charged(one)
        if end == "given back":
            history.ledger = history.ledger.without(str(number))
        else:
            history.granted.append((str(number), history.went_on, pictures))
    return history


@given(steps=STEPS)
def test_no_window_ever_has_more_than_allowed_wherever_the_clock_jumps(
    steps: list[tuple[float, int, str]],
) -> None:
    granted = lived(steps).granted

    for window in LIMIT.windows:
        for _, end, _ in granted:
            inside = (count for _, at, count in granted if end - window.seconds + 1e-6 < at <= end)
            assert sum(inside) <= window.pictures


@given(steps=STEPS, pictures=st.integers(1, 4))
def test_it_is_allowed_when_it_was_said_to_be_and_not_before(
    steps: list[tuple[float, int, str]], pictures: int
) -> None:
    history = lived(steps)
    now = history.now
    ledger = history.ledger.seen(now)
    try:
        check(Scope.USER, LIMIT, ledger, pictures, now)
    except LimitReached as refused:
        frees_at = refused.frees_at
        moments = sorted({now, *(one.at + w.seconds for one in ledger.charges for w in LIMIT.windows)})
        between = [(one + other) / 2 for one, other in pairwise(moments)]

        assert allows(ledger, pictures, frees_at)
        assert not any(
            allows(ledger, pictures, at)
            for at in (*moments, *between, frees_at - 1e-3)
            if now <= at < frees_at
        )
    else:
        assert all(ledger.frees_at(window, pictures, now) == now for window in LIMIT.windows)


@given(steps=STEPS)
def test_what_is_left_is_exactly_what_may_still_be_asked_for(steps: list[tuple[float, int, str]]) -> None:
    history = lived(steps)
    ledger = history.ledger.seen(history.now)
    for window in LIMIT.windows:
        left = ledger.left(window, history.now)

        assert left == max(0, window.pictures - ledger.used(window, history.now))
        if left:
            assert ledger.frees_at(window, left, history.now) == history.now
        if left < window.pictures:
            assert ledger.frees_at(window, left + 1, history.now) > history.now


@given(steps=STEPS, pictures=st.integers(1, 4))
def test_what_is_given_back_was_never_charged(steps: list[tuple[float, int, str]], pictures: int) -> None:
    before = lived(steps).ledger

    assert before.charged(charge(NOW, pictures, "new")).without("new") == before


@given(steps=STEPS, back=st.floats(0.0, 10 * DAY))
def test_a_clock_that_is_set_back_locks_nobody_out_for_longer_than_a_window(
    steps: list[tuple[float, int, str]], back: float
) -> None:
    history = lived(steps)
    now = history.now - back
    ledger = history.ledger.seen(now)

    for window in LIMIT.windows:
        assert ledger.frees_at(window, window.pictures, now) <= now + window.seconds
        assert ledger.used(window, now) >= history.ledger.used(window, history.now)


@given(steps=STEPS, back=st.floats(0.0, 10 * DAY), pictures=st.integers(1, 4))
def test_nor_does_it_give_anything_away(
    steps: list[tuple[float, int, str]], back: float, pictures: int
) -> None:
    history = lived(steps)
    assume(not allows(history.ledger.seen(history.now), pictures, history.now))

    assert not allows(history.ledger.seen(history.now - back), pictures, history.now - back)


@given(steps=STEPS)
def test_a_ledger_seen_twice_is_seen_once(steps: list[tuple[float, int, str]]) -> None:
    history = lived(steps)
    seen = history.ledger.seen(history.now - 50)

    assert seen.seen(history.now - 50) == seen
    assert all(one.at <= history.now - 50 for one in seen.charges)
