"""A word to the user alone that is not about the pictures of their reply."""

import logging

import discord
from discord import ui

from bot.delivery.line import Line
from bot.delivery.places import Answer, DirectMessage, Draft, Seat
from bot.delivery.poster import Look
from bot.delivery.wire import Refused
from bot.domain.errors import ImagineError
from bot.domain.job import Job

_log = logging.getLogger(__name__)


class Aside:
    """Tells the user of a job.

    Args:
        client: The client, logged in.
        job: Whose user is told.
        look: What it looks like.
        line: The line of the job's reply.
    """

    def __init__(self, client: discord.Client, job: Job, look: Look, line: Line) -> None:
        self._client = client
        self._job = job
        self._look = look
        self._line = line

    async def tell(self, seat: Seat, error: ImagineError) -> None:
        """Tell it beside an answer to an interaction, else in a direct message, else not at all.

        Args:
            seat: Where the reply is. An answer has been edited before: of one that was only acknowledged,
                Discord takes the first message beside it for the answer itself.
            error: What happened.
        """
        if isinstance(seat, Answer):
            try:
                await self._line.send(seat.tell(self._told(error)))
            except Refused as refused:
                _log.info("the user could not be told beside the reply: %r", refused.refusal)
            else:
                return
        direct = DirectMessage(self._client, self._job.user_id, nonce=f"{self._job.id}-told")
        try:
            await self._line.send(direct.put(Draft(self._told(error))))
        except Refused as refused:
            _log.info("the user could not be told: %r", refused.refusal)

    def _told(self, error: ImagineError) -> ui.LayoutView:
        return self._look.told(error, None, self._job.locale)
