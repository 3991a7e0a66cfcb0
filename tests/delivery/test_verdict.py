"""What a refusal of Discord means for a delivery."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.verdict import (
    GiveUp,
    Gone,
    HandOver,
    Plainer,
    Refusal,
    Retry,
    Smaller,
    Tries,
    Verdict,
    judge,
)

FRESH = Tries(waits=(1.0, 3.0))
SPENT = Tries(waits=(), shrinks=0, may_be_plain=False)


@pytest.mark.parametrize(
    ("refusal", "fresh", "spent"),
    [
        (Refusal(None), Retry(1.0), GiveUp()),
        (Refusal(500), Retry(1.0), GiveUp()),
        (Refusal(503), Retry(1.0), GiveUp()),
        (Refusal(429), Retry(1.0), GiveUp()),
        (Refusal(429, retry_after=60.0), Retry(60.0), GiveUp()),
        (Refusal(413, 40005), Smaller(), GiveUp()),
        (Refusal(400, 40005), Smaller(), GiveUp()),
        (Refusal(400, 50035), Plainer(), GiveUp()),
        (Refusal(401, 50027), HandOver(), HandOver()),
        (Refusal(404, 10015), HandOver(), HandOver()),
        (Refusal(404, 10062), HandOver(), HandOver()),
        (Refusal(403, 50001), HandOver(), HandOver()),
        (Refusal(403, 50013), HandOver(), HandOver()),
        (Refusal(403, 50007), HandOver(), HandOver()),
        (Refusal(404, 10008), Gone(), Gone()),
        (Refusal(404, 10003), Gone(), Gone()),
    ],
)
def test_each_refusal_has_its_verdict(refusal: Refusal, fresh: Verdict, spent: Verdict) -> None:
    assert judge(refusal, FRESH, is_new=False) == fresh
    assert judge(refusal, SPENT, is_new=False) == spent


@pytest.mark.parametrize("code", [10003, 10008])
def test_a_place_that_is_gone_before_anything_was_posted_there_is_no_deleted_reply(code: int) -> None:
    assert judge(Refusal(404, code), FRESH, is_new=True) == HandOver()


refusals = st.builds(Refusal, st.none() | st.integers(400, 599), st.integers(0, 60000), st.floats(0, 60))


@given(st.lists(refusals, min_size=20, max_size=20), st.booleans())
def test_nothing_is_tried_for_ever_in_one_place(answers: list[Refusal], is_new: bool) -> None:  # noqa: FBT001
    tries, verdicts = FRESH, []
    for refusal in answers:
        verdicts.append(judge(refusal, tries, is_new=is_new))
        tries = tries.after(verdicts[-1])

    assert any(isinstance(verdict, HandOver | Gone | GiveUp) for verdict in verdicts)


@given(refusals, st.booleans())
def test_what_may_have_been_posted_is_never_handed_over(refusal: Refusal, is_new: bool) -> None:  # noqa: FBT001
    for tries in (FRESH, SPENT):
        verdict = judge(refusal, tries, is_new=is_new)
        assert not (refusal.is_ambiguous and isinstance(verdict, HandOver))
