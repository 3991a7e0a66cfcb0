"""The reply of a job that was parked: one message, posted when there is something to see.

The interaction that asked for it ended long ago. The message refers to the request, pings nobody, and has a
nonce, so that a process that died between posting it and writing that down makes no second one.
"""

import asyncio
from typing import Self

import discord

from bot.delivery.aside import Aside
from bot.delivery.line import Line
from bot.delivery.places import OWN_LIMIT, later_seats
from bot.delivery.poster import Poster
from bot.delivery.reply import Delivery
from bot.delivery.tray import Fetch, Tray
from bot.delivery.verdict import Tries
from bot.domain.board import Board
from bot.domain.errors import ImagineError
from bot.domain.job import Place


def open_later(client: discord.Client, board: Board, *, fetch: Fetch, delivery: Delivery) -> "LaterReply":
    """Return the reply of a job that was parked; enter it with `async with`.

    Args:
        client: The client, logged in.
        board: The job's board; its job has the place of the request, if people can see that.
        fetch: Returns a preview's bytes; no preview is shown.
        delivery: What all replies share.
    """
    return LaterReply(client, board, fetch=fetch, delivery=delivery)


class LaterReply:
    """Shows the end of one job; a `bot.ports.Reply`.

    Args:
        client: The client, logged in.
        board: The job's board.
        fetch: Returns a preview's bytes.
        delivery: What all replies share.
    """

    def __init__(self, client: discord.Client, board: Board, *, fetch: Fetch, delivery: Delivery) -> None:
        job = board.job
        self._request = job.place or Place(channel_id=job.channel_id)
        self._tries = Tries(waits=delivery.times.retries)
        line = Line(delivery.times.interval, asyncio.get_running_loop().time)
        self._aside = Aside(client, job, delivery.look, line)
        tray = Tray(fetch, delivery.encoder, delivery.program, OWN_LIMIT)
        seats = later_seats(client, job)
        self._poster = Poster(job, seats, delivery.look, tray, line, ends_soon=lambda _: False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return

    @property
    def place(self) -> Place:
        """Where the message is; before it is posted, where the request is."""
        seat = self._poster.seat
        return self._request if seat.is_new else seat.place

    def show(self, board: Board) -> None:
        """Show nothing: nobody waits before a screen."""

    async def finish(self, board: Board) -> Place:
        """Post the final board, with the reason in it if there is no picture; return where it is.

        Raises:
            ReplyGone: Never; there is no reply that could be deleted.
            DeliveryFailed: It could be put nowhere.
        """
        why = board.reason
        is_told = board.pictures or board.job.private  # of a private job, the card itself says it
        await self._poster.final(board, self._tries, None if is_told else why)
        return self.place

    async def tell(self, error: ImagineError) -> None:
        """Tell the user alone something that is not about a picture; where that cannot be, leave it."""
        await self._aside.tell(self._poster.seat, error)

    async def until_gone(self) -> None:
        """Never return: what is not posted yet cannot be deleted."""
        await self._poster.gone.wait()
