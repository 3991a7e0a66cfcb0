"""Which servers the bot is a member of, as Discord says."""

import logging
import time

import discord

from bot.delivery.line import Line
from bot.delivery.wire import Refused

_log = logging.getLogger(__name__)


async def servers(client: discord.Client) -> set[int] | None:
    """Return the servers that the bot is a member of, all of them; None if Discord does not say."""
    try:
        return await Line(0.0, time.monotonic).send(_all(client))
    except Refused as refused:
        _log.warning("Discord does not say which servers the bot is in: %r", refused.refusal)
        return None


async def _all(client: discord.Client) -> set[int]:
    return {guild.id async for guild in client.fetch_guilds(limit=None, with_counts=False)}
