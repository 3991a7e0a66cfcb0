"""**Draw it when quota returns**, and the way back."""

from bot.client import ImagineBot
from bot.domain.errors import NothingToCancel
from bot.ui import layout, parking
from bot.ui.custom_id import Action
from bot.ui.wording import queue
from bot.ui.wording.language import _
from cogs.drawing import Interaction
from cogs.pressing import Control


class Park(Control, action=Action.PARK):
    """Lets a job wait for GPU quota."""

    async def press(self, interaction: Interaction) -> None:
        """Park it, for its own user."""
        services = interaction.client.services
        held = await services.jobs.park(self.meant.key, interaction.user.id)
        card = parking.parked(self.meant.key, held, services.delivery.clock())
        await interaction.response.send_message(view=card, ephemeral=True)


class Unpark(Control, action=Action.UNPARK):
    """Lets it wait no more."""

    async def press(self, interaction: Interaction) -> None:
        """Give it up, for its own user."""
        job = await self.own_job(interaction)
        if not await interaction.client.services.jobs.cancel(job.id):
            raise NothingToCancel
        await interaction.response.edit_message(view=layout.sentence(_(queue.UNPARKED)))


CONTROLS = (Park, Unpark)


async def setup(bot: ImagineBot) -> None:
    """discord.py calls this when it loads the file."""
    bot.add_dynamic_items(*CONTROLS)


async def teardown(bot: ImagineBot) -> None:
    """discord.py calls this when it lets go of the file."""
    bot.remove_dynamic_items(*CONTROLS)
