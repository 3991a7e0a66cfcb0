"""Puts a board where it belongs, whatever Discord says to it.

What a refusal means is `bot.delivery.verdict`'s to decide; here it is done: the same again, smaller, plainer,
in another place, or not at all.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

import discord
from discord import ui

from bot.delivery.line import Line
from bot.delivery.places import OWN_LIMIT, Answer, Draft, OwnMessage, Seat
from bot.delivery.plain import plain
from bot.delivery.tray import Item, Tray
from bot.delivery.verdict import (
    UNKNOWN_WEBHOOK,
    GiveUp,
    Gone,
    HandOver,
    Refusal,
    Retry,
    Smaller,
    Tries,
    Verdict,
    judge,
)
from bot.delivery.wire import Refused
from bot.domain.board import Board, NotDrawn, ShownFile
from bot.domain.errors import DeliveryFailed, ImagineError, ReplyGone
from bot.domain.job import Job

ONCE = Tries(waits=(), shrinks=0, may_be_plain=False)  # for previews, which another one follows

_log = logging.getLogger(__name__)


class Look(Protocol):
    """What a reply looks like; `bot.ui.cards` is the one implementation, and delivery must not import it."""

    def card(self, board: Board, files: Mapping[int, ShownFile]) -> ui.LayoutView:
        """Return the card of a board, in its language; the indices of `files` are those of their slots."""
        ...

    def told(self, error: ImagineError | None, reference: str | None, locale: str) -> ui.LayoutView:
        """Return, in a language, what the user reads when there is no picture."""
        ...

    def moved(self, url: str, locale: str) -> ui.LayoutView:
        """Return, in a language, the last words of a reply that goes on elsewhere."""
        ...


class Poster:
    """Puts the boards of one reply.

    Args:
        job: Whose reply it is.
        seats: The reply's places, from where it is to where it may go.
        look: What it looks like.
        tray: Makes its files.
        line: Watches its requests.
        ends_soon: Whether a place is about to end, and has to be left.

    Attributes:
        gone: Set when somebody deleted the reply.
    """

    def __init__(
        self,
        job: Job,
        seats: Iterable[Seat],
        look: Look,
        tray: Tray,
        line: Line,
        ends_soon: Callable[[Seat], bool],
    ) -> None:
        self._job = job
        self._seats = tuple(seats)
        self._at = 0
        self._look = look
        self._tray = tray
        self._line = line
        self._ends_soon = ends_soon
        self._left: Seat | None = None  # the place that has still to say where the reply goes on
        self._is_homeless = False
        self.gone = asyncio.Event()

    @property
    def seat(self) -> Seat:
        """Where the reply is."""
        return self._seats[self._at]

    async def find(self) -> None:
        """Find the answer of a process that died before it noted where that is.

        It is gone if that process had not even given it: its user knows since that the bot did not respond.
        """
        try:
            await self._line.send(self.seat.look())
        except Refused as refused:
            if refused.refusal.code == UNKNOWN_WEBHOOK and not self._ends_soon(self.seat):
                self.gone.set()

    async def preview(self, board: Board) -> discord.Message | None:
        """Show a board that another one follows, and return the message; None if Discord does not take it."""
        if self._is_homeless:
            return None
        try:
            return await (self._hand_over if self._has_to_move else self._put)(board, ONCE)
        except (DeliveryFailed, ReplyGone) as error:
            _log.info("a board was not shown: %r", error)
            if self._is_homeless and isinstance(error, DeliveryFailed):
                await self.say(error)
            return None

    async def final(self, board: Board, tries: Tries, said: NotDrawn | None = None) -> discord.Message:
        """Show the last board, and return the message.

        Args:
            board: It.
            tries: What may be tried.
            said: What the card has to say beside the board.

        Raises:
            ReplyGone: Somebody deleted the reply.
            DeliveryFailed: It could be put nowhere.
        """
        if self._has_to_move:
            try:
                return await self._hand_over(board, tries, said)
            except DeliveryFailed as error:
                if Refusal(error.status, error.code).is_ambiguous:
                    raise
        return await self._put(board, tries, said)

    async def say(self, error: DeliveryFailed) -> None:
        """Leave a last sentence in the reply, if Discord takes so much."""
        try:
            await self._line.send(self.seat.put(Draft(self._look.told(error, None, self._job.language))))
        except Refused as refused:
            _log.warning("the user could not be told: %r", refused.refusal)

    async def tell(self, said: NotDrawn) -> bool:
        """Tell the user alone why there is no picture, and return whether that was possible."""
        if not isinstance(self.seat, Answer):
            return False
        view = self._look.told(said.error, said.reference, self._job.locale)
        try:
            await self._line.send(self.seat.tell(view))
        except Refused as refused:
            _log.info("the user could not be told alone: %r", refused.refusal)
            return False
        return True

    async def look(self) -> discord.Message | None:
        """Return the message as Discord has it; None if it cannot be seen."""
        try:
            return await self._line.send(self.seat.look())
        except Refused as refused:
            _log.info("the reply could not be looked at: %r", refused.refusal)
            return None

    @property
    def _has_to_move(self) -> bool:
        return not self._is_homeless and self._ends_soon(self.seat)

    async def _hand_over(self, board: Board, tries: Tries, said: NotDrawn | None = None) -> discord.Message:
        self._left = self.seat
        self._move(Refusal(None))
        return await self._put(board, tries, said)

    async def _put(self, board: Board, tries: Tries, said: NotDrawn | None = None) -> discord.Message:
        try:
            message = await self._insist(board, tries, said)
        except DeliveryFailed:
            if self.seat.is_new:
                self._at, self._left, self._is_homeless = 0, None, True
            raise
        await self._say_where()
        return message

    async def _say_where(self) -> None:
        """Let the reply that was left say where it goes on."""
        if self._left is None or not isinstance(self.seat, OwnMessage):
            return
        try:
            await self._line.send(self._left.put(Draft(self._look.moved(self.seat.url, self._job.language))))
        except Refused as refused:
            _log.info("the old reply does not say where it goes on: %r", refused.refusal)
        self._left = None

    async def _insist(self, board: Board, tries: Tries, said: NotDrawn | None) -> discord.Message:
        may_be_there = False
        while True:
            items = await self._tray.items(board)
            draft = self._draft(board, items, said, is_plain=tries.is_plain)
            try:
                message = await self._line.send(self.seat.put(draft))
            except Refused as refused:
                refusal = refused.refusal
            else:
                self._tray.attached(items.values(), message.attachments)
                return message
            may_be_there |= refusal.is_ambiguous
            verdict = judge(refusal, tries, is_new=self.seat.is_new)
            _log.info("%r: %r", refusal, verdict)
            if may_be_there and isinstance(verdict, HandOver) and (found := await self._found(draft)):
                return found
            tries = tries.after(verdict)
            await self._obey(verdict, refusal)

    def _draft(
        self, board: Board, items: Mapping[int, Item], said: NotDrawn | None, *, is_plain: bool
    ) -> Draft:
        if is_plain:
            view = plain(board.job, [item.file for item in items.values()])
        else:
            view = self._look.card(board, {index: item.shown for index, item in items.items()})
        if said is not None:
            for child in self._look.told(said.error, said.reference, board.job.language).children:
                if isinstance(child, ui.TextDisplay):  # the controls are on the card
                    view.add_item(child)
        standing = [(item.file, self._tray.stays(item)) for item in items.values()]
        kept = [attachment for _, attachment in standing if attachment]
        return Draft(view, kept, [file for file, attachment in standing if not attachment], is_plain)

    async def _obey(self, verdict: Verdict, refusal: Refusal) -> None:
        match verdict:
            case Retry():
                await asyncio.sleep(verdict.after)
            case Smaller():
                self._tray.shrink()
            case HandOver():
                self._move(refusal)
            case Gone():
                self.gone.set()
                raise ReplyGone
            case GiveUp():
                raise DeliveryFailed(refusal.status, refusal.code)

    def _move(self, refusal: Refusal) -> None:
        if self._at + 1 == len(self._seats):
            raise DeliveryFailed(refusal.status, refusal.code)
        self._at += 1
        self._tray.begin_anew(OWN_LIMIT)

    async def _found(self, draft: Draft) -> discord.Message | None:
        """Return the message if an earlier try has reached it after all.

        Raises:
            DeliveryFailed: Nobody can say, and the picture must not be posted twice.
        """
        if not isinstance(self.seat, Answer) or not draft.new:
            return None
        try:
            message = await self._line.send(self.seat.look_from_outside())
        except Refused as refused:
            raise DeliveryFailed(refused.refusal.status, refused.refusal.code) from refused
        return message if draft.names <= {file.filename for file in message.attachments} else None
