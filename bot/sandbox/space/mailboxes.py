"""What waits to be read on each stream. Each message goes to one reader, and a box goes with its reader."""

# Source: gradio 6.31.0, gradio/routes.py, queue_data_helper; gradio/queueing.py, send_message.

import asyncio
from collections import OrderedDict
from typing import NamedTuple

from bot.sandbox.space.messages import Message

SESSIONS = 2000  # boxes kept; Gradio forgets the oldest beyond that


class Letter(NamedTuple):
    """A message, and the event that it is about."""

    event_id: str
    message: Message


class Mailbox:
    """One session's messages.

    Attributes:
        pending: Its events whose end was not read yet.
    """

    def __init__(self) -> None:
        self.pending: set[str] = set()
        self._letters: asyncio.Queue[Letter] = asyncio.Queue()

    def put(self, event_id: str, message: Message) -> None:
        """Leave a message for whoever reads next."""
        self._letters.put_nowait(Letter(event_id, message))

    async def get(self) -> Letter:
        """Return the next message; with two readers, each message goes to one of them."""
        return await self._letters.get()


class Mailboxes:
    """All sessions' boxes."""

    def __init__(self) -> None:
        self._boxes: OrderedDict[str, Mailbox] = OrderedDict()

    def find(self, session_hash: str) -> Mailbox | None:
        """Return a session's box, if it is still there."""
        return self._boxes.get(session_hash)

    def open(self, session_hash: str, event_id: str) -> Mailbox:
        """Return the box in which an event's messages will be."""
        box = self._boxes.setdefault(session_hash, Mailbox())
        box.pending.add(event_id)
        if len(self._boxes) > SESSIONS:
            self._boxes.popitem(last=False)
        return box

    def drop(self, session_hash: str) -> None:
        """Forget a session: its reader left in the middle."""
        self._boxes.pop(session_hash, None)
