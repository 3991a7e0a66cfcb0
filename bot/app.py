"""The composition root: opens each resource, names the concrete classes, and runs the bot."""

import asyncio
import gc
import logging
import random
import secrets
import time
from pathlib import Path

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import __version__, lookalikes
from bot.client import ImagineBot, Services
from bot.config import Config
from bot.delivery.encoding import Encoder
from bot.delivery.reply import Delivery
from bot.delivery.servers import servers
from bot.domain.credential import operators
from bot.domain.errors import SettingRefused, StoreFailed, StoreTooNew
from bot.domain.limits import DOCUMENTED
from bot.domain.words.folding import Folding
from bot.jobs.accounts import Accounts
from bot.jobs.allowances import Allowances
from bot.jobs.consent import Consent
from bot.jobs.housekeeping import DAY, Housekeeping
from bot.jobs.houses import Houses
from bot.jobs.line import FairLine
from bot.jobs.moderating import Moderating
from bot.jobs.runner import JobRunner
from bot.providers.base import ServiceOptions
from bot.providers.hub import open_hub
from bot.providers.registry import discover, open_registry
from bot.storage.engine import open_store
from bot.ui import cards, wording

PROGRAM = f"Imagine {__version__}"

_log = logging.getLogger(__name__)


async def run(config: Config, stop: asyncio.Event) -> int:
    """Run the bot until it is told to stop.

    Args:
        config: What the operator decided.
        stop: Ends the bot when it is set; running pictures get `drain_seconds`.

    Returns:
        The exit status: 0 after a stop, 1 when Discord cannot be reached, 2 when the token is refused or the
        store cannot be opened.
    """
    _point_at(config)
    try:
        return await _run(config, stop)
    except (StoreFailed, StoreTooNew) as error:
        _log.critical(wording.explain(error))
        return 2
    except SettingRefused as error:
        _log.critical(wording.setting(error))
        return 2


async def _run(config: Config, stop: asyncio.Event) -> int:
    # The first token also serves what costs no quota: a Space's description, and previews.
    token = next(iter(config.hf_tokens), None)
    options = ServiceOptions(url=config.space_url, token=token, proxy=config.http_proxy_url)
    async with (
        open_registry(discover(), options) as providers,
        open_hub(config.hf_endpoint, config.http_proxy_url) as hub,
        open_store(config.database_url, config.secret_keys) as stores,
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
        jobs = JobRunner(
            providers,
            stores.jobs,
            houses=houses,
            allowances=Allowances(stores.limits, houses, time.time),
            accounts=Accounts(operators(config.hf_tokens), stores.tokens, stores.quotas, hub, time.time),
            line=FairLine(config.draw_at_once),
            clock=time.time,
            new_seed=lambda: secrets.randbelow(int(DOCUMENTED.seed.maximum) + 1),
            new_id=lambda: secrets.token_urlsafe(9),
            new_reference=lambda: secrets.token_hex(3),
            chance=random.random,
        )
        await jobs.recover()
        proxy = None if config.discord_api_base else config.http_proxy_url
        with Encoder() as encoder:
            delivery = Delivery(look=cards, encoder=encoder, program=PROGRAM)
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
            async with ImagineBot(services, proxy=proxy) as bot:
                housekeeping = Housekeeping(
                    stores.privacy, lambda: servers(bot), time.time, config.grace_days * DAY
                )
                return await _serve(bot, config, stop, housekeeping)


async def _serve(bot: ImagineBot, config: Config, stop: asyncio.Event, housekeeping: Housekeeping) -> int:
    """Keep the bot connected until `stop` is set or Discord does not want it."""
    gc.freeze()  # what was imported stays for good; looking through it would stall the event loop by 0.1 s
    running = asyncio.create_task(bot.start(config.discord_token))
    stopping = asyncio.create_task(stop.wait())
    keeping = asyncio.create_task(_keep_house(bot, housekeeping))
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if stop.is_set():
        await bot.services.jobs.drain(config.drain_seconds)
    stopping.cancel()
    keeping.cancel()
    await bot.close()
    try:
        await running
    except discord.LoginFailure:
        _log.critical(wording.TOKEN_REFUSED)
        return 2
    except (aiohttp.ClientError, OSError, discord.HTTPException, discord.ConnectionClosed) as error:
        if stop.is_set():  # it was still logging in, and closing cut that short
            return 0
        _log.critical("%s (%s)", wording.DISCORD_UNREACHABLE, type(error).__name__)
        return 1
    return 0


async def _keep_house(bot: ImagineBot, housekeeping: Housekeeping) -> None:
    await bot.wait_until_ready()
    await housekeeping.run()


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


def _point_at(config: Config) -> None:
    """Point discord.py, which has one Discord for a whole process, at another one; voice is not used."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    if config.discord_api_base is not None:
        Route.BASE = config.discord_api_base
    if config.discord_gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(config.discord_gateway_url)
