"""One reply's line to Discord: keeps its pace, and knows what became of its last request."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from bot.delivery import wire
from bot.delivery.pace import Answer, Pace

T = TypeVar("T")


class Line:
    """Makes the requests of one reply, one at a time.

    A request whose fate is known must not be cancelled, for discord.py is putting its house in order: with
    the bucket's last request answered it sleeps before it frees the reply's lock, which would stay closed for
    ever; and after a failure it resets the route's limit, without which the next request waits for 30 s.

    Args:
        interval: Least seconds between the starts of two previews.
        clock: Returns seconds, and never goes back.

    Attributes:
        is_unsure: Whether the last request may have taken effect, or still may, without anybody knowing.
    """

    def __init__(self, interval: float, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._pace = Pace(interval=interval)
        self._is_settled = False
        self.is_unsure = False

    @property
    def latency(self) -> float:
        """Seconds that the last request took."""
        return self._pace.latency

    def preview_in(self) -> float:
        """Return the seconds until a preview may start."""
        return self._pace.preview_in(self._clock())

    def final_in(self) -> float:
        """Return the seconds until the final edit may start."""
        return self._pace.final_in(self._clock())

    async def send(self, request: Coroutine[Any, Any, T]) -> T:
        """Make a request of discord.py; if this is cancelled, so is the request, unless its fate is known.

        Raises:
            Refused: Discord said no, or nothing at all.
        """
        self._is_settled = False
        task = asyncio.create_task(self._listen(request))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if not self._is_settled:
                task.cancel()
            await asyncio.wait({task})
            if not task.cancelled():
                task.exception()  # what nobody waits for any more is no bug
            raise

    async def _listen(self, request: Coroutine[Any, Any, T]) -> T:
        with wire.listening(self):
            return await request

    def began(self) -> None:
        """Note that a request sets out."""
        self._pace = self._pace.begun(self._clock())
        self._is_settled, self.is_unsure = False, True

    def answered(self, answer: Answer) -> None:
        """Note an answer; discord.py makes the request again after a 429 and after a 5xx."""
        self._pace = self._pace.answered(answer, self._clock())
        self._is_settled = answer.is_last
        self.is_unsure = answer.status >= 500

    def failed(self) -> None:
        """Note that no answer comes."""
        self._is_settled = True
