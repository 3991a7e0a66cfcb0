"""One piece of work at a Space: its stream of messages, read under three deadlines."""

import asyncio

import aiohttp

from bot.domain.errors import DeadlineExceeded, ResponseError, StreamCut
from bot.domain.events import Queued
from bot.providers.gradio.connection import Connection, next_chunk
from bot.providers.gradio.messages import Completed, Failed, Message, call_message, queue_message
from bot.providers.gradio.sse import EventDecoder, ServerSentEvent
from bot.providers.gradio.words import redacted
from bot.providers.options import ServiceOptions


class Work:
    """What a Space was asked to do, and how far it is as far as we have heard.

    Attributes:
        event_id: The Space's name of it.
        is_started: Whether it has left the queue.
        is_ended: Whether its last message was heard.
    """

    def __init__(
        self, connection: Connection, event_id: str, options: ServiceOptions, *, total_at: float
    ) -> None:
        """Take over an event that was submitted.

        Args:
            connection: To the Space.
            event_id: As the Space named it.
            options: The token, which is taken out of what the Space says, and the deadlines.
            total_at: When all of it has to be over, in the loop's time.
        """
        self.event_id = event_id
        self.is_started = False
        self.is_ended = False
        self._connection = connection
        self._token = options.token
        self._deadlines = options.deadlines
        self._total_at = total_at
        self._answer_at: float | None = None  # loop time; None when it is not expected, or was given
        self._response: aiohttp.ClientResponse | None = None
        self._broken: ResponseError | None = None
        self._decoder = EventDecoder()
        self._read_event = queue_message

    @property
    def is_open(self) -> bool:
        """Whether the stream was opened."""
        return self._response is not None

    async def open(self, rich: str, simple: str) -> None:
        """Open the stream that the Space has, the rich one if it can be.

        The choice falls before anything is read: what one stream has given, no other gives again.

        Args:
            rich: The path of `/queue/data` for this work.
            simple: The path of `/call/…` for this work.

        Raises:
            ProviderError: In one of its leaves.
        """
        response = await self._connection.stream(rich)
        if response.status in {404, 405}:
            response.release()
            response = await self._connection.stream(simple)
            self._read_event = call_message
        elif response.status == 200:
            # Only here: while it is queued, the simple stream has nothing but heartbeats to say.
            self._answer_at = asyncio.get_running_loop().time() + self._deadlines.answer
        if response.status != 200 or response.content_type != "text/event-stream":
            raise await self._connection.refusal(response)
        self._response = response

    async def read(self) -> list[Message]:
        """Wait for the next bytes, and return the messages that they completed; often none.

        Raises:
            DeadlineExceeded: Nothing came, or nothing but heartbeats, or it takes too long.
            StreamCut: The stream ended before the last message.
            UnreadableAnswer: It cannot be what the protocol promises.
        """
        if self._broken is not None:
            raise self._broken
        if self._response is None:
            raise StreamCut
        chunk = await self._in_time(self._response)
        if not chunk:
            raise StreamCut
        messages: list[Message] = []
        try:
            for event in self._decoder.feed(chunk):
                self._take(event, messages)
                if self.is_ended:
                    break
        except ResponseError as error:
            self._broken = error  # what came before it counts, however the bytes were cut
        return messages

    def close(self) -> None:
        """Let go of the stream. Its connection is kept for the next request if the stream is at its end."""
        if self._response is not None:
            self._response.release()

    async def _in_time(self, response: aiohttp.ClientResponse) -> bytes:
        """Wait for bytes until the first of the deadlines."""
        now = asyncio.get_running_loop().time()
        at, deadline, seconds = now + self._deadlines.idle, "idle", self._deadlines.idle
        if self._answer_at is not None and self._answer_at < at:
            at, deadline, seconds = self._answer_at, "answer", self._deadlines.answer
        if self._total_at < at:
            at, deadline, seconds = self._total_at, "total", self._deadlines.total
        try:
            async with asyncio.timeout_at(at):
                return await next_chunk(response)
        except TimeoutError:
            raise DeadlineExceeded(deadline, seconds) from None

    def _take(self, event: ServerSentEvent, messages: list[Message]) -> None:
        """Add what an event says, and note what it means for the work."""
        if self._token:
            event = event._replace(data=redacted(event.data, self._token))
        message = self._read_event(event)
        if message is None:
            return
        messages.append(message)
        self._answer_at = None
        self.is_ended = isinstance(message, (Completed, Failed))
        self.is_started = self.is_started or not isinstance(message, Queued)
