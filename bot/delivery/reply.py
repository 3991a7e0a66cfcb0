"""A job's reply on Discord, from "is thinking…" to the last attachment.

While the job runs, the pump shows the latest board. The final one does not wait in its line: the edit in
flight is cut off, and as Discord may still carry it out afterwards, the reply is looked at once more.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Self

import discord

from bot.delivery.aside import Aside
from bot.delivery.editor import Pump
from bot.delivery.encoding import Encoder
from bot.delivery.line import Line
from bot.delivery.places import OWN_LIMIT, Answer, Seat, seats
from bot.delivery.poster import Look, Poster
from bot.delivery.times import Times
from bot.delivery.tray import Fetch, Tray
from bot.delivery.verdict import Tries
from bot.domain.board import Board, NotDrawn
from bot.domain.errors import DeliveryFailed, ImagineError, ReplyGone
from bot.domain.job import Place

__all__ = ["Delivery", "DiscordReply", "Fetch", "Look", "answer_place", "open_reply"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What all replies of a process share.

    Attributes:
        look: What replies look like.
        encoder: Makes the files of finished pictures.
        program: Who drew, as `Imagine 1.0`; it goes into the pictures' parameters.
        times: How long to wait for what.
        clock: Returns Unix time in seconds.
        on_preview: Called with the age of a job, in seconds, when its reply shows a first preview.
        on_delivery: Likewise, when it shows the pictures.
    """

    look: Look
    encoder: Encoder
    program: str
    times: Times = field(default_factory=Times)
    clock: Callable[[], float] = time.time
    on_preview: Callable[[float], None] = lambda _: None
    on_delivery: Callable[[float], None] = lambda _: None


def answer_place(
    interaction: discord.Interaction[Any],
    answered: discord.InteractionCallbackResponse[Any] | None,
    delivery: Delivery,
) -> Place:
    """Return where the answer to an interaction is.

    Args:
        interaction: The interaction.
        answered: What its deferral returned, which knows the message; None before.
        delivery: What all replies share.
    """
    return Place(
        channel_id=interaction.channel_id or 0,
        message_id=answered.message_id if answered else None,
        token=interaction.token,
        token_ends_at=delivery.clock() + delivery.times.token_life,
        file_limit=interaction.filesize_limit,
    )


def open_reply(client: discord.Client, board: Board, *, fetch: Fetch, delivery: Delivery) -> "DiscordReply":
    """Return the reply of a job where the job has it; enter it with `async with`.

    Args:
        client: The client, logged in.
        board: What is shown first; its job has a place.
        fetch: Returns a preview's bytes, or raises a `ProviderError`.
        delivery: What all replies share.

    Raises:
        ValueError: The job has no place, or the client is not logged in.
    """
    if board.job.place is None or client.application_id is None:
        raise ValueError("there is no reply to open")
    way = seats(client, client.application_id, board.job, board.job.place)
    limit = board.job.place.file_limit or OWN_LIMIT
    return DiscordReply(client, way, board, fetch=fetch, delivery=delivery, limit=limit)


class DiscordReply:
    """Shows one job; a `bot.ports.Reply`.

    Use it as an async context manager: entering it shows the first board, leaving it ends the showing and
    makes sure that the final board is still there.

    Args:
        client: The client, logged in.
        way: The reply's places, from where it is to where it may go.
        board: What is shown first.
        fetch: Returns a preview's bytes, or raises a `ProviderError`.
        delivery: What all replies share.
        limit: Bytes that a file may have where the reply is.
    """

    def __init__(
        self,
        client: discord.Client,
        way: Iterable[Seat],
        board: Board,
        *,
        fetch: Fetch,
        delivery: Delivery,
        limit: int,
    ) -> None:
        self._times = delivery.times
        self._clock = delivery.clock
        self._on_delivery = delivery.on_delivery
        self._look = delivery.look
        self._first = board
        self._line = Line(self._times.interval, asyncio.get_running_loop().time)
        self._aside = Aside(client, board.job, delivery.look, self._line)
        self._to_tell: list[ImagineError] = []
        self._tray = Tray(fetch, delivery.encoder, delivery.program, limit)
        # what these call does not know the reply: a cycle would keep its pictures long after it
        ends_soon = partial(_ends_soon, margin=self._times.margin, clock=self._clock)
        self._poster = Poster(board.job, way, delivery.look, self._tray, self._line, ends_soon)
        self._pump: Pump[Board] = Pump(_Previews(self._poster, delivery), wait=self._line.preview_in)
        self._final: tuple[Board, NotDrawn | None, discord.Message] | None = None
        self._was_overtaken = False

    async def __aenter__(self) -> Self:
        if self.place.token and not self.place.message_id:
            await self._poster.find()
        await self._pump.__aenter__()
        if not self._poster.gone.is_set():
            self.show(self._first)
        left = self.place.token_ends_at - self._times.margin - self._clock()
        loop = asyncio.get_running_loop()
        self._alarm = loop.call_later(max(0.0, left), self._pump.show_again) if self.place.token else None
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._alarm:
            self._alarm.cancel()
        await self._pump.stop()
        if self._final and self._was_overtaken:
            await self._make_sure(*self._final)

    @property
    def place(self) -> Place:
        """Where the reply is now."""
        return self._poster.seat.place

    def show(self, board: Board) -> None:
        """Show how far the job is. Returns at once; a board that a later one overtakes is never shown."""
        self._pump.show(board)

    async def finish(self, board: Board) -> Place:
        """Show the final board, and nothing after it; return where it is.

        If a picture is missing, the user alone is told why, unless it was cancelled.

        Raises:
            ReplyGone: Somebody deleted the reply.
            DeliveryFailed: It could be put nowhere.
        """
        if self._poster.gone.is_set():
            raise ReplyGone
        await self._tray.items(board)  # the previews go on while the picture is encoded
        await self._pump.stop()
        self._was_overtaken = self._line.is_unsure
        await asyncio.sleep(self._line.final_in())
        try:
            await self._show_last(board)
        except DeliveryFailed as error:
            await self._poster.say(error)
            raise
        finally:
            for told in self._to_tell:
                await self._aside.tell(self._poster.seat, told)
        if board.pictures:
            self._on_delivery(self._clock() - board.job.created_at)
        return self.place

    async def tell(self, error: ImagineError) -> None:
        """Tell the user alone something that is not about a picture, after the final board.

        Where that cannot be, it is left.
        """
        self._to_tell.append(error)

    async def until_gone(self) -> None:
        """Return when it is known that somebody deleted the reply."""
        await self._poster.gone.wait()

    async def _show_last(self, board: Board) -> None:
        """Show the final board; why a picture is missing is in it only if the user cannot be told alone."""
        why = board.reason
        in_card = why if not board.pictures and not isinstance(self._poster.seat, Answer) else None
        await self._put(board, in_card)
        if why and not in_card and not await self._poster.tell(why) and not board.pictures:
            await self._put(board, why)

    async def _put(self, board: Board, said: NotDrawn | None) -> None:
        message = await self._poster.final(board, Tries(waits=self._times.retries), said)
        self._final = (board, said, message)

    async def _make_sure(self, board: Board, said: NotDrawn | None, shown: discord.Message) -> None:
        """Put the final board back if an edit that was cut off has overwritten it."""
        await asyncio.sleep(max(self._times.settle, 2 * self._line.latency))
        there = await self._poster.look()
        if there is None or _state(there) == _state(shown):
            return
        _log.info("a preview came after the final picture, which is put back")
        self._tray.begin_anew()
        try:
            await self._put(board, said)
        except (DeliveryFailed, ReplyGone) as error:
            _log.warning("the final picture could not be put back: %r", error)


class _Previews:
    """Shows boards that others follow, and tells of the first one with a picture.

    Args:
        poster: Shows them.
        delivery: Is told.
    """

    def __init__(self, poster: Poster, delivery: Delivery) -> None:
        self._poster = poster
        self._on_preview = delivery.on_preview
        self._clock = delivery.clock
        self._has_told = False

    async def __call__(self, board: Board) -> None:
        message = await self._poster.preview(board)
        if message is not None and message.attachments and not self._has_told:
            self._has_told = True
            self._on_preview(self._clock() - board.job.created_at)


def _ends_soon(seat: Seat, margin: float, clock: Callable[[], float]) -> bool:
    """Whether a place's token ends within a margin, in seconds."""
    place = seat.place
    return place.token is not None and clock() >= place.token_ends_at - margin


def _state(message: discord.Message) -> tuple[object, ...]:
    """Return what changes with every edit."""
    return (message.edited_at, *(attachment.id for attachment in message.attachments))
