"""The Space's queue: who waits, who is served, and how long that may take. Pure; the clock is an argument."""

# Source: gradio 6.31.0, gradio/queueing.py, Queue.push, broadcast_estimations and process_events.

from collections.abc import Iterator

from bot.sandbox.space.messages import Estimation


class LineFull(Exception):
    """As many events wait as may wait.

    Attributes:
        maximum: Events that may wait.
        size: Events that do.
    """

    def __init__(self, maximum: int, size: int) -> None:
        super().__init__(f"Queue is full. Max size is {maximum} and size is {size}.")
        self.maximum = maximum
        self.size = size


class Line:
    """Events in the order in which they came.

    Args:
        concurrency: Events served at the same time.
        maximum: Events that may wait, those served not counted; None for any number.
    """

    def __init__(self, concurrency: int = 1, maximum: int | None = None) -> None:
        self.concurrency = concurrency
        self.maximum = maximum
        self.waiting: list[str] = []
        self.serving: dict[str, float] = {}
        self._seconds_spent = 0.0
        self._served = 0

    @property
    def average(self) -> float | None:
        """Seconds that an event took on average; None until one was completed."""
        return self._seconds_spent / self._served if self._served else None

    def join(self, event_id: str) -> None:
        """Let an event wait.

        Raises:
            LineFull: There is no room.
        """
        if self.maximum is not None and len(self.waiting) >= self.maximum:
            raise LineFull(self.maximum, len(self.waiting))
        self.waiting.append(event_id)

    def leave(self, event_id: str) -> bool:
        """Remove an event that waits, and say whether it did."""
        if event_id not in self.waiting:
            return False
        self.waiting.remove(event_id)
        return True

    def serve(self, now: float) -> str | None:
        """Begin with the next event, if there is one and a place is free."""
        if not self.waiting or len(self.serving) >= self.concurrency:
            return None
        event_id = self.waiting.pop(0)
        self.serving[event_id] = now
        return event_id

    def finish(self, event_id: str, now: float, *, completed: bool) -> None:
        """Free the place of an event; only a completed one counts for the average."""
        started = self.serving.pop(event_id)
        if completed:
            self._seconds_spent += now - started
            self._served += 1

    def estimations(self, now: float, after: int = 0) -> Iterator[tuple[str, Estimation]]:
        """Yield what those who wait are told, from rank `after` on."""
        average = self.average
        for rank, event_id in enumerate(self.waiting):
            eta = None
            if average is not None:
                eta = average + rank * average / self.concurrency + self._until_free(now, average)
            if rank >= after:
                yield event_id, Estimation(rank, len(self.waiting), eta)

    def _until_free(self, now: float, average: float) -> float:
        if len(self.serving) < self.concurrency:
            return 0.0
        return max(min(self.serving.values()) + average - now, 0.0)
