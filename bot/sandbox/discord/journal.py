"""What has changed, in order: what somebody who shows this Discord reads instead of looking at all of it.

A change names what has changed and not how. Each thing stands here once, at its latest change, so a slow
reader meets its latest state only, and nobody pays for what has not changed.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import TypeAlias

from bot.sandbox.discord.bell import Bell
from bot.sandbox.discord.wire import Json

CAPACITY = 5000  # changes; far more than a page misses while its connection is renewed


@dataclass(frozen=True, slots=True)
class MessageChanged:
    """A message is new, different or gone."""

    message_id: int


@dataclass(frozen=True, slots=True)
class CommandsChanged:
    """Other commands are registered."""


@dataclass(frozen=True, slots=True)
class PeopleChanged:
    """Somebody joined, or has another language or other roles."""


@dataclass(frozen=True, slots=True, eq=False)
class RequestLogged:
    """A request was answered; each is a thing of its own."""

    row: Json


@dataclass(frozen=True, slots=True)
class GatewayChanged:
    """The application's gateway connections came or went."""


Change: TypeAlias = MessageChanged | CommandsChanged | PeopleChanged | RequestLogged | GatewayChanged


class TooFarBehind(Exception):
    """What a reader has missed is not known any more."""


class Journal:
    """The latest changes.

    Args:
        bell: Rung after every change.
        start: The first position. One above those of an earlier journal makes its readers notice.
        capacity: Things whose changes are remembered.

    Attributes:
        position: Where the latest change stands.
        closed: Nothing comes any more.
    """

    def __init__(self, bell: Bell, *, start: int = 0, capacity: int = CAPACITY) -> None:
        self.bell = bell
        self.position = start
        self.closed = False
        self._forgotten = start
        self._capacity = capacity
        self._changes: OrderedDict[Change, tuple[int, Change]] = OrderedDict()

    def note(self, change: Change) -> None:
        """Write down a change and wake who waits for one."""
        self.position += 1
        self._changes[change] = (self.position, change)
        self._changes.move_to_end(change)
        if len(self._changes) > self._capacity:
            _, (self._forgotten, _) = self._changes.popitem(last=False)
        self.bell.ring()

    def close(self) -> None:
        """Let all readers go."""
        self.closed = True
        self.bell.ring()

    def since(self, position: int) -> list[tuple[int, Change]]:
        """Return what has changed after a position, each with its own, in their order.

        Raises:
            TooFarBehind: Older changes are missing, or the position is another journal's.
        """
        if not self._forgotten <= position <= self.position:
            raise TooFarBehind
        found = []
        for at, change in reversed(self._changes.values()):
            if at <= position:
                break
            found.append((at, change))
        return found[::-1]

    async def wait(self, position: int, timeout: float) -> None:  # noqa: ASYNC109 # as Bell.until
        """Return once something has changed after a position, or the journal is closed.

        Raises:
            TimeoutError: Nothing did, in `timeout` seconds.
        """
        await self.bell.until(lambda: True if self.closed or self.position > position else None, timeout)
