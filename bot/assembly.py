"""The composition root: opens each resource, names the concrete classes, and puts the bot together."""

import asyncio
import logging
import random
import secrets
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import __version__, lookalikes
from bot.client import HttpBot, ImagineBot, Services
from bot.config import Config
from bot.delivery.encoding import Encoder
from bot.delivery.reply import Delivery
from bot.delivery.servers import servers
from bot.domain.credential import operators
from bot.domain.errors import SettingRefused
from bot.domain.limits import DOCUMENTED
from bot.domain.words.folding import Folding
from bot.interactions.server import serving
from bot.jobs.accounts import Accounts
from bot.jobs.allowances import Allowances
from bot.jobs.consent import Consent
from bot.jobs.distributed import DistributedEngine
from bot.jobs.housekeeping import DAY, Housekeeping
from bot.jobs.houses import Houses
from bot.jobs.line import FairLine
from bot.jobs.local import LocalEngine
from bot.jobs.moderating import Moderating
from bot.jobs.runner import JobRunner
from bot.operations.metered import MeteredProviders
from bot.operations.metrics import Metrics
from bot.operations.server import Vitals
from bot.operations.tracing import measure
from bot.ports import JobQueue, Listen
from bot.providers.base import ServiceOptions
from bot.providers.hub import open_hub
from bot.providers.registry import discover, open_registry
from bot.storage.counted import CountedJobStore, CountedLimitStore
from bot.storage.engine import Stores, is_shared, open_store
from bot.ui import cards

PROGRAM = f"Imagine {__version__}"


def point_at(config: Config) -> None:
    """Point discord.py, which has one Discord for a whole process, at another one; voice is not used."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    if config.discord_api_base is not None:
        Route.BASE = config.discord_api_base
    if config.discord_gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(config.discord_gateway_url)


@asynccontextmanager
async def assembled(
    config: Config, metrics: Metrics, stop: asyncio.Event
) -> AsyncGenerator[tuple[ImagineBot, Housekeeping, Vitals], None]:
    """Open everything, and put the bot together; it is not logged in yet."""
    # The first token also serves what costs no quota: a Space's description, and previews.
    token = next(iter(config.hf_tokens), None)
    options = ServiceOptions(url=config.space_url, token=token, proxy=config.http_proxy_url)
    async with (
        open_registry(discover(), options) as providers,
        open_hub(config.hf_endpoint, config.http_proxy_url) as hub,
        open_store(config.database_url, config.secret_keys, _process_id(config)) as stores,
        _queue(config, stores) as queue,
    ):
        houses = Houses(
            stores.settings,
            stores.styles,
            stores.moderation,
            limits=config.policy,
            blocked_words=_lines(config.blocked_words_file),
            folding=Folding(lookalikes.load()),
            clock=time.time,
        )
        kept = CountedJobStore(stores.jobs.database, metrics.moved)
        accounts = Accounts(operators(config.hf_tokens), stores.tokens, stores.quotas, hub, time.time)
        line = FairLine(max(config.draw_at_once, 1))
        jobs = JobRunner(
            MeteredProviders(providers, metrics.failed),
            kept,
            houses=houses,
            allowances=Allowances(CountedLimitStore(kept.database, metrics.moved), houses, time.time),
            accounts=accounts,
            line=line,
            engine=DistributedEngine(*queue, config.draw_at_once) if queue else LocalEngine(kept, line),
            clock=time.time,
            new_seed=lambda: secrets.randbelow(int(DOCUMENTED.seed.maximum) + 1),
            new_id=lambda: secrets.token_urlsafe(9),
            new_reference=lambda: secrets.token_hex(3),
            chance=random.random,
        )
        proxy = None if config.discord_api_base else config.http_proxy_url
        with Encoder() as encoder:
            delivery = Delivery(
                look=cards,
                encoder=encoder,
                program=PROGRAM,
                on_preview=metrics.previewed,
                on_delivery=metrics.delivered,
            )
            services = Services(
                jobs=jobs,
                houses=houses,
                settings=stores.settings,
                moderation=Moderating(stores.moderation, stores.jobs, time.time),
                consent=Consent(stores.privacy, config.rules_url, time.time),
                privacy=stores.privacy,
                styles=stores.styles,
                reach=config.reach,
                delivery=delivery,
            )
            async with _client(config, services, queue[0] if queue else None, proxy) as bot:
                housekeeping = Housekeeping(
                    stores.privacy, lambda: servers(bot), time.time, config.grace_days * DAY
                )
                measure(bot.trace, metrics, time.time)
                vitals = Vitals(
                    is_connected=lambda: bot.is_connected,
                    is_stopping=stop.is_set,
                    open_jobs=kept.open_jobs,
                    in_line=line.__len__,
                    quota_left=accounts.operators_left,
                )
                yield bot, housekeeping, vitals


def _process_id(config: Config) -> str | None:
    """Return a name for this process, if it may be one of several."""
    return secrets.token_hex(8) if is_shared(config.database_url) else None


@asynccontextmanager
async def _queue(config: Config, stores: Stores) -> AsyncGenerator[tuple[JobQueue, Listen] | None, None]:
    """Open the line of all processes; there is none where there is but one process."""
    if not is_shared(config.database_url):
        yield None
        return
    from bot.storage.bell import open_queue  # noqa: PLC0415 # the only process has no driver for it

    async with open_queue(config.database_url, stores.jobs.database) as queue:
        yield queue


def _client(config: Config, services: Services, queue: JobQueue | None, proxy: str | None) -> ImagineBot:
    """Return the client: on the gateway or, where a port is set, one to which Discord posts; or a worker."""
    if config.is_worker:
        return HttpBot(services, None, proxy=proxy)
    if config.interactions_port is None:
        identify_in = queue.identify_in if queue else None
        return ImagineBot(services, shards=config.shards, identify_in=identify_in, proxy=proxy)
    logging.getLogger("discord.client").setLevel(logging.ERROR)  # it warns of the very endpoint we serve
    door = partial(serving, config.interactions_host, config.interactions_port, config.discord_public_key)
    return HttpBot(services, door, proxy=proxy)


def _lines(path: str | None) -> list[str]:
    """Return the lines of a file that say something.

    Raises:
        SettingRefused: It cannot be read.
    """
    if path is None:
        return []
    try:
        text = Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingRefused("BLOCKED_WORDS_FILE", "it must be a text file that can be read") from error
    return [line.strip() for line in text.splitlines() if line.strip()]
