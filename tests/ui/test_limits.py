"""What is said of limits: which one, how much of it is left, and when it frees."""

import pytest

from bot.domain.allowance import RateLimit, Rule, Scope, Window
from bot.domain.errors import (
    HeldByQuota,
    HeldByStrikes,
    ImagineError,
    LimitReached,
    ParkingFull,
    TooManyAtOnce,
    TooManyForLimit,
)
from bot.domain.quota_clock import QuotaClock, QuotaKind
from bot.domain.report import LimitUse, QuotaReport, WindowUse
from bot.ui import wording
from bot.ui.wording import queue, quota

NOTHING = QuotaReport(uses=(), clock=None, strikes_until=None, has_token=False, seconds_left=None)


def report(**facts: object) -> str:
    """Return what `/quota` says of some facts."""
    known = {name: getattr(NOTHING, name) for name in QuotaReport.__slots__}
    return quota.report(QuotaReport(**(known | facts)))


def clock(*, kind: QuotaKind = QuotaKind.SECONDS, stated: bool) -> QuotaClock:
    return QuotaClock(credential="anonymous", kind=kind, until=1754.2, stated=stated, noted_at=1000.0)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            LimitReached(Scope.USER, Rule.PACE, 2, 8, 1754.2),
            (
                "The limit for you is 8 pictures in quick succession; 2 are left. "
                "There is room for this <t:1755:R>."
            ),
        ),
        (
            LimitReached(Scope.BOT, Rule.DAY, 0, 1, 1754.2),
            (
                "The limit for the whole bot is 1 picture in 24 hours; none is left. "
                "There is room for this <t:1755:R>."
            ),
        ),
        (
            TooManyAtOnce(Scope.SERVER, 1),
            "The limit for this server is 1 request at a time; none is left until one of them is done.",
        ),
        (
            TooManyForLimit(Scope.CHANNEL, Rule.DAY, 3),
            (
                "The limit for this channel is 3 pictures in 24 hours; this asks for more. "
                "Ask for fewer at once."
            ),
        ),
        (
            HeldByStrikes(1754.2),
            "Your last pictures met used-up GPU quota, so you may try again <t:1755:R>.",
        ),
        (
            HeldByQuota(1754.2, stated=False),
            (
                "The image service's GPU quota is used up, and it did not say when it returns. "
                "Until the next try <t:1755:R>, nothing is sent to it."
            ),
        ),
        (ParkingFull(3), "The limit for you is 3 requests waiting for quota. `/queue` can end one."),
    ],
)
def test_a_refusal_says_which_limit_what_is_left_and_when_it_frees(
    error: ImagineError, sentence: str
) -> None:
    assert wording.explain(error) == sentence


def test_where_there_are_no_limits_that_is_said() -> None:
    assert report().startswith("Nothing limits how many pictures you may ask for here.\n")


def test_each_limit_says_what_is_left() -> None:
    window = Window(rule=Rule.DAY, pictures=100, seconds=86400.0)
    use = LimitUse(
        scope=Scope.USER,
        limit=RateLimit(at_once=3, daily=100),
        live=4,
        windows=(WindowUse(window=window, left=98, frees_at=1754.2),),
    )

    assert report(uses=(use,)).startswith(
        "**For you**\n- 0 of 3 requests at a time left\n"
        "- 98 of 100 pictures in 24 hours left · one more <t:1755:R>\n"
    )


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({}, "- Used for your pictures: the bot's"),
        ({"has_token": True}, "- Used for your pictures: your own token, then the bot's"),
        ({"seconds_left": 94.6}, "- About 95 s of GPU time are left"),
        ({"clock": clock(stated=True)}, "- Used up: the bot's. It returns <t:1755:R>."),
        (
            {"clock": clock(stated=False), "has_token": True},
            "- Used up: your own token, then the bot's. When it returns is unknown. Next try <t:1755:R>.",
        ),
        (
            {"clock": clock(kind=QuotaKind.SPACE, stated=False)},
            "It is the Space's own; when it returns is unknown. Next try <t:1755:R>.",
        ),
        ({"strikes_until": 1754.2}, "you may try again <t:1755:R>"),
    ],
)
def test_the_gpu_quota_is_told_as_far_as_it_is_known(facts: dict[str, object], text: str) -> None:
    assert text in report(**facts)


def test_what_was_parked_as_its_quota_returned_does_not_wait_for_it() -> None:
    assert "Quota has returned" in queue.parked(HeldByQuota(1000.0, stated=True), now=1000.0)
    assert "Quota returns <t:1755:R>." in queue.parked(HeldByQuota(1754.2, stated=True), now=1000.0)
