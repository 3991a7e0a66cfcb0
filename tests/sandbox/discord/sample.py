"""A small bot on an unmodified discord.py, with one of everything."""

import asyncio
import io
import re
from typing import Any, Self

import discord
from discord import app_commands, ui
from PIL import Image

Interaction = discord.Interaction[discord.Client]


def png(colour: str = "red") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (4, 3), colour).save(file, "PNG")
    return file.getvalue()


def picture(name: str = "fox.png", colour: str = "red") -> discord.File:
    return discord.File(io.BytesIO(png(colour)), name, description="A fox")


class Again(ui.DynamicItem[ui.Button[ui.View]], template=r"again:(?P<job>\d+)"):
    """A button that survives restarts: its state is in its custom_id."""

    def __init__(self, job: int) -> None:
        super().__init__(ui.Button(label="Again", custom_id=f"again:{job}"))
        self.job = job

    @classmethod
    async def from_custom_id(cls, _: Interaction, __: ui.Item[ui.View], match: re.Match[str]) -> Self:
        return cls(int(match["job"]))

    async def callback(self, interaction: Interaction) -> None:
        if interaction.message and interaction.message.flags.components_v2:
            await interaction.response.defer()
        else:
            await interaction.response.edit_message(content=f"Job {self.job} again")


class Menu(ui.Select[ui.View]):
    """A choice among two."""

    def __init__(self) -> None:
        options = [discord.SelectOption(label="One", value="1"), discord.SelectOption(label="Two", value="2")]
        super().__init__(custom_id="menu", options=options)

    async def callback(self, interaction: Interaction) -> None:
        await interaction.response.send_message(f"You chose {self.values[0]}", ephemeral=True)


class Rename(ui.Modal, title="Rename"):
    """A form with a text and a file."""

    name = ui.Label[ui.Modal](text="Name", component=ui.TextInput(custom_id="name", max_length=10))

    async def on_submit(self, interaction: Interaction) -> None:
        assert isinstance(self.name.component, ui.TextInput)
        await interaction.response.send_message(f"Now called {self.name.component.value}")


class Gallery(ui.LayoutView):
    """Components V2 around one picture."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        gallery = ui.MediaGallery["Gallery"](
            discord.MediaGalleryItem("attachment://fox.png", description="A fox")
        )
        row = ui.ActionRow["Gallery"](ui.Button(label="Again", custom_id="again:9"))
        self.add_item(ui.Container(ui.TextDisplay("**a fox**"), gallery, row))


def buttons() -> ui.View:
    view = ui.View(timeout=None)
    view.add_item(Again(7))
    view.add_item(Menu())
    return view


@app_commands.command()
async def imagine(
    interaction: Interaction, prompt: app_commands.Range[str, 1, 100], model: str = "sd"
) -> None:
    """Draw a picture."""
    await interaction.response.defer()
    await interaction.edit_original_response(content="Drawing…")
    await interaction.edit_original_response(
        content=f"{prompt} by {model}", attachments=[picture()], view=buttons()
    )
    await interaction.followup.send("Only you see this.", ephemeral=True)


@imagine.autocomplete("model")
async def models(_: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=one, value=one) for one in ("sd15", "sd35", "flux") if typed in one]


@app_commands.command()
async def gallery(interaction: Interaction) -> None:
    """Show a picture in Components V2."""
    await interaction.response.defer(ephemeral=True)
    await interaction.edit_original_response(view=Gallery(), attachments=[picture()])


@app_commands.command()
async def rename(interaction: Interaction) -> None:
    """Open a form."""
    await interaction.response.send_modal(Rename())


@app_commands.command()
async def where(interaction: Interaction) -> None:
    """Tell what the interaction says about its surroundings."""
    channel = interaction.channel
    nsfw = isinstance(channel, discord.TextChannel) and channel.is_nsfw()
    rights = interaction.permissions.manage_guild
    await interaction.response.send_message(
        f"{interaction.locale} {channel and channel.type} {nsfw} {rights} {interaction.filesize_limit}"
    )


@app_commands.command()
async def busy(interaction: Interaction) -> None:
    """Edit more often than is allowed."""
    await interaction.response.defer()
    for number in range(8):
        await interaction.edit_original_response(content=f"step {number}")


@app_commands.context_menu(name="Details")
async def details(interaction: Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"{message.author.name} said {message.content}")


class SampleBot(discord.Client):
    """Logs in, syncs, answers."""

    def __init__(self, **options: object) -> None:
        options = {"intents": discord.Intents(guilds=True), "guild_ready_timeout": 0.1} | options
        super().__init__(**options)  # type: ignore[arg-type]
        self.tree = app_commands.CommandTree(self)
        commands: list[app_commands.Command[Any, ..., Any] | app_commands.ContextMenu]
        commands = [imagine, gallery, rename, where, busy, details]
        for command in commands:
            self.tree.add_command(command)

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Again)
        self.add_view(buttons())
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """The library waits five seconds here."""
        await asyncio.sleep(0 if initial else 0.05)
