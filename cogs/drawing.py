"""The one place where a job starts, whatever asked for it: a command, a button, a form or a menu."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TypeAlias

import discord

from bot.client import ImagineBot
from bot.delivery.reply import DiscordReply, open_reply
from bot.domain import reach
from bot.domain.board import Board
from bot.domain.errors import PermissionMissing, RulesNotAccepted, WordsBlocked
from bot.domain.permutations import expand
from bot.domain.preflight import missing
from bot.domain.reach import Where
from bot.domain.wish import Asker, Wish
from bot.ui import answers, privacy
from cogs.auditing import review

Interaction: TypeAlias = discord.Interaction[ImagineBot]


async def ask(interaction: Interaction, wish: Wish) -> None:
    """Draw what a user wrote; if its prompt has choices, offer them first.

    Raises:
        ImagineError: In one of its leaves; the interaction was not answered.
    """
    prompts = expand(wish.prompts[0])
    whole = replace(wish, prompts=prompts)
    if len(prompts) == 1:
        await draw(interaction, whole)
        return
    services = interaction.client.services
    is_for_one = await check(interaction)  # whatever is wrong is told before
    board, _ = await _prepare(interaction, whole, is_for_one=is_for_one)
    key = services.offers.make(interaction.user.id, whole)
    card = answers.offer(key, prompts, len(board.job.requests))
    await interaction.response.send_message(view=card, ephemeral=True)


async def draw(interaction: Interaction, wish: Wish) -> None:
    """Draw a wish in the answer to an interaction, from the acknowledgement to the last picture.

    Raises:
        ImagineError: In one of its leaves; the interaction was not answered.
    """
    services = interaction.client.services
    is_for_one = await check(interaction)
    try:
        await services.consent.check(interaction.user.id)
    except RulesNotAccepted:
        key = services.offers.make(interaction.user.id, wish)
        card = privacy.rules(key, services.consent.rules_url)
        await interaction.response.send_message(view=card, ephemeral=True)
        return
    board, who = await _prepare(interaction, wish, is_for_one=is_for_one)
    async with await services.jobs.admit(board, who) as admission:
        answered = await interaction.response.defer(ephemeral=board.job.private, thinking=True)
        await services.jobs.run(board, admission, lambda first: reply(interaction, answered, first))


async def check(interaction: Interaction) -> bool:
    """Check that a user may draw at a place; return whether only they may see it.

    Raises:
        HouseRule: They may not.
        PermissionMissing: The bot may not show it there.
    """
    services = interaction.client.services
    is_for_one = reach.check_reach(where(interaction), services.reach)
    check_permissions(interaction)
    await services.moderation.check(interaction.guild_id, interaction.user.id)
    return is_for_one


@asynccontextmanager
async def reviewing(interaction: Interaction, prompts: Iterable[str]) -> AsyncIterator[None]:
    """Send moderators the prompts that are found to hold words which they want to see first."""
    try:
        yield
    except WordsBlocked as error:
        if error.is_review:
            await review(interaction, tuple(prompts), error.words)
        raise


async def _prepare(interaction: Interaction, wish: Wish, *, is_for_one: bool) -> tuple[Board, Asker]:
    """Return the board of a wish, and who asks.

    Raises:
        UserError: In one of its leaves; it is not drawn as asked.
    """
    who, jobs = await asker(interaction), interaction.client.services.jobs
    async with reviewing(interaction, wish.prompts):
        return await jobs.prepare(replace(wish, private=True) if is_for_one else wish, who), who


def reply(
    interaction: Interaction,
    answered: discord.InteractionCallbackResponse[ImagineBot] | None,
    board: Board,
) -> DiscordReply:
    """Return the reply of a job in the answer to an interaction, not opened yet."""
    services = interaction.client.services
    return open_reply(
        interaction, answered, board, fetch=services.jobs.fetch(board), delivery=services.delivery
    )


def where(interaction: Interaction) -> Where:
    """Return what kind of place an interaction comes from."""
    return reach.where(
        is_guild=interaction.guild_id is not None,
        is_bot_dm=interaction.context.dm_channel or False,
        is_guild_install=interaction.is_guild_integration(),
    )


async def asker(interaction: Interaction) -> Asker:
    """Return who asks, and where."""
    user, channel = interaction.user, interaction.channel
    # without a cache of roles, discord.py resolves none of a member's, and keeps their ids to itself
    roles = user._roles if isinstance(user, discord.Member) else ()  # noqa: SLF001 # as said above
    home = await _parent(interaction, channel) if isinstance(channel, discord.Thread) else channel
    return Asker(
        user_id=user.id,
        guild_id=interaction.guild_id,
        channel_id=interaction.channel_id or 0,
        locale=interaction.locale.value,
        role_ids=frozenset(roles),
        parent_id=channel.parent_id if isinstance(channel, discord.Thread) else None,
        category_id=home.category_id if isinstance(home, discord.abc.GuildChannel) else None,
        is_age_restricted=isinstance(home, discord.TextChannel | discord.ForumChannel) and home.is_nsfw(),
    )


async def _parent(interaction: Interaction, thread: discord.Thread) -> object:
    """Return a thread's channel, whose mark and category the thread has; None if the bot does not see it."""
    try:
        return await interaction.client.fetch_channel(thread.parent_id)
    except discord.HTTPException:
        return None


def check_permissions(interaction: Interaction) -> None:
    """Check that the bot may show here what it is about to draw.

    Raises:
        PermissionMissing: It may not.
    """
    if where(interaction) is not Where.SERVER:
        return  # the bot is no member there, and Discord names none of a member's permissions
    is_thread = isinstance(interaction.channel, discord.Thread)
    lacking = missing(interaction.app_permissions.value, is_thread=is_thread)
    if lacking:
        raise PermissionMissing(lacking)
