"""Allowances: one picture at a time, and none while the quota is known to be gone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.allowance import UNSTATED_HOLD, Allowance, Hold, admit, hold, release
from bot.domain.errors import AlreadyDrawing, GpuQuotaExceeded, HeldByQuota


def test_a_second_picture_waits_for_the_first() -> None:
    with pytest.raises(AlreadyDrawing):
        admit(admit(Allowance(), now=0), now=1)


def test_a_picture_given_back_lets_the_next_one_in() -> None:
    assert admit(release(admit(Allowance(), now=0)), now=1).drawing


def test_a_stated_return_of_the_quota_is_kept_as_stated() -> None:
    assert hold(GpuQuotaExceeded(retry_after=754), now=1000) == Hold(1754, stated=True)


def test_an_unstated_return_is_a_guess_and_says_so() -> None:
    assert hold(GpuQuotaExceeded(), now=1000) == Hold(1000 + UNSTATED_HOLD, stated=False)


@given(until=st.floats(0, 1e9), now=st.floats(0, 1e9))
def test_nobody_passes_before_the_quota_returns_and_everybody_after(until: float, now: float) -> None:
    state = Allowance(hold=Hold(until, stated=True))
    if now < until:
        with pytest.raises(HeldByQuota):
            admit(state, now)
    else:
        assert admit(state, now) == Allowance(drawing=True)


def test_a_refusal_says_until_when() -> None:
    with pytest.raises(HeldByQuota) as caught:
        admit(Allowance(hold=Hold(1754, stated=True)), now=1000)

    assert (caught.value.until, caught.value.stated) == (1754, True)


def test_an_allowance_is_worth_keeping_only_while_it_says_something() -> None:
    assert Allowance().is_whole(0)
    assert not Allowance(drawing=True).is_whole(0)
    assert not Allowance(hold=Hold(10, stated=True)).is_whole(9)
    assert Allowance(hold=Hold(10, stated=True)).is_whole(10)
