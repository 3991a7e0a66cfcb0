"""**Report**, and what moderators do with it: on a card in their channel, or in `/reports`."""

from contextlib import AbstractContextManager, nullcontext
from functools import partial

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import ImagineBot
from bot.delivery import takedown
from bot.delivery.takedown import Effect
from bot.domain import moderation as domain
from bot.domain.case import Case
from bot.domain.house_rules import Rules
from bot.ui import layout
from bot.ui import moderation as cards
from bot.ui.custom_id import Action, CustomId
from bot.ui.wording import moderation as texts
from bot.ui.wording.language import _
from cogs.auditing import REPORTS, Interaction, announce, check_moderator, post, publicly, rules
from cogs.pressing import Control, answer_form, used


class Report(Control, action=Action.REPORT):
    """Opens the form."""

    async def press(self, interaction: Interaction) -> None:
        """Open it for those who may report the picture."""
        moderation = interaction.client.services.moderation
        await moderation.check_report(interaction.guild_id, interaction.user.id, self.meant.key)
        await interaction.response.send_modal(cards.report_form(self.meant.key))


class Delete(Control, action=Action.REPORT_DELETE):
    """Deletes the message with the pictures."""

    async def press(self, interaction: Interaction) -> None:
        """Delete it, and settle the reports."""
        case = await _case(interaction, self.meant)
        await interaction.response.defer()
        if case.open:
            effect = await takedown.remove(interaction.client, interaction.application_id, case.job)
            if effect is Effect.REFUSED:
                await interaction.followup.send(view=layout.sentence(_(texts.NOT_REMOVED)), ephemeral=True)
                return
        await _settle(interaction, case, domain.Outcome.DELETED)


class Dismiss(Control, action=Action.REPORT_DISMISS):
    """Leaves the pictures where they are."""

    async def press(self, interaction: Interaction) -> None:
        """Settle the reports, and show again what they hid."""
        case = await _case(interaction, self.meant)
        await interaction.response.defer()
        if case.open:
            client, application_id = interaction.client, interaction.application_id
            await takedown.veil(client, application_id, case.job, spoiler=case.job.spoiler)
        await _settle(interaction, case, domain.Outcome.DISMISSED)


class Block(Control, action=Action.REPORT_BLOCK):
    """Opens the form."""

    async def press(self, interaction: Interaction) -> None:
        """Open it."""
        case = await _case(interaction, self.meant)
        await interaction.response.send_modal(cards.block_form(case.job.id))


class Turn(Control, action=Action.REPORTS):
    """Turns to another open report."""

    async def press(self, interaction: Interaction) -> None:
        """Turn."""
        view = await _open_reports(interaction, self.meant.number or 0)
        await interaction.response.edit_message(view=view)


class Reports(commands.Cog):
    """The command, and the forms that come back, those too that were opened before a restart."""

    @app_commands.command(description=texts.LOOK_AT_REPORTS)
    @app_commands.default_permissions(manage_messages=True)
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    async def reports(self, interaction: Interaction) -> None:
        """Show the first open report."""
        view = await _open_reports(interaction, 0)
        await interaction.response.send_message(view=view, ephemeral=True)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Take a report, or block somebody."""
        await answer_form(interaction, Action.REPORT, _report)
        await answer_form(interaction, Action.REPORT_BLOCK, _block)


CONTROLS = (Report, Delete, Dismiss, Block, Turn)


async def _open_reports(interaction: Interaction, number: int) -> discord.ui.LayoutView:
    """Return a page of the open reports; the last one if there are fewer."""
    guild_id = await check_moderator(interaction, REPORTS)
    moderation = interaction.client.services.moderation
    found = await moderation.open_cases(guild_id)
    if not found:
        return layout.sentence(_(texts.NO_REPORTS))
    number = min(number, len(found) - 1)
    case = await moderation.case(guild_id, interaction.user.id, found[number])
    return cards.card(case, cards.Turn(number, len(found)))


async def _case(interaction: Interaction, meant: CustomId) -> Case:
    """Return what a moderator's control is about; they need the right where the picture is.

    Raises:
        NotModerator: It is not a moderator's.
        PictureUnknown: There is no such picture in this server.
    """
    moderation = interaction.client.services.moderation
    case = await moderation.case(interaction.guild_id or 0, interaction.user.id, meant.key)
    await check_moderator(interaction, REPORTS, case.job.channel_id)
    return case


async def _settle(interaction: Interaction, case: Case, outcome: domain.Outcome) -> None:
    by = interaction.user.id
    case, entry = await interaction.client.services.moderation.settle(case, outcome, by)
    is_listed = _is_listed(interaction)
    with await _as_the_card(interaction):
        view = cards.settled(case, by if entry else None, is_listed=is_listed)
    await interaction.edit_original_response(view=view)
    if entry is not None:
        await announce(interaction, entry, case.url)


def _is_listed(interaction: Interaction) -> bool:
    """Return whether a card is in somebody's own list, not in a channel."""
    return interaction.message is not None and interaction.message.flags.ephemeral


async def _as_the_card(interaction: Interaction) -> AbstractContextManager[None]:
    """Return the block in which the language is that of a card: of its reader, or of its channel."""
    if _is_listed(interaction):
        return nullcontext()
    return await publicly(interaction, interaction.channel_id or 0)


async def _report(interaction: Interaction, meant: CustomId) -> None:
    services, user_id = interaction.client.services, interaction.user.id
    guild_id = interaction.guild_id
    reason = cards.read_reason(used(interaction))
    await interaction.response.defer(ephemeral=True, thinking=True)
    held = await rules(interaction, guild_id or 0)
    threshold = held.whole("reports_to_hide") or 0
    reported = await services.moderation.report(guild_id, user_id, meant.key, reason, threshold)
    is_seen = await post(
        interaction,
        held,
        partial(cards.card, reported.case),
        nonce=f"{meant.key}-{len(reported.case.reports) - len(reported.case.open)}",
    )
    text = _(texts.THANKS) if is_seen else _(texts.THANKS_FOR_LATER)
    await interaction.edit_original_response(view=layout.sentence(text))
    if reported.hides:
        await _hide(interaction, reported.case, held)


async def _hide(interaction: Interaction, case: Case, held: Rules) -> None:
    """Hide the pictures as moderators want it, or remove them where they cannot be hidden."""
    client, application_id = interaction.client, interaction.application_id
    how = held.text("hide_by")
    effect = Effect.REFUSED
    if how == "spoiler":
        effect = await takedown.veil(client, application_id, case.job, spoiler=True)
    if effect is Effect.REFUSED:
        how = "remove"
        effect = await takedown.remove(client, application_id, case.job)
    if effect is Effect.DONE:
        entry = await client.services.moderation.hidden(case, application_id, how)
        await announce(interaction, entry, case.url)


async def _block(interaction: Interaction, meant: CustomId) -> None:
    case = await _case(interaction, meant)
    data = used(interaction)
    reason, hours = cards.read_reason(data), cards.read_hours(data)
    await interaction.response.defer()
    moderation, by = interaction.client.services.moderation, interaction.user.id
    guild_id, user_id = case.job.guild_id or 0, case.job.user_id
    _, entry = await moderation.block(guild_id, user_id, by=by, reason=reason, hours=hours)
    case = await moderation.case(entry.guild_id, interaction.user.id, meant.key)
    with await _as_the_card(interaction):
        view = cards.card(case) if case.open else cards.settled(case, None, is_listed=False)
    await interaction.edit_original_response(view=view)
    await announce(interaction, entry, case.url)


async def setup(bot: ImagineBot) -> None:
    """discord.py calls this when it loads the file."""
    bot.add_dynamic_items(*CONTROLS)
    await bot.add_cog(Reports())


async def teardown(bot: ImagineBot) -> None:
    """discord.py calls this when it lets go of the file."""
    bot.remove_dynamic_items(*CONTROLS)
