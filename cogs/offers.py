"""The buttons of an offer: `{red, blue} fox` is drawn when its user has seen what that makes."""

from bot.client import ImagineBot
from bot.ui import layout
from bot.ui.custom_id import Action
from bot.ui.wording import controls
from bot.ui.wording.language import _
from cogs.drawing import Interaction, draw
from cogs.pressing import Control


class Draw(Control, action=Action.DRAW):
    """Takes the offer."""

    async def press(self, interaction: Interaction) -> None:
        """Draw what was offered, once."""
        with interaction.client.services.offers.take(interaction.user.id, self.meant.key) as wish:
            await draw(interaction, wish)


class Drop(Control, action=Action.DROP):
    """Declines it."""

    async def press(self, interaction: Interaction) -> None:
        """Forget the offer."""
        interaction.client.services.offers.drop(interaction.user.id, self.meant.key)
        await interaction.response.edit_message(view=layout.sentence(_(controls.DROPPED)))


async def setup(bot: ImagineBot) -> None:
    """discord.py calls this when it loads the file."""
    bot.add_dynamic_items(Draw, Drop)


async def teardown(bot: ImagineBot) -> None:
    """discord.py calls this when it lets go of the file."""
    bot.remove_dynamic_items(Draw, Drop)
