"""Who a member of a server is now, as Discord says when it is asked: the bot keeps no caches.

What the bot is not let see is not there: a stranger has no roles, a closed channel no mark and no category.
"""

import logging
import time
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any, TypeVar

import discord

from bot.delivery.line import Line
from bot.delivery.wire import Refused
from bot.domain.job import Job
from bot.domain.wish import Asker

_T = TypeVar("_T")

_log = logging.getLogger(__name__)


async def asker(client: discord.Client, job: Job) -> Asker | None:
    """Return who asked for a job, and where, as that is now; None if Discord does not say."""
    try:
        return await Line(0.0, time.monotonic).send(_asker(client, job))
    except Refused as refused:
        _log.warning("Discord does not say who asked for job %s: %r", job.id, refused.refusal)
        return None


async def rights(client: discord.Client, guild_id: int, user_id: int, channel_id: int) -> discord.Permissions:
    """Return what a member may do in a whole server, and what they may do in one channel, together.

    Args:
        client: The client, logged in.
        guild_id: The server.
        user_id: The member.
        channel_id: The channel, or a thread, which has the rights of its channel.

    Raises:
        discord.HTTPException: Discord does not say.
    """
    guild = await _seen(client.fetch_guild(guild_id, with_counts=False))
    member = await _seen(guild.fetch_member(user_id)) if guild else None
    if guild is None or member is None:
        return discord.Permissions.none()
    home, _ = await _home(guild, channel_id)
    in_channel = home.permissions_for(member) if home else discord.Permissions.none()
    return discord.Permissions(member.guild_permissions.value | in_channel.value)


async def _asker(client: discord.Client, job: Job) -> Asker:
    known = Asker(user_id=job.user_id, guild_id=job.guild_id, channel_id=job.channel_id, locale=job.locale)
    guild = await _seen(client.fetch_guild(job.guild_id, with_counts=False)) if job.guild_id else None
    if guild is None:
        return known
    member = await _seen(guild.fetch_member(job.user_id))
    home, parent_id = await _home(guild, job.channel_id)
    return replace(
        known,
        role_ids=frozenset(role.id for role in member.roles if not role.is_default())
        if member
        else frozenset(),
        parent_id=parent_id,
        category_id=home.category_id if home else None,
        is_age_restricted=isinstance(home, discord.TextChannel | discord.ForumChannel) and home.is_nsfw(),
    )


async def _home(guild: discord.Guild, channel_id: int) -> tuple[discord.abc.GuildChannel | None, int | None]:
    """Return a channel, or that of a thread; and the latter's id, None for any other channel."""
    channel = await _seen(guild.fetch_channel(channel_id))
    if not isinstance(channel, discord.Thread):
        return channel, None
    parent = await _seen(guild.fetch_channel(channel.parent_id))
    return (None if isinstance(parent, discord.Thread) else parent), channel.parent_id


async def _seen(request: Coroutine[Any, Any, _T]) -> _T | None:
    """Return what Discord shows of something; None if there is none, or none for the bot."""
    try:
        return await request
    except (discord.NotFound, discord.Forbidden, discord.InvalidData):
        return None
