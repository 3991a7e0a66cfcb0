"""The one place where a job starts, whatever asked for it: a command, a button, a form or a menu."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TypeAlias

import discord
from structlog.contextvars import bound_contextvars

from bot.client import ImagineBot
from bot.delivery.reply import answer_place
from bot.domain import reach
from bot.domain.board import Board
from bot.domain.errors import PermissionMissing, RulesNotAccepted, WordsBlocked
from bot.domain.job import Place
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
    await propose(interaction, replace(wish, prompts=expand(wish.prompts[0])))


async def propose(interaction: Interaction, wish: Wish) -> None:
    """Draw a wish; if it has several prompts, offer them first.

    Raises:
        ImagineError: In one of its leaves; the interaction was not answered.
    """
    if len(wish.prompts) == 1:
        await draw(interaction, wish)
        return
    is_for_one = await check(interaction)  # whatever is wrong is told before
    if not await _has_agreed(interaction, wish):
        return
    board, _ = await _prepare(interaction, wish, is_for_one=is_for_one)
    key = interaction.client.services.offers.make(interaction.user.id, wish)
    card = answers.offer(key, wish.prompts, len(board.job.requests))
    await interaction.response.send_message(view=card, ephemeral=True)


async def draw(interaction: Interaction, wish: Wish) -> None:
    """Admit a wish, and see to it that it is drawn in the answer to an interaction.

    Raises:
        ImagineError: In one of its leaves; the interaction was not answered.
    """
    services = interaction.client.services
    is_for_one = await check(interaction)
    if not await _has_agreed(interaction, wish):
        return
    board, who = await _prepare(interaction, wish, is_for_one=is_for_one)
    with bound_contextvars(job=board.job.id):
        async with services.jobs.admitted(board, who, place(interaction)):
            answered = await interaction.response.defer(ephemeral=board.job.private, thinking=True)
            await services.jobs.start(board.job.id, place(interaction, answered))


async def check(interaction: Interaction) -> bool:
    """Check that a user may draw at a place; return whether only they may see it.

    Raises:
        HouseRule: They may not.
        PermissionMissing: The bot may not show it there.
    """
    services = interaction.client.services
    is_for_one = reach.check_reach(where(interaction), services.reach)
    check_permissions(interaction)
    await services.houses.check_user(interaction.guild_id, interaction.user.id)
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


async def _has_agreed(interaction: Interaction, wish: Wish) -> bool:
    """Return whether a user has accepted the rules of use; show them to one who has not.

    Nothing of a wish is judged, or seen by anybody, before they have.
    """
    services = interaction.client.services
    try:
        await services.consent.check(interaction.user.id)
    except RulesNotAccepted:
        key = services.offers.make(interaction.user.id, wish)
        card = privacy.rules(key, services.consent.rules_url)
        await interaction.response.send_message(view=card, ephemeral=True)
        return False
    return True


async def _prepare(interaction: Interaction, wish: Wish, *, is_for_one: bool) -> tuple[Board, Asker]:
    """Return the board of a wish, and who asks.

    Raises:
        UserError: In one of its leaves; it is not drawn as asked.
    """
    who, jobs = await asker(interaction), interaction.client.services.jobs
    async with reviewing(interaction, wish.prompts):
        return await jobs.prepare(replace(wish, private=True) if is_for_one else wish, who), who


def place(
    interaction: Interaction, answered: discord.InteractionCallbackResponse[ImagineBot] | None = None
) -> Place:
    """Return where the answer to an interaction is.

    Args:
        interaction: The interaction.
        answered: What its acknowledgement returned, which knows the message; None before.
    """
    return answer_place(interaction, answered, interaction.client.services.delivery)


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
        server_locale=interaction.guild_locale.value if interaction.guild_locale else "",
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
