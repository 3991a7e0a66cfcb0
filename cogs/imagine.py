"""`/imagine`: parse, run, show."""

import discord
from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.client import ImagineBot
from bot.delivery.encoding import Encoder
from bot.delivery.reply import InteractionReply
from bot.domain.aspect_ratio import AspectRatio
from bot.domain.request import DEFAULT_GUIDANCE_SCALE, DEFAULT_STEPS
from bot.jobs.runner import JobRunner
from bot.ui import cards, wording

MAX_CHOICES = 25  # Discord shows no more

# The ranges of the options are the domain's documented limits; a test holds them together.


class Imagine(commands.Cog):
    """The command that draws.

    Args:
        jobs: Prepares, admits and runs pictures.
        encoder: Makes their files.
        program: The bot's name and version; it goes into each picture's parameters.
    """

    def __init__(self, jobs: JobRunner, encoder: Encoder, program: str) -> None:
        self._jobs = jobs
        self._encoder = encoder
        self._program = program

    @app_commands.command(description=wording.IMAGINE)
    @app_commands.describe(
        prompt=wording.PROMPT,
        negative_prompt=wording.NEGATIVE_PROMPT,
        aspect_ratio=wording.ASPECT_RATIO,
        width=wording.WIDTH,
        height=wording.HEIGHT,
        guidance_scale=wording.GUIDANCE_SCALE,
        steps=wording.STEPS,
        seed=wording.SEED,
        model=wording.MODEL,
    )
    @app_commands.choices(aspect_ratio=[Choice(name=wording.ratio(r), value=r.value) for r in AspectRatio])
    async def imagine(
        self,
        interaction: discord.Interaction,
        prompt: Range[str, 1, 1000],
        negative_prompt: Range[str, 0, 1000] = "",
        aspect_ratio: str = AspectRatio.SQUARE.value,
        width: Range[int, 512, 1024] | None = None,
        height: Range[int, 512, 1024] | None = None,
        guidance_scale: Range[float, 0.0, 7.5] = DEFAULT_GUIDANCE_SCALE,
        steps: Range[int, 1, 50] = DEFAULT_STEPS,
        seed: Range[int, 0, 2147483647] | None = None,
        model: str = "",
    ) -> None:
        """Draw one picture and show it in the reply."""
        job = await self._jobs.prepare(
            user_id=interaction.user.id,
            prompt=prompt,
            negative_prompt=negative_prompt,
            aspect_ratio=AspectRatio.parse(aspect_ratio),
            width=width,
            height=height,
            guidance_scale=guidance_scale,
            steps=steps,
            seed=seed,
            model=model,
        )
        with self._jobs.admit(job) as admission:
            await interaction.response.defer()
            async with InteractionReply(
                interaction,
                job.request,
                look=cards,
                fetch=job.provider.download,
                encoder=self._encoder,
                program=self._program,
            ) as reply:
                await self._jobs.run(job, admission, reply)

    @imagine.autocomplete("model")
    async def models(self, _: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer the models whose names hold what was typed."""
        matching = [name for name in self._jobs.models if typed.casefold() in name.casefold()]
        return [Choice(name=name, value=name) for name in matching[:MAX_CHOICES]]


async def setup(bot: ImagineBot) -> None:
    """discord.py calls this: the one line where the cog meets the bot."""
    await bot.add_cog(Imagine(bot.services.jobs, bot.services.encoder, bot.services.program))
