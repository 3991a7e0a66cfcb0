"""What the showcase bot shows: every kind of component, embed and form field that discord.py can send."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any, TypeAlias

import discord
from discord import ButtonStyle, SelectOption, ui
from PIL import Image

Interaction: TypeAlias = discord.Interaction[discord.Client]

LINK = "http://127.0.0.1/"  # nothing is loaded from it; it is only where a link leads


def picture(name: str, colour: str, alt: str, *, spoiler: bool = False) -> discord.File:
    """Return a small picture as an attachment."""
    data = BytesIO()
    Image.new("RGB", (320, 200), colour).save(data, "PNG")
    data.seek(0)
    return discord.File(data, name, description=alt, spoiler=spoiler)


def _button(
    label: str, style: ButtonStyle = ButtonStyle.secondary, *, disabled: bool = False
) -> ui.Button[ui.LayoutView]:
    emoji = "🦊" if disabled else None
    return ui.Button(label=label, custom_id=label, style=style, disabled=disabled, emoji=emoji)


class Everything(ui.LayoutView):
    """Components V2, one of each kind but the select menus."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        box: ui.Container[Everything] = ui.Container(accent_colour=discord.Colour.orange())
        thumbnail: ui.Thumbnail[Everything] = ui.Thumbnail(
            "attachment://blue.png", description="A blue field"
        )
        box.add_item(ui.Section("# A section\nwith a **thumbnail**", accessory=thumbnail))
        box.add_item(ui.Section("Another one, with a button", accessory=_button("Beside")))
        box.add_item(ui.Separator(spacing=discord.SeparatorSpacing.large))
        box.add_item(
            ui.MediaGallery(
                discord.MediaGalleryItem("attachment://red.png", description="A red field"),
                discord.MediaGalleryItem("attachment://green.png", description="A green field", spoiler=True),
            )
        )
        box.add_item(ui.File("attachment://notes.txt"))
        box.add_item(
            ui.ActionRow(
                _button("Primary", ButtonStyle.primary),
                _button("Secondary"),
                _button("Success", ButtonStyle.success),
                _button("Danger", ButtonStyle.danger),
                ui.Button(label="Link", url=LINK),
            )
        )
        box.add_item(ui.ActionRow(_button("Disabled", disabled=True), _button("Ignored")))
        self.add_item(box)
        hidden: ui.Container[Everything] = ui.Container(ui.TextDisplay("The fox did it."), spoiler=True)
        self.add_item(hidden)
        self.add_item(ui.TextDisplay("-# Below the box"))

    @staticmethod
    def files() -> list[discord.File]:
        """Return the attachments that it refers to."""
        return [
            picture("red.png", "crimson", "A red field"),
            picture("green.png", "seagreen", "A green field"),
            picture("blue.png", "royalblue", "A blue field"),
            discord.File(BytesIO(b"two lines\nof text\n"), "notes.txt"),
        ]


class Choices(ui.LayoutView):
    """The five select menus."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        shapes: ui.Select[Choices] = ui.Select(
            custom_id="Shapes",
            placeholder="Shapes",
            min_values=1,
            max_values=2,
            options=[
                SelectOption(label="Circle", value="circle", description="round", emoji="⚪"),
                SelectOption(label="Square", value="square"),
                SelectOption(label="Triangle", value="triangle"),
            ],
        )
        people: ui.UserSelect[Choices] = ui.UserSelect(custom_id="People", placeholder="People")
        roles: ui.RoleSelect[Choices] = ui.RoleSelect(custom_id="Roles", placeholder="Roles")
        anyone: ui.MentionableSelect[Choices] = ui.MentionableSelect(
            custom_id="People and roles", placeholder="People and roles"
        )
        channels: ui.ChannelSelect[Choices] = ui.ChannelSelect(
            custom_id="Channels", placeholder="Channels", channel_types=[discord.ChannelType.text]
        )
        for menu in (shapes, people, roles, anyone, channels):
            self.add_item(ui.ActionRow(menu))


class Questions(ui.Modal, title="Five questions"):
    """A form with a text, a menu, a radio group and both kinds of checkboxes."""

    name: ui.Label[ui.Modal] = ui.Label(
        text="Name", description="At least three letters", component=ui.TextInput(min_length=3, max_length=20)
    )
    shape: ui.Label[ui.Modal] = ui.Label(
        text="Shape",
        component=ui.Select(options=[SelectOption(label="Circle"), SelectOption(label="Square")]),
    )
    size: ui.Label[ui.Modal] = ui.Label(
        text="Size",
        component=ui.RadioGroup(
            options=[discord.RadioGroupOption(label="Small"), discord.RadioGroupOption(label="Large")]
        ),
    )
    extras: ui.Label[ui.Modal] = ui.Label(
        text="Extras",
        component=ui.CheckboxGroup(
            required=False,
            min_values=0,
            options=[discord.CheckboxGroupOption(label="Hat"), discord.CheckboxGroupOption(label="Scarf")],
        ),
    )
    sure: ui.Label[ui.Modal] = ui.Label(text="Sure", component=ui.Checkbox())

    async def on_submit(self, interaction: Interaction, /) -> None:
        """Say what was entered."""
        fields = [part["component"] for part in _sent(interaction)["components"]]
        entered = [field.get("value", field.get("values")) for field in fields]
        await interaction.response.send_message(f"Entered {entered!r}", ephemeral=True)


class Upload(ui.Modal, title="A file and a friend"):
    """A form with a file and a menu of people."""

    file: ui.Label[ui.Modal] = ui.Label(text="File", component=ui.FileUpload(max_values=2))
    friend: ui.Label[ui.Modal] = ui.Label(text="Friend", component=ui.UserSelect())

    async def on_submit(self, interaction: Interaction, /) -> None:
        """Say how large the file is."""
        upload, friend = self.file.component, self.friend.component
        assert isinstance(upload, ui.FileUpload)
        assert isinstance(friend, ui.UserSelect)
        sizes = ", ".join(f"{one.filename} of {one.size} bytes" for one in upload.values)
        await interaction.response.send_message(f"Got {sizes} for {friend.values[0].name}", ephemeral=True)


def _sent(interaction: Interaction) -> Any:
    """Return what Discord says of a form that was sent."""
    return interaction.data


def embed() -> discord.Embed:
    """Return an embed with everything that an embed can have."""
    card = discord.Embed(
        title="A card",
        url=LINK,
        description="with *emphasis*",
        colour=discord.Colour.teal(),
        timestamp=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    )
    card.set_author(name="The author").set_footer(text="The footer")
    card.add_field(name="Left", value="1", inline=True).add_field(name="Right", value="2", inline=True)
    return card.set_image(url="attachment://red.png")
