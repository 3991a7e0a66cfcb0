"""Who may moderate, what holds in their server, and where it is told what they did.

Discord lets servers give a command to anybody, and a right may be gone since a card or a form was opened: so
the right is looked at in every interaction, as that interaction brings it. It brings what holds in its own
channel; for what was done in another one, Discord is asked.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, TypeAlias, cast

import discord

from bot.client import ImagineBot
from bot.delivery import members, notices
from bot.domain.errors import NotModerator
from bot.domain.house_rules import Rules, public_language
from bot.domain.moderation import Action, Entry
from bot.domain.settings.here import Here
from bot.ui import moderation as cards
from bot.ui.wording.language import speaking

Interaction: TypeAlias = discord.Interaction[ImagineBot]

# Any of them is enough; an administrator has them all.
REPORTS = discord.Permissions(manage_messages=True, manage_guild=True)
BLOCKS = discord.Permissions(moderate_members=True, manage_guild=True)
SETTINGS = discord.Permissions(manage_guild=True)


async def check_moderator(
    interaction: Interaction, rights: discord.Permissions, channel_id: int | None = None
) -> int:
    """Check that a member has one of some rights, and return their server.

    Who has not is written into the audit log, and not into the log channel, which they could fill with it.

    Args:
        interaction: What they did.
        rights: One of which they need.
        channel_id: The channel that it is about: they need it there, or in the whole server. None for the
            interaction's own.

    Raises:
        NotModerator: They have none of them, or this is no server.
        discord.HTTPException: Discord does not say.
    """
    guild_id, user_id = interaction.guild_id, interaction.user.id
    if guild_id is None:
        raise NotModerator
    is_here = channel_id in {None, interaction.channel_id}
    has_one = is_here and _has_one(interaction.permissions, rights)
    if not has_one and channel_id is not None:
        has_one = _has_one(await members.rights(interaction.client, guild_id, user_id, channel_id), rights)
    if not has_one:
        moderation = interaction.client.services.moderation
        await moderation.note(guild_id, user_id, Action.REFUSED, _tried(interaction))
        raise NotModerator
    return guild_id


async def rules(interaction: Interaction, guild_id: int) -> Rules:
    """Return what holds where an interaction comes from."""
    return await interaction.client.services.houses.rules(guild_id, here(interaction))


def here(interaction: Interaction) -> Here:
    """Return what Discord says of the place of an interaction, as settings are asked for."""
    channel = interaction.channel
    channel_id = channel.parent_id if isinstance(channel, discord.Thread) else interaction.channel_id
    return Here(
        channel_id=channel_id or 0,
        category_id=channel.category_id if isinstance(channel, discord.abc.GuildChannel) else None,
    )


async def announce(interaction: Interaction, entry: Entry, url: str | None = None) -> None:
    """Tell the log channel, if there is one, of what was written into the audit log.

    Args:
        interaction: What led to it.
        entry: It.
        url: Where the picture is that it is about; None for none.
    """
    for channel_id in (await rules(interaction, entry.guild_id)).ids("log_channel"):
        with await publicly(interaction, channel_id):
            view = cards.line(entry, url)
        await notices.post(interaction.client, entry.guild_id, channel_id, view)


async def post(
    interaction: Interaction, held: Rules, card: Callable[[], discord.ui.LayoutView], nonce: str | None = None
) -> bool:
    """Post a card where moderators look: in the report channel, else in the log channel.

    Args:
        interaction: What led to it, in a server.
        held: What holds there.
        card: Makes the card, in the language of the channel.
        nonce: As `bot.delivery.notices.post` has it.

    Returns:
        Whether it is in one of them.
    """
    guild_id = interaction.guild_id or 0
    for channel_id in (*held.ids("report_channel"), *held.ids("log_channel")):
        with await publicly(interaction, channel_id):
            view = card()
        if await notices.post(interaction.client, guild_id, channel_id, view, nonce=nonce):
            return True
    return False


async def review(interaction: Interaction, prompts: tuple[str, ...], words: tuple[str, ...]) -> None:
    """Send moderators a prompt that is held back for them.

    Args:
        interaction: What its user did, in a server.
        prompts: It, or its permutations.
        words: The words that are the reason.
    """
    guild_id, user_id = interaction.guild_id or 0, interaction.user.id
    moderation = interaction.client.services.moderation
    await moderation.note(guild_id, user_id, Action.REVIEW, detail=prompts[0])
    card = partial(cards.review, user_id, interaction.channel_id or 0, prompts, words)
    await post(interaction, await rules(interaction, guild_id), card)


async def publicly(interaction: Interaction, channel_id: int) -> AbstractContextManager[None]:
    """Return the block in which the language is that of what everybody in a channel of the server sees."""
    houses, server = interaction.client.services.houses, interaction.guild_locale
    held = await houses.rules(interaction.guild_id, Here(channel_id=channel_id))
    return speaking(public_language(held, server.value if server else "", interaction.locale.value))


def _has_one(held: discord.Permissions, rights: discord.Permissions) -> bool:
    return held.administrator or bool(held.value & rights.value)


def _tried(interaction: Interaction) -> str:
    """Return the name of a command, or the custom_id of a control."""
    if interaction.command is not None:
        return interaction.command.qualified_name
    return str(cast("dict[str, Any]", interaction.data or {}).get("custom_id", ""))
