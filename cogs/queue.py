"""`/queue`: a user's requests that wait, are being drawn or are parked, each with a button that ends it."""

from discord import app_commands
from discord.ext import commands

from bot.client import ImagineBot
from bot.jobs.runner import JobRunner
from bot.ui import queue
from bot.ui.custom_id import Action
from bot.ui.wording import commands as descriptions
from cogs.drawing import Interaction
from cogs.pressing import Control


class Queue(commands.Cog):
    """The command.

    Args:
        jobs: Knows the requests.
    """

    def __init__(self, jobs: JobRunner) -> None:
        self._jobs = jobs

    @app_commands.command(description=descriptions.QUEUE)
    async def queue(self, interaction: Interaction) -> None:
        """Show them to the user alone."""
        open_jobs = await self._jobs.open_jobs(interaction.user.id)
        await interaction.response.send_message(view=queue.view(open_jobs), ephemeral=True)


class Withdraw(Control, action=Action.WITHDRAW):
    """Ends a request of the list."""

    async def press(self, interaction: Interaction) -> None:
        """End it, for its own user, and show what is left; one that has ended already is no fault."""
        jobs = interaction.client.services.jobs
        job = await self.own_job(interaction)
        await jobs.cancel(job.id)
        left = [one for one in await jobs.open_jobs(interaction.user.id) if one.job.id != job.id]
        await interaction.response.edit_message(view=queue.view(left))


async def setup(bot: ImagineBot) -> None:
    """discord.py calls this when it loads the file."""
    bot.add_dynamic_items(Withdraw)
    await bot.add_cog(Queue(bot.services.jobs))


async def teardown(bot: ImagineBot) -> None:
    """discord.py calls this when it lets go of the file."""
    bot.remove_dynamic_items(Withdraw)
