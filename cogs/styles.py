"""`/style`: a server's own styles, beside the built-in ones."""

from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.client import ImagineBot
from bot.domain.aspect_ratio import AspectRatio
from bot.domain.errors import ControlUnknown, StyleUnknown
from bot.domain.moderation import Action as Done
from bot.domain.moderation import Entry
from bot.domain.styles import Style, available
from bot.domain.wish import Wish
from bot.ui import layout, styles, wording
from bot.ui.custom_id import Action, CustomId
from bot.ui.wording import styles as texts
from cogs.auditing import SETTINGS, announce, check_moderator
from cogs.drawing import Interaction, ask
from cogs.pressing import Control, answer_form, used

MAX_CHOICES = 25  # Discord shows no more

_RATIOS = [Choice(name=wording.ratio(ratio), value=ratio.value) for ratio in AspectRatio]

# The ranges of the options are the catalogue's; a test holds them together.


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class Styles(commands.GroupCog, group_name="style", group_description=texts.GROUP):
    """The commands, and the form that comes back."""

    @app_commands.command(description=texts.ADD)
    @app_commands.describe(steps=texts.STEPS, guidance_scale=texts.GUIDANCE, aspect_ratio=texts.RATIO)
    @app_commands.choices(aspect_ratio=_RATIOS)
    async def add(
        self,
        interaction: Interaction,
        steps: Range[int, 1, 50] | None = None,
        guidance_scale: Range[float, 0.0, 7.5] | None = None,
        aspect_ratio: str | None = None,
    ) -> None:
        """Open the form for a new style."""
        await check_moderator(interaction, SETTINGS)
        draft = styles.Draft(steps=steps, guidance_scale=guidance_scale, aspect_ratio=aspect_ratio)
        await interaction.response.send_modal(styles.form(draft, None))

    @app_commands.command(description=texts.EDIT)
    @app_commands.describe(
        name=texts.NAME, steps=texts.STEPS, guidance_scale=texts.GUIDANCE, aspect_ratio=texts.RATIO
    )
    @app_commands.choices(aspect_ratio=_RATIOS)
    async def edit(
        self,
        interaction: Interaction,
        name: str,
        steps: Range[int, 1, 50] | None = None,
        guidance_scale: Range[float, 0.0, 7.5] | None = None,
        aspect_ratio: str | None = None,
    ) -> None:
        """Open the form for one of the server's own styles; what is left out stays."""
        await check_moderator(interaction, SETTINGS)
        style = await _own(interaction, styles.style_key(name), name)
        draft = styles.Draft(
            key=styles.style_key(name),
            steps=style.steps if steps is None else steps,
            guidance_scale=style.guidance_scale if guidance_scale is None else guidance_scale,
            aspect_ratio=aspect_ratio or style.aspect_ratio,
        )
        await interaction.response.send_modal(styles.form(draft, style))

    @app_commands.command(description=texts.REMOVE)
    @app_commands.describe(name=texts.NAME)
    async def remove(self, interaction: Interaction, name: str) -> None:
        """Remove one of the server's own styles."""
        guild_id = await check_moderator(interaction, SETTINGS)
        if not await interaction.client.services.styles.remove(guild_id, name):
            raise StyleUnknown(name)
        view = layout.sentence(texts.removed(name))
        await interaction.response.send_message(view=view, ephemeral=True)
        await announce(interaction, await _note(interaction, Done.STYLE, name, "remove"))

    @app_commands.command(name="list", description=texts.LIST)
    async def list_(self, interaction: Interaction) -> None:
        """Show all styles to the member alone."""
        await check_moderator(interaction, SETTINGS)
        own = await _styles(interaction)
        await interaction.response.send_message(view=styles.listed(available(own), own, 0), ephemeral=True)

    @edit.autocomplete("name")
    @remove.autocomplete("name")
    async def names(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        """Offer the server's own styles whose names hold what was typed."""
        matching = [one.name for one in await _styles(interaction) if typed.casefold() in one.name.casefold()]
        return [Choice(name=name, value=name) for name in matching[:MAX_CHOICES]]

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Save what a form holds."""
        await answer_form(interaction, Action.STYLE_FORM, _submit)


class Listed(Control, action=Action.STYLES):
    """Turns to another page of the list."""

    async def press(self, interaction: Interaction) -> None:
        """Show it."""
        await check_moderator(interaction, SETTINGS)
        own = await _styles(interaction)
        view = styles.listed(available(own), own, self.meant.number or 0)
        await interaction.response.edit_message(view=view)


class Try(Control, action=Action.STYLE_TRY):
    """Draws a picture in a style."""

    async def press(self, interaction: Interaction) -> None:
        """Draw it, for the member alone."""
        await check_moderator(interaction, SETTINGS)
        known = available(await _styles(interaction))
        name = next((one.name for one in known if styles.style_key(one.name) == self.meant.key), None)
        if name is None:
            await _note(interaction, Done.REFUSED, str(used(interaction)["custom_id"]), "")
            raise ControlUnknown
        await ask(interaction, Wish(prompts=(texts.TRY_PROMPT,), style=name, private=True))


CONTROLS: tuple[type[Control], ...] = (Listed, Try)


async def _submit(interaction: Interaction, meant: CustomId) -> None:
    guild_id = await check_moderator(interaction, SETTINGS)
    draft = styles.read_draft(meant.key)
    is_new = draft.key == styles.NEW
    name = None if is_new else (await _own(interaction, draft.key, "")).name
    style = styles.read(used(interaction), draft, name)
    await interaction.client.services.styles.put(guild_id, style, is_new=is_new)
    await interaction.response.send_message(view=layout.sentence(texts.saved(style.name)), ephemeral=True)
    entry = await _note(interaction, Done.STYLE, style.name, "add" if is_new else "edit")
    await announce(interaction, entry)


async def _note(interaction: Interaction, action: Done, subject: str, detail: str) -> Entry:
    moderation = interaction.client.services.moderation
    return await moderation.note(interaction.guild_id or 0, interaction.user.id, action, subject, detail)


async def _styles(interaction: Interaction) -> list[Style]:
    return await interaction.client.services.styles.of(interaction.guild_id or 0)


async def _own(interaction: Interaction, key: str, name: str) -> Style:
    """Return the server's own style of a key.

    Raises:
        StyleUnknown: There is none; it is called by the name that was given.
    """
    for style in await _styles(interaction):
        if styles.style_key(style.name) == key:
            return style
    raise StyleUnknown(name)


async def setup(bot: ImagineBot) -> None:
    """discord.py calls this when it loads the file."""
    bot.add_dynamic_items(*CONTROLS)
    await bot.add_cog(Styles())


async def teardown(bot: ImagineBot) -> None:
    """discord.py calls this when it lets go of the file."""
    bot.remove_dynamic_items(*CONTROLS)
