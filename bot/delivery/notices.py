"""Cards in the channels that moderators chose: an extra, which never stands in the way of what it tells of.

The channel is looked at before: settings may have come from another server's export, and what happens in one
server is nobody's business in another.
"""

import logging
import time

import discord
from discord import ui

from bot.delivery.line import Line
from bot.delivery.wire import Refused

_log = logging.getLogger(__name__)


async def post(
    client: discord.Client, guild_id: int, channel_id: int, view: ui.LayoutView, *, nonce: str | None = None
) -> bool:
    """Post a card as the bot, and return whether that was possible; why not is in the log.

    Args:
        client: The client, logged in.
        guild_id: The server that the channel has to be in.
        channel_id: The channel.
        view: The card.
        nonce: At most 25 characters. A card that was posted under the same one some minutes ago becomes this
            one; Discord makes none beside it. None for a card of its own.
    """
    view.stop()
    line = Line(0.0, time.monotonic)
    try:
        if not await line.send(_is_in(client, channel_id, guild_id)):
            _log.warning("channel %d is not in server %d; nothing is posted there", channel_id, guild_id)
            return False
        channel = client.get_partial_messageable(channel_id, guild_id=guild_id)
        if nonce is None:
            await line.send(channel.send(view=view))
        else:
            message = await line.send(channel.send(view=view, nonce=nonce))
            await line.send(message.edit(view=view))
    except Refused as refused:
        _log.warning("nothing can be posted in channel %d: %r", channel_id, refused.refusal)
        return False
    return True


async def _is_in(client: discord.Client, channel_id: int, guild_id: int) -> bool:
    try:
        channel = await client.fetch_channel(channel_id)
    except discord.InvalidData:  # a kind of channel that is newer than the library
        return False
    return isinstance(channel, discord.abc.GuildChannel | discord.Thread) and channel.guild.id == guild_id
