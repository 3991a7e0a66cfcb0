"""Hiding and removing pictures that were delivered, as the bot, else with the token of their interaction."""

import logging
import time
from collections.abc import Coroutine, Iterator
from enum import Enum
from typing import Any

import discord
from discord import ui

from bot.delivery.line import Line
from bot.delivery.places import Answer, Draft, OwnMessage
from bot.delivery.verdict import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE
from bot.delivery.wire import Refused
from bot.domain.job import Job, Place

_log = logging.getLogger(__name__)


class Effect(Enum):
    """What came of it."""

    DONE = "done"
    UNNEEDED = "unneeded"  # it was so before
    REFUSED = "refused"  # Discord did not let the bot


async def veil(client: discord.Client, application_id: int, job: Job, *, spoiler: bool) -> Effect:
    """Make a job's pictures spoilers, or take that back.

    Args:
        client: The client, logged in.
        application_id: The bot's application.
        job: Whose pictures.
        spoiler: Whether they shall be hidden until they are clicked.
    """
    line = Line(0.0, time.monotonic)
    for seat in _seats(client, application_id, job):
        try:
            message = await line.send(seat.look())
            view = ui.LayoutView.from_message(message, timeout=None)
            if not _mark(view, message.attachments, spoiler=spoiler):
                return Effect.UNNEEDED
            await line.send(seat.put(Draft(view, kept=message.attachments)))
        except Refused as refused:
            _log.info("%s cannot be hidden: %r", job.id, refused.refusal)
        else:
            return Effect.DONE
    return Effect.REFUSED


async def remove(client: discord.Client, application_id: int, job: Job) -> Effect:
    """Delete the message with a job's pictures; the arguments are those of `veil`."""
    line = Line(0.0, time.monotonic)
    if job.place is None or job.place.message_id is None:
        return Effect.UNNEEDED
    for deletion in _deletions(client, application_id, job, job.place):
        try:
            await line.send(deletion)
        except Refused as refused:
            if refused.refusal.code in {UNKNOWN_CHANNEL, UNKNOWN_MESSAGE}:
                return Effect.UNNEEDED
            _log.info("%s cannot be removed: %r", job.id, refused.refusal)
        else:
            return Effect.DONE
    return Effect.REFUSED


def _deletions(
    client: discord.Client, application_id: int, job: Job, place: Place
) -> Iterator[Coroutine[Any, Any, None]]:
    message_id = place.message_id or 0
    channel = client.get_partial_messageable(place.channel_id, guild_id=job.guild_id)
    yield channel.get_partial_message(message_id).delete()
    if place.token is not None:
        hook = discord.Webhook.partial(application_id, place.token, client=client)
        # `partial` forgets the proxy that all other requests of the client take
        hook.proxy, hook.proxy_auth = client.http.proxy, client.http.proxy_auth
        yield hook.delete_message(message_id)


def _seats(client: discord.Client, application_id: int, job: Job) -> Iterator[OwnMessage | Answer]:
    place = job.place
    if place is None or place.message_id is None:
        return
    own = Place(channel_id=place.channel_id, message_id=place.message_id)
    yield OwnMessage(client, own, guild_id=job.guild_id)
    if place.token is not None:
        yield Answer(client, application_id, place)


def _mark(view: ui.LayoutView, kept: list[discord.Attachment], *, spoiler: bool) -> bool:
    """Mark the pictures of a card, and return whether that changed it.

    A file of the message is named as such again: the address under which it was found ends after a day.
    """
    names = {_address(file.url): f"attachment://{file.filename}" for file in kept}
    has_changed = False
    for part in view.walk_children():
        part.id = None  # as in a card that was never sent: Discord gives the numbers
        if isinstance(part, ui.MediaGallery):
            for item in part.items:
                has_changed |= item.spoiler is not spoiler
                item.spoiler = spoiler
                item.media = names.get(_address(item.media.url), item.media.url)
    return has_changed


def _address(url: str) -> str:
    return url.partition("?")[0]
