"""`/block`: who may not draw in a server; `/pause` and `/resume`: when nobody may."""

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.client import ImagineBot
from bot.domain import moderation as domain
from bot.domain.settings.catalogue import Layer
from bot.domain.settings.history import Edit
from bot.domain.settings.layers import SERVER, Target
from bot.ui import layout
from bot.ui import moderation as cards
from bot.ui.custom_id import Action
from bot.ui.wording import moderation as texts
from bot.ui.wording.language import _
from cogs.auditing import BLOCKS, SETTINGS, Interaction, announce, check_moderator, here, rules
from cogs.pressing import Control

MAX_HOURS = 8760  # a year
_CHANNEL, _SERVER = "channel", "server"
_WHERE = [Choice(name=texts.HERE, value=_CHANNEL), Choice(name=texts.EVERYWHERE, value=_SERVER)]


@app_commands.default_permissions(moderate_members=True)
@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
class Blocks(commands.GroupCog, group_name="block", group_description=texts.BLOCK_GROUP):
    """The commands for one user's drawing."""

    @app_commands.command(name="list", description=texts.BLOCK_LIST)
    async def show(self, interaction: Interaction) -> None:
        """Show who is blocked."""
        await interaction.response.send_message(view=await _list(interaction, 0), ephemeral=True)

    @app_commands.command(description=texts.BLOCK_ADD)
    @app_commands.describe(member=texts.BLOCK_MEMBER, hours=texts.BLOCK_FOR, reason=texts.BLOCK_REASON_HINT)
    async def add(
        self,
        interaction: Interaction,
        member: discord.User,
        hours: Range[int, 1, MAX_HOURS] | None = None,
        reason: Range[str, 0, domain.MAX_REASON] = "",
    ) -> None:
        """Block somebody."""
        guild_id = await check_moderator(interaction, BLOCKS)
        moderation, by = interaction.client.services.moderation, interaction.user.id
        block, entry = await moderation.block(guild_id, member.id, by=by, reason=reason, hours=hours)
        await _say(interaction, texts.blocked(block))
        await announce(interaction, entry)

    @app_commands.command(description=texts.BLOCK_REMOVE)
    @app_commands.describe(member=texts.BLOCK_MEMBER)
    async def remove(self, interaction: Interaction, member: discord.User) -> None:
        """Take a block away."""
        guild_id = await check_moderator(interaction, BLOCKS)
        moderation = interaction.client.services.moderation
        entry = await moderation.unblock(guild_id, member.id, interaction.user.id)
        await _say(interaction, texts.unblocked(member.id, was_blocked=entry is not None))
        if entry is not None:
            await announce(interaction, entry)


class Turn(Control, action=Action.BLOCKS):
    """Turns to another page of blocks."""

    async def press(self, interaction: Interaction) -> None:
        """Turn."""
        await interaction.response.edit_message(view=await _list(interaction, self.meant.number or 0))


@app_commands.command(description=texts.PAUSE)
@app_commands.describe(where=texts.PAUSE_WHERE, text=texts.PAUSE_TEXT)
@app_commands.choices(where=_WHERE)
@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
async def pause(interaction: Interaction, where: str, text: Range[str, 0, 300] = "") -> None:
    """Let nobody draw."""
    await check_moderator(interaction, SETTINGS)
    target = _target(interaction, where)
    entry = await _save(interaction, target, paused=True, text=text)
    await _say(interaction, texts.paused(target.id or None, text))
    if entry is not None:
        await announce(interaction, entry)


@app_commands.command(description=texts.RESUME)
@app_commands.describe(where=texts.PAUSE_WHERE)
@app_commands.choices(where=_WHERE)
@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
async def resume(interaction: Interaction, where: str) -> None:
    """Let everybody draw again."""
    guild_id = await check_moderator(interaction, SETTINGS)
    target = _target(interaction, where)
    entry = await _save(interaction, target, paused=None, text="")
    is_paused = (await rules(interaction, guild_id)).flag("paused")
    await _say(interaction, _(texts.STILL_PAUSED) if is_paused else _(texts.RESUMED))
    if entry is not None:
        await announce(interaction, entry)


COMMANDS: tuple[app_commands.Command[Any, ..., None], ...] = (pause, resume)


async def _list(interaction: Interaction, number: int) -> discord.ui.LayoutView:
    guild_id = await check_moderator(interaction, BLOCKS)
    return cards.blocks(await interaction.client.services.moderation.blocks(guild_id), number)


async def _save(
    interaction: Interaction, target: Target, *, paused: bool | None, text: str
) -> domain.Entry | None:
    """Set whether nothing is drawn; None leaves it to the layers below."""
    edits = [
        Edit(target=target, name="paused", value=paused),
        Edit(target=target, name="pause_text", value=text or None),
    ]
    return await interaction.client.services.houses.save(
        interaction.guild_id or 0,
        edits,
        user_id=interaction.user.id,
        revision=None,
        action=domain.Action.PAUSE if paused else domain.Action.RESUME,
        subject=str(target.id) if target.id else "",
        detail=text,
    )


async def _say(interaction: Interaction, text: str) -> None:
    await interaction.response.send_message(view=layout.sentence(text), ephemeral=True)


def _target(interaction: Interaction, where: str) -> Target:
    """Return where a pause is set; in a thread, that is its channel."""
    return SERVER if where == _SERVER else Target(Layer.CHANNEL, here(interaction).channel_id)


async def setup(bot: ImagineBot) -> None:
    """discord.py calls this when it loads the file."""
    bot.add_dynamic_items(Turn)
    await bot.add_cog(Blocks())
    for command in COMMANDS:
        bot.tree.add_command(command)


async def teardown(bot: ImagineBot) -> None:
    """discord.py calls this when it lets go of the file."""
    bot.remove_dynamic_items(Turn)
    for command in COMMANDS:
        bot.tree.remove_command(command.name)
