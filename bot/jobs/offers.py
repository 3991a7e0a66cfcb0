"""Wishes that wait for their user's yes, in memory: one lost in a restart is asked for again."""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.domain.errors import ImagineError, OfferGone
from bot.domain.wish import Wish

LIFE = 900.0  # seconds; as long as the answer with the offer can be changed
MOST = 1000  # offers of all users together; the oldest make room


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What somebody was offered.

    Attributes:
        user_id: To whom.
        wish: What would be drawn.
        ends_at: When it runs out, in seconds on the clock of its `Offers`.
    """

    user_id: int
    wish: Wish
    ends_at: float


class Offers:
    """Keeps offers until they are taken, dropped, or run out.

    Args:
        clock: Returns seconds; never goes back.
        new_key: Returns a new key, of letters and digits.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        new_key: Callable[[], str] = lambda: secrets.token_hex(8),
    ) -> None:
        self._clock = clock
        self._new_key = new_key
        self._offers: dict[str, Offer] = {}

    def make(self, user_id: int, wish: Wish) -> str:
        """Keep a wish, and return the key to it."""
        now = self._clock()
        living = [(key, offer) for key, offer in self._offers.items() if offer.ends_at > now]
        self._offers = dict(living[-(MOST - 1) :])
        key = self._new_key()
        self._offers[key] = Offer(user_id=user_id, wish=wish, ends_at=now + LIFE)
        return key

    @contextmanager
    def take(self, user_id: int, key: str) -> Iterator[Wish]:
        """Yield a wish that was offered, once; it stays on offer if what is tried with it cannot be.

        Raises:
            OfferGone: It is not there for this user.
        """
        offer = self._offers.get(key)
        if offer is None or offer.user_id != user_id or offer.ends_at <= self._clock():
            raise OfferGone
        del self._offers[key]
        try:
            yield offer.wish
        except ImagineError:
            self._offers[key] = offer
            raise

    def drop(self, user_id: int, key: str) -> None:
        """Forget an offer, if it is there for this user."""
        if (offer := self._offers.get(key)) and offer.user_id == user_id:
            del self._offers[key]
