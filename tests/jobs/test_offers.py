"""Wishes that wait for their user's yes."""

from itertools import count

import pytest

from bot.domain.errors import OfferGone, Restarting
from bot.domain.wish import Wish
from bot.jobs.offers import LIFE, MOST, Offers

WISH = Wish(prompts=("a red fox", "a blue fox"))


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def offers(clock: Clock) -> Offers:
    keys = count()
    return Offers(clock, lambda: str(next(keys)))


def test_an_offer_is_taken_once(offers: Offers) -> None:
    key = offers.make(1, WISH)
    with offers.take(1, key) as wish:
        assert wish is WISH

    with pytest.raises(OfferGone), offers.take(1, key):
        pass


def test_it_cannot_be_taken_twice_at_the_same_time(offers: Offers) -> None:
    key = offers.make(1, WISH)

    with offers.take(1, key), pytest.raises(OfferGone), offers.take(1, key):
        pass


def test_it_stays_when_it_could_not_be_drawn(offers: Offers) -> None:
    key = offers.make(1, WISH)
    with pytest.raises(Restarting), offers.take(1, key):
        raise Restarting

    with offers.take(1, key) as wish:
        assert wish is WISH


def test_it_is_for_its_user_alone(offers: Offers) -> None:
    key = offers.make(1, WISH)
    offers.drop(2, key)

    with pytest.raises(OfferGone), offers.take(2, key):
        pass
    with offers.take(1, key) as wish:
        assert wish is WISH


def test_a_declined_one_is_gone(offers: Offers) -> None:
    key = offers.make(1, WISH)
    offers.drop(1, key)
    offers.drop(1, key)

    with pytest.raises(OfferGone), offers.take(1, key):
        pass


def test_it_runs_out(offers: Offers, clock: Clock) -> None:
    key = offers.make(1, WISH)
    clock.now = LIFE

    with pytest.raises(OfferGone), offers.take(1, key):
        pass


def test_the_oldest_make_room_for_new_ones(offers: Offers) -> None:
    keys = [offers.make(1, WISH) for _ in range(MOST + 1)]

    with pytest.raises(OfferGone), offers.take(1, keys[0]):
        pass
    with offers.take(1, keys[1]) as wish:
        assert wish is WISH
