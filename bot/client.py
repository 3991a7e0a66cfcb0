"""The Discord client: what it listens to, what it loads, and what becomes of an error nobody caught."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import discord
from discord import app_commands
from discord.ext import commands

from bot.delivery import members, wire
from bot.delivery.later import LaterReply, open_later
from bot.delivery.reply import Delivery, DiscordReply, open_reply
from bot.domain.board import Board
from bot.domain.errors import (
    ImagineError,
    PermissionMissing,
    Restarting,
    StoreFailed,
    Unforeseen,
    UserError,
)
from bot.domain.reach import Reach
from bot.domain.shards import Shards
from bot.jobs.consent import Consent
from bot.jobs.houses import Houses
from bot.jobs.moderating import Moderating
from bot.jobs.offers import Offers
from bot.jobs.runner import JobRunner
from bot.ports import PrivacyStore, SettingsStore, StyleStore
from bot.ui import cards
from bot.ui.localizations import Localizations
from bot.ui.wording.language import speak

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

Door: TypeAlias = Callable[[Callable[[dict[str, Any]], None]], AbstractAsyncContextManager[None]]
IdentifyIn: TypeAlias = Callable[[int, float], Awaitable[float]]

IDENTIFY_SECONDS = 5.5  # between two shards of a bucket: Discord's 5, and what the way there may vary by
PATIENCE = 30.0  # seconds that a shard waits for its turn on one connection, which Discord may find too quiet

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

    async def interaction_check(self, interaction: discord.Interaction["ImagineBot"], /) -> bool:
        """Let every command pass, and speak its user's language from here on, in a task of its own."""
        speak(interaction.locale.value)
        return True

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
    card = cards.told(
        error if isinstance(error, ImagineError) else Unforeseen(), reference, interaction.locale.value
    )
    try:
        if interaction.response.is_done():
            await interaction.followup.send(view=card, ephemeral=True)
        else:
            await interaction.response.send_message(view=card, ephemeral=True)
    except (discord.HTTPException, OSError, RuntimeError) as problem:  # the last when the client is closed
        _log.warning("%s: the user could not be told: %r", reference, problem)


class ImagineBot(commands.AutoShardedBot):
    """A client that only answers commands: no intents, no caches, no mentions.

    Args:
        services: What the cogs are made of.
        shards: Those that it opens; None for as many as Discord recommends.
        identify_in: As `bot.ports.JobQueue` has it, to take turns with other processes; None without any.
        proxy: The URL of an HTTP proxy; None for none.

    Attributes:
        services: Likewise.
        trace: What it reports its requests to; more may listen until it is logged in.
        is_first: Whether it does what one of all processes has to: it registers the commands, and cleans up.
    """

    def __init__(
        self,
        services: Services,
        *,
        shards: Shards | None = None,
        identify_in: IdentifyIn | None = None,
        proxy: str | None = None,
    ) -> None:
        self.trace = wire.trace()
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=ImagineTree,
            intents=discord.Intents.none(),
            allowed_contexts=app_commands.AppCommandContext(
                guild=True,
                dm_channel=services.reach.direct_messages,
                private_channel=services.reach.user_install,
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=services.reach.user_install),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=0.0,  # without intents, no server is described after READY
            max_messages=None,
            proxy=proxy,
            http_trace=self.trace,
        )
        if shards is not None:
            self.shard_ids, self.shard_count = list(shards.ids), shards.count
        self.services = services
        self.is_first = shards is None or shards.has_first
        self._identify_in = identify_in
        self._buckets = 1

    @property
    def is_connected(self) -> bool:
        """Whether the gateway sends events to all shards of this process."""
        return self.is_ready() and not any(shard.is_closed() for shard in self.shards.values())

    async def connect(self, *, reconnect: bool = True) -> None:
        """Open the shards, and keep them open until the bot is closed; called once, after the login.

        Raises:
            discord.GatewayNotFound: Discord does not say where its gateway is.
        """
        if self._identify_in is not None:
            self._buckets = (await self.fetch_session_start_limits()).max_concurrency
        await super().connect(reconnect=reconnect)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait until a shard may identify, which one of a bucket may in five seconds, in whichever process.

        Raises:
            TimeoutError: It may not for so long that it is better to connect anew, as discord.py does then.
        """
        if self._identify_in is None:
            await super().before_identify_hook(shard_id, initial=initial)
            return
        bucket = (shard_id or 0) % self._buckets
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    seconds = await self._identify_in(bucket, IDENTIFY_SECONDS)
                    if not seconds:
                        return
                    await asyncio.sleep(seconds)
        except StoreFailed as error:
            raise TimeoutError from error

    async def on_shard_connect(self, _: int) -> None:
        """Forget the servers that Discord has named: each takes 1.3 KB, and interactions bring their own."""
        self._connection._guilds.clear()  # noqa: SLF001 # discord.py has no switch for it

    async def setup_hook(self) -> None:
        """Load the cogs, register the commands, and see to what is parked; called once, after the login."""
        await self.load_commands()
        await self.tree.set_translator(Localizations())
        if self.is_first:
            await self._register_commands()
        await self.services.jobs.open(self._reply)
        self.services.jobs.resume(self._reply, lambda job: members.asker(self, job))

    async def load_commands(self) -> list[dict[str, Any]]:
        """Load the cogs, and return their commands, as Discord's API has them; to be called once."""
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        return [command.to_dict(self.tree) for command in self.tree.get_commands()]

    async def _register_commands(self) -> None:
        try:
            await self.tree.sync()
        except (app_commands.CommandSyncFailure, discord.HTTPException) as error:
            _log.error("Discord did not take the commands; those of the last start stay: %s", error)

    def _reply(self, board: Board) -> DiscordReply | LaterReply:
        """Return the reply of a job, not opened yet; that of one that was parked is a new message."""
        opened = open_reply if board.job.parked_until is None else open_later
        return opened(self, board, fetch=self.services.jobs.fetch(board), delivery=self.services.delivery)


class HttpBot(ImagineBot):
    """A client to which interactions come by HTTP: it logs in by REST, and opens no gateway.

    Args:
        services: What the cogs are made of.
        door: Opens a server that hands over each new interaction, for as long as its context lasts; None
            for a worker, to which none come.
        proxy: The URL of an HTTP proxy; None for none.
    """

    def __init__(self, services: Services, door: Door | None, *, proxy: str | None = None) -> None:
        super().__init__(services, proxy=proxy)
        self.is_first = door is not None
        self._door = door or (lambda _: nullcontext())
        self._ended = asyncio.Event()

    @property
    def is_connected(self) -> bool:
        """Whether the server takes interactions."""
        return self.is_ready()

    async def connect(self, *, reconnect: bool = True) -> None:  # noqa: ARG002 # discord.py's signature
        """Take interactions until the bot is closed; called once, after the login."""
        async with self._door(self._receive):
            self._handle_ready()
            await self._ended.wait()

    async def close(self) -> None:
        """Take no more of them, and end the session."""
        self._ended.set()
        await super().close()

    def _receive(self, interaction: Any) -> None:
        # discord.py has no other way in than the gateway's own
        self._connection.parse_interaction_create(interaction)
