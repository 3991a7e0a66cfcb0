"""`/quota`: what a user may still ask for, and for those who manage the server what its members use."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ImagineBot
from bot.domain.usage import by_day, by_user
from bot.jobs.runner import JobRunner
from bot.ui import layout, quota
from bot.ui.chart import bars
from bot.ui.custom_id import Action
from bot.ui.wording import commands as descriptions
from bot.ui.wording import usage
from bot.ui.wording.language import _
from cogs.drawing import Interaction, asker
from cogs.pressing import Control

TOP = 10  # users in the chart
SPAN = 30  # days of the chart
DAYS = 7  # days that are listed


class Quota(commands.Cog):
    """The command.

    Args:
        jobs: Knows what is left.
    """

    def __init__(self, jobs: JobRunner) -> None:
        self._jobs = jobs

    @app_commands.command(description=descriptions.QUOTA)
    async def quota(self, interaction: Interaction) -> None:
        """Show it to the user alone."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        card = quota.view(
            await self._jobs.quota(await asker(interaction)),
            may_link=self._jobs.accounts.can_link,
            is_manager=_is_manager(interaction),
        )
        await interaction.edit_original_response(view=card)


class Usage(Control, action=Action.USAGE):
    """Shows what the server uses in which the button is pressed."""

    async def press(self, interaction: Interaction) -> None:
        """Show it to those who manage the server, as they do at this moment."""
        if interaction.guild_id is None or not _is_manager(interaction):
            await interaction.response.send_message(
                view=layout.sentence(_(usage.NOT_FOR_YOU)), ephemeral=True
            )
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        today = interaction.created_at.date()
        used = await interaction.client.services.jobs.usage(interaction.guild_id, _start(today, SPAN))
        days = by_day(used, [today - timedelta(days=back) for back in range(DAYS)])
        users = by_user(used)[:TOP]
        view = quota.server(days, users, span=SPAN)
        await interaction.edit_original_response(view=view, attachments=await _chart(users))


async def _chart(users: list[tuple[int, int]]) -> list[discord.File]:
    if not users:
        return []
    rows = [(f"#{number}", count) for number, (_, count) in enumerate(users, 1)]
    picture = await asyncio.to_thread(bars, rows)
    return [discord.File(BytesIO(picture), quota.CHART, description=usage.alt(users, SPAN))]


def _start(today: date, days: int) -> float:
    """Return when the first of so many days began, today being the last, as a Unix time in seconds."""
    return datetime.combine(today - timedelta(days=days - 1), time(), UTC).timestamp()


def _is_manager(interaction: Interaction) -> bool:
    return interaction.permissions.manage_guild


async def setup(bot: ImagineBot) -> None:
    """discord.py calls this when it loads the file."""
    bot.add_dynamic_items(Usage)
    await bot.add_cog(Quota(bot.services.jobs))


async def teardown(bot: ImagineBot) -> None:
    """discord.py calls this when it lets go of the file."""
    bot.remove_dynamic_items(Usage)
