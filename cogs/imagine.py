"""`/imagine`: what a user gave becomes a wish, and the wish is drawn."""

from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.client import ImagineBot
from bot.domain.aspect_ratio import AspectRatio
from bot.domain.styles import available
from bot.domain.wish import Wish
from bot.jobs.houses import Houses
from bot.jobs.runner import JobRunner
from bot.ui import wording
from bot.ui.wording import commands as texts
from cogs.drawing import Interaction, ask

MAX_CHOICES = 25  # Discord shows no more

# The ranges of the options are the domain's documented limits; a test holds them together.


class Imagine(commands.Cog):
    """The command that draws.

    Args:
        jobs: Knows the models.
        houses: Knows the styles.
    """

    def __init__(self, jobs: JobRunner, houses: Houses) -> None:
        self._jobs = jobs
        self._houses = houses

    @app_commands.command(description=texts.IMAGINE)
    @app_commands.describe(
        prompt=texts.PROMPT,
        negative_prompt=texts.NEGATIVE_PROMPT,
        aspect_ratio=texts.ASPECT_RATIO,
        width=texts.WIDTH,
        height=texts.HEIGHT,
        guidance_scale=texts.GUIDANCE_SCALE,
        steps=texts.STEPS,
        seed=texts.SEED,
        model=texts.MODEL,
        style=texts.STYLE,
        count=texts.COUNT,
        private=texts.PRIVATE,
        spoiler=texts.SPOILER,
    )
    @app_commands.choices(aspect_ratio=[Choice(name=wording.ratio(r), value=r.value) for r in AspectRatio])
    async def imagine(
        self,
        interaction: Interaction,
        prompt: Range[str, 1, 1000],
        negative_prompt: Range[str, 0, 1000] = "",
        aspect_ratio: str | None = None,
        width: Range[int, 512, 1024] | None = None,
        height: Range[int, 512, 1024] | None = None,
        guidance_scale: Range[float, 0.0, 7.5] | None = None,
        steps: Range[int, 1, 50] | None = None,
        seed: Range[int, 0, 2147483647] | None = None,
        model: str = "",
        style: Range[str, 0, 32] = "",
        count: Range[int, 1, 4] | None = None,
        private: bool | None = None,  # noqa: FBT001 # discord.py binds options by name
        spoiler: bool | None = None,  # noqa: FBT001 # likewise
    ) -> None:
        """Draw what was asked for in the answer to the command."""
        wish = Wish(
            prompts=(prompt,),
            negative_prompt=negative_prompt,
            aspect_ratio=None if aspect_ratio is None else AspectRatio.parse(aspect_ratio),
            width=width,
            height=height,
            guidance_scale=guidance_scale,
            steps=steps,
            seed=seed,
            model=model,
            style=style,
            count=count,
            private=private,
            spoiler=spoiler,
        )
        await ask(interaction, wish)

    @imagine.autocomplete("model")
    async def models(self, _: Interaction, typed: str) -> list[Choice[str]]:
        """Offer the models whose names hold what was typed."""
        matching = [name for name in self._jobs.models if typed.casefold() in name.casefold()]
        return [Choice(name=name, value=name) for name in matching[:MAX_CHOICES]]

    @imagine.autocomplete("style")
    async def styles(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        """Offer the server's styles and the built-in ones whose names hold what was typed."""
        own = await self._houses.styles(interaction.guild_id)
        matching = [one.name for one in available(own) if typed.casefold() in one.name.casefold()]
        return [Choice(name=name, value=name) for name in matching[:MAX_CHOICES]]


async def setup(bot: ImagineBot) -> None:
    """discord.py calls this: the one line where the cog meets the bot."""
    await bot.add_cog(Imagine(bot.services.jobs, bot.services.houses))
