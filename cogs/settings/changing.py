"""Changing values: flags at once, everything else in a form; and taking them away."""

from bot.domain.errors import UnknownModel, ValueNotAllowed
from bot.domain.settings.catalogue import Setting
from bot.domain.settings.history import Edit
from bot.domain.settings.kinds import Flag, Ids, Value
from bot.domain.settings.layers import resolve
from bot.domain.styles import find
from bot.ui import layout
from bot.ui.custom_id import Action, CustomId
from bot.ui.settings import answers, forms
from bot.ui.settings.keys import Seen
from bot.ui.settings.pages import setting_of
from bot.ui.wording.settings import words
from cogs.drawing import Interaction, asker
from cogs.pressing import Control, used
from cogs.settings.panel import admit, save
from cogs.settings.passing import chosen
from cogs.settings.uploads import uploaded


class Turn(Control, action=Action.SET_FLAG):
    """Turns a flag on or off, as its label says."""

    async def press(self, interaction: Interaction) -> None:
        """Turn it."""
        seen = await admit(interaction, self.meant.key)
        is_on = self.meant.number == 1
        await save(interaction, seen, [Edit(target=seen.target, name=seen.topic, value=is_on)])


class Change(Control, action=Action.SET_VALUE):
    """Opens the form for a setting."""

    async def press(self, interaction: Interaction) -> None:
        """Open it, filled in with what holds now."""
        seen = await admit(interaction, self.meant.key)
        setting = setting_of(seen.topic)
        if isinstance(setting.kind, Flag):
            raise ValueNotAllowed(setting.name)  # somebody made their own button
        held = await _held(interaction, seen, setting)
        await interaction.response.send_modal(forms.edit(setting, seen, held))


class Reset(Control, action=Action.SET_RESET):
    """Takes a value of the place away."""

    async def press(self, interaction: Interaction) -> None:
        """Take it away."""
        seen = await admit(interaction, self.meant.key)
        await save(interaction, seen, [Edit(target=seen.target, name=chosen(interaction), value=None)])


class Test(Control, action=Action.SET_TEST):
    """Opens the form in which a prompt is tested."""

    async def press(self, interaction: Interaction) -> None:
        """Open it."""
        seen = await admit(interaction, self.meant.key)
        await interaction.response.send_modal(forms.test(seen))


CONTROLS: tuple[type[Control], ...] = (Turn, Change, Reset, Test)


async def submit_value(interaction: Interaction, meant: CustomId) -> None:
    """Save what a setting's form holds.

    Raises:
        SettingError: It cannot be; nothing was saved.
        StyleUnknown: There is no such style.
        UnknownModel: There is no such model.
    """
    seen = await admit(interaction, meant.key)
    setting = setting_of(seen.topic)
    data = used(interaction)
    file = await uploaded(interaction, ValueNotAllowed(setting.name))
    value = answers.value(setting, data, await _held(interaction, seen, setting), file)
    edit = Edit(target=seen.target, name=setting.name, value=await _checked(interaction, setting, value))
    await save(interaction, seen, [edit])


async def submit_test(interaction: Interaction, meant: CustomId) -> None:
    """Say what would become of a prompt in this channel."""
    await admit(interaction, meant.key)
    prompt = answers.text(used(interaction))
    houses = interaction.client.services.houses
    who = await asker(interaction)
    verdict = await houses.judge(prompt, who.guild_id, who.here)
    await interaction.response.send_message(
        view=layout.sentence(words.tested(prompt, verdict)), ephemeral=True
    )


async def _held(interaction: Interaction, seen: Seen, setting: Setting) -> Value | None:
    """Return what is set at the place; if nothing is, what holds there."""
    houses = interaction.client.services.houses
    _, stored = await houses.stored(interaction.guild_id or 0)
    own = (one.value for one in stored if (one.target, one.name) == (seen.target, setting.name))
    return next(own, resolve(stored, seen.spot, houses.ceilings)[setting.name].value)


async def _checked(interaction: Interaction, setting: Setting, value: Value) -> Value:
    """Return a value whose names are known; of the role that everybody has, no list of roles is needed."""
    services = interaction.client.services
    if setting.name == "style" and value:
        return find(str(value), await services.houses.styles(interaction.guild_id or 0)).name
    if setting.name == "model" and value not in {"", *services.jobs.models}:
        raise UnknownModel(str(value), tuple(services.jobs.models))
    if isinstance(setting.kind, Ids) and isinstance(value, tuple) and str(interaction.guild_id) in value:
        return ()
    return value
