"""`/settings`: the panel in which moderators see and change what the bot does in their server.

What a control needs is in its custom_id and in the store, so that a panel works after a restart; and each
press and each form asks anew whether its member manages the server.
"""

from bot.client import ImagineBot
from cogs.settings import changing, explaining, moving, passing
from cogs.settings.command import Settings

CONTROLS = (*changing.CONTROLS, *explaining.CONTROLS, *moving.CONTROLS, *passing.CONTROLS)


async def setup(bot: ImagineBot) -> None:
    """discord.py calls this when it loads the package."""
    bot.add_dynamic_items(*CONTROLS)
    await bot.add_cog(Settings())


async def teardown(bot: ImagineBot) -> None:
    """discord.py calls this when it lets go of the package."""
    bot.remove_dynamic_items(*CONTROLS)
