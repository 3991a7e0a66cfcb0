"""The Discord client: what it listens to, what it loads, and what becomes of an error nobody caught."""

import logging
from dataclasses import dataclass, field

import discord
from discord import app_commands
from discord.ext import commands

from bot.delivery import wire
from bot.delivery.later import LaterReply, open_later
from bot.delivery.reply import Delivery
from bot.domain.board import Board
from bot.domain.errors import ImagineError, PermissionMissing, Restarting, Unforeseen, UserError
from bot.domain.reach import Reach
from bot.jobs.consent import Consent
from bot.jobs.houses import Houses
from bot.jobs.moderating import Moderating
from bot.jobs.offers import Offers
from bot.jobs.runner import JobRunner
from bot.ports import PrivacyStore, SettingsStore, StyleStore
from bot.ui import cards

EXTENSIONS = (
    "cogs.imagine",
    "cogs.styles",
    "cogs.consent",
    "cogs.offers",
    "cogs.buttons",
    "cogs.editing",
    "cogs.sharing",
    "cogs.menus",
    "cogs.gallery",
    "cogs.parking",
    "cogs.queue",
    "cogs.quota",
    "cogs.tokens",
    "cogs.reports",
    "cogs.blocks",
    "cogs.settings",
    "cogs.privacy",
)

_EXPECTED = (UserError, PermissionMissing, Restarting)  # the log has nothing to add to their sentences

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What the cogs are made of.

    Attributes:
        jobs: Prepares, admits and runs pictures.
        houses: What moderators decided for their servers.
        settings: Likewise, with its history.
        moderation: Reports, blocks and the audit log.
        consent: Who has accepted the rules of use.
        privacy: What is kept about people.
        styles: Servers' own styles.
        reach: Where the bot may be used.
        delivery: What all replies share.
        offers: What users were offered and have not taken yet.
    """

    jobs: JobRunner
    houses: Houses
    settings: SettingsStore
    moderation: Moderating
    consent: Consent
    privacy: PrivacyStore
    styles: StyleStore
    reach: Reach
    delivery: Delivery
    offers: Offers = field(default_factory=Offers)


class ImagineTree(app_commands.CommandTree["ImagineBot"]):
    """The command tree; every error of every command ends in its one handler."""

    async def on_error(
        self, interaction: discord.Interaction["ImagineBot"], error: app_commands.AppCommandError, /
    ) -> None:
        """Answer it."""
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        await answer_error(interaction, cause)


async def answer_error(interaction: discord.Interaction["ImagineBot"], error: Exception) -> None:
    """Answer with a sentence for the user alone; what the operator can mend is logged under a reference.

    Args:
        interaction: What the user did: a command, a press, a form.
        error: What came of it.
    """
    if interaction.client.is_closed():  # the bot has stopped meanwhile; nobody can be answered
        return
    reference = None
    if not isinstance(error, _EXPECTED):
        reference = interaction.client.services.jobs.new_reference()
        _log.error("%s: an interaction failed", reference, exc_info=error)
    card = cards.told(error if isinstance(error, ImagineError) else Unforeseen(), reference)
    try:
        if interaction.response.is_done():
            await interaction.followup.send(view=card, ephemeral=True)
        else:
            await interaction.response.send_message(view=card, ephemeral=True)
    except (discord.HTTPException, OSError, RuntimeError) as problem:  # the last when the client is closed
        _log.warning("%s: the user could not be told: %r", reference, problem)


class ImagineBot(commands.Bot):
    """A client that only answers commands: no intents, no caches, no mentions.

    Args:
        services: What the cogs are made of.
        proxy: The URL of an HTTP proxy; None for none.
    """

    def __init__(self, services: Services, *, proxy: str | None = None) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=ImagineTree,
            intents=discord.Intents.none(),
            allowed_contexts=app_commands.AppCommandContext(
                guild=True,
                dm_channel=services.reach.direct_messages,
                private_channel=services.reach.direct_messages and services.reach.user_install,
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=services.reach.user_install),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            proxy=proxy,
            http_trace=wire.trace(),
        )
        self.services = services

    async def setup_hook(self) -> None:
        """Load the cogs, register the commands, and see to what is parked; called once, after the login."""
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        try:
            await self.tree.sync()
        except (app_commands.CommandSyncFailure, discord.HTTPException) as error:
            _log.error("Discord did not take the commands; those of the last start stay: %s", error)
        self.services.jobs.resume(self._later)

    def _later(self, board: Board) -> LaterReply:
        """Return the reply of a job that was parked, not opened yet."""
        jobs, delivery = self.services.jobs, self.services.delivery
        return open_later(self, board, fetch=jobs.fetch(board), delivery=delivery)
