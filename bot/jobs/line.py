"""The line in front of the service: who may send a picture there, and how many are ahead of the others."""

import asyncio
import itertools
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.domain.errors import HeldByQuota
from bot.domain.events import Queued
from bot.domain.fair_line import Ticket, Turns, order, told
from bot.domain.job import Job


class Recalled(Exception):
    """What somebody in line waited for may be there no more; they may come back to where they stood."""


MOST_PARTIES = 10_000  # servers and users whose last turn is remembered; the oldest make room


@dataclass(slots=True, kw_only=True)
class _Place:
    """Somebody's place in line."""

    ticket: Ticket
    on_place: Callable[[Queued], None]
    rank: int | None = None
    is_recalled: bool = False
    before: Turns = field(default_factory=Turns)
    is_next: asyncio.Event = field(default_factory=asyncio.Event)


class FairLine:
    """Gives turns, one a picture, in the order of `bot.domain.fair_line`.

    Args:
        at_once: Turns that may be taken at the same time, 1 or more.
    """

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._places: dict[int, _Place] = {}
        self._turns = Turns()
        self._numbers = itertools.count(1)
        self._is_moving = False

    @asynccontextmanager
    async def turn(self, job: Job, on_place: Callable[[Queued], None]) -> AsyncGenerator[None, None]:
        """Wait for a turn, and have it for as long as the context lasts.

        Args:
            job: Whose picture it is.
            on_place: Called with the place in line, each time that the number of those ahead has changed as
                it is told; never for who is next at once.

        Raises:
            Recalled: Nobody in line can have a turn as things stand.
        """
        ticket = Ticket(
            job_id=job.id,
            server=job.guild_id or job.user_id,
            user=job.user_id,
            asked_at=job.created_at,
            number=next(self._numbers),
        )
        place = self._places[ticket.number] = _Place(ticket=ticket, on_place=on_place)
        self._move_soon()
        try:
            await place.is_next.wait()
            if place.is_recalled:
                raise Recalled
            yield
        except HeldByQuota:  # without quota it was no turn, and must not count as one
            self._turns = self._turns.without(ticket, place.before)
            raise
        finally:
            if self._places.pop(ticket.number, None) is None and not place.is_recalled:  # it had its turn
                self._free += 1
            self._move_soon()

    def __len__(self) -> int:
        """Return how many pictures wait."""
        return len(self._places)

    def recall(self) -> None:
        """Let everybody out of the line; they see for themselves whether it is worth to come back."""
        for place in self._places.values():
            place.is_recalled = True
            place.is_next.set()
        self._places.clear()

    def ahead(self, job_id: str) -> int | None:
        """Return the pictures ahead of a job's; None if it does not wait here."""
        ranks = [place.rank for place in self._places.values() if place.ticket.job_id == job_id]
        return min((rank for rank in ranks if rank is not None), default=None)

    def _move_soon(self) -> None:
        """Move when all who come or go now have done so: a job's next picture is in line by then."""
        if not self._is_moving:
            self._is_moving = True
            asyncio.get_running_loop().call_soon(self._move)

    def _move(self) -> None:
        self._is_moving = False
        places = [
            self._places[ticket.number]
            for ticket in order((place.ticket for place in self._places.values()), self._turns)
        ]
        for place in places[: self._free]:
            del self._places[place.ticket.number]
            place.before, self._turns = self._turns, self._turns.after(place.ticket)
            place.is_next.set()
        waiting = places[self._free :]
        self._free = max(0, self._free - len(places))
        self._turns = self._turns.kept((place.ticket for place in waiting), MOST_PARTIES)
        for rank, place in enumerate(waiting):
            is_news = place.rank is None or told(place.rank) != told(rank)
            place.rank = rank
            if is_news:
                place.on_place(Queued(told(rank), len(waiting)))
