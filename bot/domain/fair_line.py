"""Whose picture is next when more are asked for than may be drawn: servers take turns, and in them users.

A turn is one picture. So nobody waits behind another user's tenth picture, and no server behind the rush of
another.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heapreplace
from types import MappingProxyType
from typing import Self, TypeAlias

Party: TypeAlias = tuple[int, int]  # (server, 0) or (server, user): who takes turns


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A place in line.

    Attributes:
        job_id: The job that waits with it.
        server: The server; in a direct message, the user in its place.
        user: The user.
        asked_at: When the job was asked for, as a Unix time in seconds: who had to leave the line for want of
            quota comes back to where they stood.
        number: Tickets are numbered as they are drawn.
    """

    job_id: str
    server: int
    user: int
    asked_at: float
    number: int

    @property
    def age(self) -> tuple[float, int]:
        """What it is sorted by; the oldest is the smallest."""
        return self.asked_at, self.number


@dataclass(frozen=True, slots=True)
class Turns:
    """Who had the last turn when, counted in turns.

    Attributes:
        count: Turns so far.
        last: The latest turn of each party that had one.
    """

    count: int = 0
    last: Mapping[Party, int] = field(default_factory=lambda: MappingProxyType({}))

    def after(self, ticket: Ticket) -> Self:
        """Return the turns after a ticket's."""
        count = self.count + 1
        parties = {(ticket.server, 0): count, (ticket.server, ticket.user): count}
        return replace(self, count=count, last=MappingProxyType({**self.last, **parties}))

    def without(self, ticket: Ticket, before: Self) -> Self:
        """Return the turns as if a ticket had had none.

        Args:
            ticket: The ticket; what its parties had since then stays.
            before: The turns before its own.
        """
        last = dict(self.last)
        for party in ((ticket.server, 0), (ticket.server, ticket.user)):
            if last.get(party) == before.count + 1:
                last[party] = before.last.get(party, 0)
        return replace(self, last=MappingProxyType(last))

    def kept(self, waiting: Iterable[Ticket], most: int) -> Self:
        """Return the turns without the oldest parties that do not wait, when there are more than `most`."""
        if len(self.last) <= most:
            return self
        present = {party for one in waiting for party in ((one.server, 0), (one.server, one.user))}
        newest = sorted(self.last, key=lambda party: (party in present, self.last[party]))[-most:]
        return replace(self, last=MappingProxyType({party: self.last[party] for party in newest}))


EXACT = 20  # places are told exactly up to here; beyond, a change of one matters to nobody


def told(ahead: int) -> int:
    """Return the number ahead as it is told: rounded up to tens where it is large."""
    return ahead if ahead <= EXACT else -(-ahead // 10) * 10


def order(waiting: Iterable[Ticket], turns: Turns) -> list[Ticket]:
    """Return tickets in the order in which they are served if nobody else comes.

    The server that has waited longest for its turn is first, in it the user who has, and of a user's tickets
    the oldest.

    Args:
        waiting: The tickets.
        turns: The turns so far.
    """
    servers = [_Server(turns.last.get((server, 0), 0), users) for server, users in _queues(waiting, turns)]
    heapify(servers)
    served: list[Ticket] = []
    count = turns.count
    while servers:
        count += 1
        server = servers[0]
        user = server.users[0]
        served.append(user.tickets.pop())
        server.last = user.last = count
        if user.tickets:
            heapreplace(server.users, user)
        else:
            heappop(server.users)
        if server.users:
            heapreplace(servers, server)
        else:
            heappop(servers)
    return served


@dataclass(slots=True)
class _User:
    """A user's tickets, the oldest last."""

    last: int
    tickets: list[Ticket]

    def __lt__(self, other: Self) -> bool:
        return self.key < other.key

    @property
    def key(self) -> tuple[int, tuple[float, int]]:
        return self.last, self.tickets[-1].age


@dataclass(slots=True)
class _Server:
    """A server's users, as a heap."""

    last: int
    users: list[_User]

    def __lt__(self, other: Self) -> bool:
        return (self.last, *self.users[0].key) < (other.last, *other.users[0].key)


def _queues(waiting: Iterable[Ticket], turns: Turns) -> Iterator[tuple[int, list[_User]]]:
    queues: dict[int, dict[int, list[Ticket]]] = {}
    for ticket in sorted(waiting, key=lambda one: one.age, reverse=True):
        queues.setdefault(ticket.server, {}).setdefault(ticket.user, []).append(ticket)
    for server, users in queues.items():
        heap = [_User(turns.last.get((server, user), 0), tickets) for user, tickets in users.items()]
        heapify(heap)
        yield server, heap
