"""A bot of nothing but examples: what the page can show and ask, beyond what Imagine uses of it.

An unmodified discord.py client; it is pointed at a loopback Discord as the real bot is.
"""

import asyncio
from typing import Any, Literal, TypeAlias

import discord
from discord import app_commands
from discord.app_commands import Choice, Range, locale_str

from tests.browser.exhibits import Choices, Everything, Questions, Upload, embed, picture

Interaction: TypeAlias = discord.Interaction[discord.Client]

WORDS = (
    "**bold** *italic* __underlined__ ~~struck~~ `code` ||hidden||\n# A heading\n> a quote\n- a point\n"
    "```py\nprint('fox')\n```\n-# small print, <t:86400:R>"
)
COLOURS = ("amber", "azure", "crimson", "teal")


class German(app_commands.Translator):
    """Knows two words."""

    async def translate(
        self,
        string: locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        words = {"hello": "hallo", "Says which language you speak": "Sagt, welche Sprache du sprichst"}
        return words.get(string.message) if locale is discord.Locale.german else None


class Showcase(discord.Client):
    """The bot.

    Attributes:
        thought: `/think` answers once this is set.
    """

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        self.tree = app_commands.CommandTree(self)
        self.thought = asyncio.Event()

    async def setup_hook(self) -> None:
        for command in COMMANDS:
            self.tree.add_command(command)
        await self.tree.set_translator(German())
        await self.tree.sync()

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer buttons and menus with what was pressed and chosen, but for one button."""
        used: Any = interaction.data
        if interaction.type is not discord.InteractionType.component or used["custom_id"] == "Ignored":
            return
        said = f"Chose {used['values']!r}" if "values" in used else f"Pressed {used['custom_id']}"
        await interaction.response.send_message(said, ephemeral=True)


@app_commands.command(description="One component of each kind")
async def components(interaction: Interaction) -> None:
    await interaction.response.send_message(view=Everything(), files=Everything.files())


@app_commands.command(description="The five select menus")
async def selects(interaction: Interaction) -> None:
    await interaction.response.send_message(view=Choices())


@app_commands.command(name="embed", description="An embed, and a picture beside it")
async def show_embed(interaction: Interaction) -> None:
    await interaction.response.send_message(
        "Look:", embed=embed(), file=picture("red.png", "crimson", "A red field")
    )


@app_commands.command(description="All of the markup")
async def words(interaction: Interaction) -> None:
    await interaction.response.send_message(WORDS)


@app_commands.command(description="A form with five fields")
async def form(interaction: Interaction) -> None:
    await interaction.response.send_modal(Questions())


@app_commands.command(description="A form that takes a file")
async def upload(interaction: Interaction) -> None:
    await interaction.response.send_modal(Upload())


@app_commands.command(description="Every kind of option")
async def everything(
    interaction: Interaction,
    text: Range[str, 2, 8],
    number: Range[int, 1, 5],
    shape: Literal["circle", "square"] = "circle",
    share: Range[float, 0, 1] = 0.5,
    loud: bool = False,  # noqa: FBT001, FBT002 # discord.py binds options by name
    friend: discord.Member | None = None,
    place: discord.TextChannel | None = None,
    file: discord.Attachment | None = None,
) -> None:
    given = (text, number, shape, share, loud, friend and friend.name, place and place.name)
    size = file.size if file else None
    await interaction.response.send_message(f"Given {(*given, size)!r}")


@app_commands.command(description="An option that suggests")
async def colour(interaction: Interaction, name: str) -> None:
    await interaction.response.send_message(f"Painted {name}")


@colour.autocomplete("name")
async def suggest(_: Interaction, typed: str) -> list[Choice[str]]:
    return [Choice(name=name.title(), value=name) for name in COLOURS if name.startswith(typed.casefold())]


@app_commands.command(description="For those who manage messages")
@app_commands.default_permissions(manage_messages=True)
async def tidy(interaction: Interaction) -> None:
    await interaction.response.send_message("Tidied", ephemeral=True)


@app_commands.command(description="For age-restricted channels", nsfw=True)
async def daring(interaction: Interaction) -> None:
    await interaction.response.send_message("Dared")


@app_commands.command(name=locale_str("hello"), description=locale_str("Says which language you speak"))
async def hello(interaction: Interaction) -> None:
    await interaction.response.send_message(f"You speak {interaction.locale.value}", ephemeral=True)


@app_commands.command(description="Never answers")
async def silent(_: Interaction) -> None:
    """Let it go unanswered."""


@app_commands.command(description="Takes its time")
async def think(interaction: Interaction) -> None:
    assert isinstance(interaction.client, Showcase)
    await interaction.response.defer()
    await interaction.client.thought.wait()
    await interaction.followup.send("Thought")


@app_commands.context_menu(name="Greet")
async def greet(interaction: Interaction, who: discord.Member) -> None:
    await interaction.response.send_message(f"Hello {who.mention}")


@app_commands.context_menu(name="Measure")
async def measure(interaction: Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"{len(message.content)} characters", ephemeral=True)


settings = app_commands.Group(name="settings", description="Two levels of commands")


@settings.command(description="The second level")
async def limits(interaction: Interaction, most: int) -> None:
    await interaction.response.send_message(f"At most {most}")


COMMANDS: tuple[app_commands.Command[Any, Any, Any] | app_commands.ContextMenu | app_commands.Group, ...] = (
    components,
    selects,
    show_embed,
    words,
    form,
    upload,
    everything,
    colour,
    tidy,
    daring,
    hello,
    silent,
    think,
    greet,
    measure,
    settings,
)
