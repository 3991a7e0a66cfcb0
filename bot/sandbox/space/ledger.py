"""What was asked of the Space and what became of it: a record for tests and for the demo's page."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from bot.sandbox.space.moods import Scene


class Outcome(Enum):
    """Where a request stands, or how it ended."""

    REFUSED = "refused"
    """It never came into the queue."""
    WAITING = "waiting"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    """`/cancel` removed or stopped it."""
    ABANDONED = "abandoned"
    """Its reader left, so it was removed from the queue, or stopped, or finished for nobody."""


@dataclass(slots=True, kw_only=True)
class Posted:
    """One request for a picture, as it came.

    Attributes:
        data: The data array.
        headers: The headers of the POST; names as they were sent.
        at: Unix time in seconds.
        scene: What the Space decided to do with it.
        session_hash: The stream that will speak of it; empty for one of its own.
        in_diffs: Whether previews after the first come as differences: it came through `/queue/join`.
        event_id: What it was answered with; empty if it was refused.
        outcome: What became of it.
        runs: How often work on it was started.
    """

    data: list[Any]
    headers: Mapping[str, str]
    at: float
    scene: Scene
    session_hash: str = ""
    in_diffs: bool = False
    event_id: str = ""
    outcome: Outcome = Outcome.REFUSED
    runs: int = 0

    @property
    def token(self) -> str | None:
        """The token it came with; None for none."""
        return bearer(self.headers)


@dataclass(frozen=True, slots=True)
class Visit:
    """Any HTTP request.

    Attributes:
        method: As `GET`.
        path: Path and query.
        headers: Its headers.
    """

    method: str
    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Drought:
    """A refusal for want of quota.

    Attributes:
        token: What was asked with; None for no token.
        since: Unix time in seconds at which it was said.
        until: When there is quota again, likewise.
    """

    token: str | None
    since: float
    until: float


@dataclass(slots=True)
class Ledger:
    """The record.

    Attributes:
        requests: Every POST that asked for a picture.
        visits: Every HTTP request.
        strangers: Every HTTP request to the other origin, which no careful client makes.
        cancels: The body of every POST to `/cancel`.
        droughts: Every refusal for want of quota.
    """

    requests: list[Posted] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    strangers: list[Visit] = field(default_factory=list)
    cancels: list[dict[str, Any]] = field(default_factory=list)
    droughts: list[Drought] = field(default_factory=list)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def note(self, posted: Posted) -> None:
        """Write a request down."""
        self.requests.append(posted)
        self.touch()

    def with_outcome(self, outcome: Outcome) -> list[Posted]:
        """Return the requests that stand there."""
        return [posted for posted in self.requests if posted.outcome is outcome]

    def early(self, slack: float) -> list[Posted]:
        """Return the requests that came although their token had been told to wait.

        Args:
            slack: Seconds within which nobody can be expected to have heard it.
        """
        return [
            posted
            for posted in self.requests
            if any(
                told.token == posted.token and told.since + slack <= posted.at < told.until
                for told in self.droughts
            )
        ]

    def settle(self, posted: Posted, outcome: Outcome) -> None:
        """Write down where a request stands now."""
        posted.outcome = outcome
        self.touch()

    def touch(self) -> None:
        """Wake those who wait `until` something."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, predicate: Callable[[], bool]) -> None:
        """Return as soon as the predicate holds; it is asked again at each change of the record."""
        while not predicate():
            await self._changed.wait()


def bearer(headers: Mapping[str, str]) -> str | None:
    """Return the token in some headers, as Gradio's own client and as everybody else sends it."""
    for name, value in headers.items():
        if name.lower() in {"authorization", "x-hf-authorization"} and value.startswith("Bearer "):
            return value.removeprefix("Bearer ")
    return None
