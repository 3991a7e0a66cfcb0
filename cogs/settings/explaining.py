"""**Why?** and **History**: where a value comes from, who set it, and how that is taken back."""

from dataclasses import replace

from bot.domain.errors import ControlUnknown
from bot.domain.settings.history import Edit, State, differing, restore, undo
from bot.ui import layout
from bot.ui.custom_id import Action, CustomId
from bot.ui.settings import answers, forms, history
from bot.ui.settings.keys import Seen
from bot.ui.settings.why import why
from bot.ui.wording.language import _
from bot.ui.wording.settings import history as texts
from cogs.drawing import Interaction, asker
from cogs.pressing import Control, used
from cogs.settings.panel import admit, note_refused, turn, values
from cogs.settings.passing import chosen

SHOWN = 1000  # changes that can be paged through
ALL = 1_000_000  # changes; more than any server ever makes

UNDO, RESTORE = "undo", "restore"


class Why(Control, action=Action.SET_WHY):
    """Explains what holds for who presses it."""

    async def press(self, interaction: Interaction) -> None:
        """Explain it."""
        seen = await admit(interaction, self.meant.key)
        role_ids = (await asker(interaction)).role_ids
        await _explain(interaction, seen, interaction.user.id, role_ids)


class Member(Control, action=Action.SET_MEMBER):
    """Explains what holds for the member who was chosen."""

    async def press(self, interaction: Interaction) -> None:
        """Explain it; who is no member any more has no roles."""
        seen = await admit(interaction, self.meant.key)
        user_id = chosen(interaction)
        members = used(interaction)["resolved"].get("members", {})
        role_ids = frozenset(map(int, members.get(user_id, {}).get("roles", ())))
        await _explain(interaction, seen, int(user_id), role_ids)


class History(Control, action=Action.SET_HISTORY):
    """Shows a page of the history."""

    async def press(self, interaction: Interaction) -> None:
        """Show it."""
        seen = await admit(interaction, self.meant.key)
        store = interaction.client.services.settings
        changes = await store.history(interaction.guild_id or 0, limit=SHOWN)
        await turn(interaction, history.history(seen, changes, self.meant.number or 0))


class Undo(Control, action=Action.SET_UNDO):
    """Shows what taking a change back would do."""

    async def press(self, interaction: Interaction) -> None:
        """Show it."""
        await _offer(interaction, await admit(interaction, self.meant.key))


class Restore(Control, action=Action.SET_RESTORE):
    """Shows what going back to after a save would do."""

    async def press(self, interaction: Interaction) -> None:
        """Show it."""
        seen = await admit(interaction, self.meant.key)
        await _offer(interaction, seen.about(f"{RESTORE}_{chosen(interaction)}"))


class Date(Control, action=Action.SET_DATE):
    """Opens the form in which a date is typed."""

    async def press(self, interaction: Interaction) -> None:
        """Open it."""
        seen = await admit(interaction, self.meant.key)
        await interaction.response.send_modal(forms.date(seen))


CONTROLS: tuple[type[Control], ...] = (Why, Member, History, Undo, Restore, Date)


async def submit_date(interaction: Interaction, meant: CustomId) -> None:
    """Show what going back to a date would do."""
    seen = await admit(interaction, meant.key)
    moment = answers.date(used(interaction))
    if moment is None:
        view = layout.sentence(_(texts.DATE_UNREADABLE))
        await interaction.response.send_message(view=view, ephemeral=True)
        return
    await _offer(interaction, seen.about(f"{RESTORE}_{history.moment_key(moment)}"))


async def planned(interaction: Interaction, seen: Seen, now: State) -> tuple[str, tuple[Edit, ...]]:
    """Return what a topic of undoing or restoring stands for: its title, and the edits that it takes.

    Raises:
        ControlUnknown: It is none, or its change is not of this server.
    """
    store, guild_id = interaction.client.services.settings, interaction.guild_id or 0
    kind, _, argument = seen.topic.partition("_")
    try:
        if kind == RESTORE:
            moment = history.moment_of(argument)
            changes = await store.history(guild_id, since=moment, limit=ALL)
            return texts.restoring(moment), differing(restore(changes, moment), now)
        change = await store.change(guild_id, int(argument, 16)) if kind == UNDO else None
    except ValueError:
        change = None
    if change is None:
        await note_refused(interaction)
        raise ControlUnknown
    return texts.undoing(change), differing([undo(change)], now)


async def _offer(interaction: Interaction, seen: Seen) -> None:
    revision, now = await values(interaction)
    title, edits = await planned(interaction, seen, now)
    items = history.difference(replace(seen, revision=revision), title, edits, now)
    await turn(interaction, layout.view(*items))


async def _explain(interaction: Interaction, seen: Seen, user_id: int, role_ids: frozenset[int]) -> None:
    place = replace((await asker(interaction)).here, role_ids=role_ids)
    rules = await interaction.client.services.houses.rules(interaction.guild_id or 0, place)
    await turn(interaction, why(seen, user_id, place.channel_id, rules.effective))
