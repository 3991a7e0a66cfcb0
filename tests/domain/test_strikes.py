"""Strikes: who meets used-up quota again and again waits longer each time, up to a cap, until a clean day."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.strikes import FIRST, FORGOTTEN, MOST, Strikes, struck

NOW = 1_000_000.0


def test_the_first_one_costs_a_minute_and_each_further_one_twice_as_much() -> None:
    waits = [Strikes(count, NOW).wait_until(NOW) for count in (1, 2, 3, 4)]

    assert waits == [NOW + 60, NOW + 120, NOW + 240, NOW + 480]


def test_the_wait_ends_with_its_last_second() -> None:
    assert Strikes(1, NOW).wait_until(NOW + FIRST - 0.5) == NOW + FIRST
    assert Strikes(1, NOW).wait_until(NOW + FIRST) is None


def test_a_clean_day_makes_them_forgotten() -> None:
    strikes = struck(struck(None, NOW), NOW)

    assert strikes == Strikes(2, NOW)
    assert struck(strikes, NOW + FORGOTTEN - 1).count == 3
    assert struck(strikes, NOW + FORGOTTEN) == Strikes(1, NOW + FORGOTTEN)


@given(count=st.integers(1, 10**6))
def test_no_wait_is_longer_than_the_cap_or_shorter_than_the_one_before(count: int) -> None:
    waits = [Strikes(number, NOW).wait_until(NOW) or 0.0 for number in (count, count + 1)]

    assert all(FIRST <= wait - NOW <= MOST for wait in waits)
    assert all(one <= other for one, other in pairwise(waits))


@given(count=st.integers(1, 40), back=st.floats(0, 10 * FORGOTTEN))
def test_a_clock_that_is_set_back_lengthens_no_wait(count: int, back: float) -> None:
    strikes = Strikes(count, NOW)
    until = strikes.wait_until(NOW - back)

    assert until is not None
    assert until - (NOW - back) <= (strikes.wait_until(NOW) or 0.0) - NOW + 1e-6
