"""The one place where a job starts, whatever asked for it: a command, a button, a form or a menu."""

from dataclasses import replace
from typing import TypeAlias

import discord

from bot.client import ImagineBot
from bot.delivery.reply import DiscordReply, open_reply
from bot.domain.board import Board
from bot.domain.errors import PermissionMissing
from bot.domain.permutations import expand
from bot.domain.preflight import missing
from bot.domain.wish import Asker, Wish
from bot.ui import answers

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
    board = await services.jobs.prepare(whole, asker(interaction))  # whatever is wrong is told before
    key = services.offers.make(interaction.user.id, whole)
    card = answers.offer(key, prompts, len(board.job.requests))
    await interaction.response.send_message(view=card, ephemeral=True)


async def draw(interaction: Interaction, wish: Wish) -> None:
    """Draw a wish in the answer to an interaction, from the acknowledgement to the last picture.

    Raises:
        ImagineError: In one of its leaves; the interaction was not answered.
    """
    check_permissions(interaction)
    jobs = interaction.client.services.jobs
    who = asker(interaction)
    board = await jobs.prepare(wish, who)
    async with await jobs.admit(board, who) as admission:
        answered = await interaction.response.defer(ephemeral=wish.private, thinking=True)
        await jobs.run(board, admission, lambda first: reply(interaction, answered, first))


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


def asker(interaction: Interaction) -> Asker:
    """Return who asks, and where."""
    user = interaction.user
    # without a cache of roles, discord.py resolves none of a member's, and keeps their ids to itself
    roles = user._roles if isinstance(user, discord.Member) else ()  # noqa: SLF001 # as said above
    return Asker(
        user_id=user.id,
        guild_id=interaction.guild_id,
        channel_id=interaction.channel_id or 0,
        locale=interaction.locale.value,
        role_ids=frozenset(roles),
    )


def check_permissions(interaction: Interaction) -> None:
    """Check that the bot may show here what it is about to draw.

    Raises:
        PermissionMissing: It may not.
    """
    is_thread = isinstance(interaction.channel, discord.Thread)
    lacking = missing(interaction.app_permissions.value, is_thread=is_thread)
    if lacking:
        raise PermissionMissing(lacking)
