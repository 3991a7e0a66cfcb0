"""The button under the rules of use that accepts them and draws what was asked for."""

from bot.client import ImagineBot
from bot.ui.custom_id import Action
from cogs.drawing import Interaction, propose
from cogs.pressing import Control


class Agree(Control, action=Action.AGREE):
    """Accepts the rules of use."""

    async def press(self, interaction: Interaction) -> None:
        """Note it, and go on with what was asked for, once."""
        services = interaction.client.services
        with services.offers.take(interaction.user.id, self.meant.key) as wish:
            await services.consent.accept(interaction.user.id)
            await propose(interaction, wish)


async def setup(bot: ImagineBot) -> None:
    """discord.py calls this when it loads the file."""
    bot.add_dynamic_items(Agree)


async def teardown(bot: ImagineBot) -> None:
    """discord.py calls this when it lets go of the file."""
    bot.remove_dynamic_items(Agree)
