"""Runs the bot, from the login to the last picture that is waited for."""

import asyncio
import gc
import logging

import aiohttp
import discord
from prometheus_client import CollectorRegistry

from bot.assembly import assembled, point_at
from bot.client import ImagineBot
from bot.config import Config
from bot.domain.errors import SettingRefused, StoreDriverMissing, StoreFailed, StoreInUse, StoreTooNew
from bot.jobs.housekeeping import Housekeeping
from bot.operations.metrics import Metrics
from bot.operations.server import open_operations
from bot.storage.only_process import only_process
from bot.ui import wording

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
    point_at(config)
    try:
        with only_process(config.database_url):
            return await _run(config, stop)
    except (StoreFailed, StoreTooNew, StoreInUse, StoreDriverMissing) as error:
        _log.critical(wording.explain(error))
        return 2
    except SettingRefused as error:
        _log.critical(wording.setting(error))
        return 2


async def _run(config: Config, stop: asyncio.Event) -> int:
    registry = CollectorRegistry()
    metrics = Metrics(registry)
    async with (
        assembled(config, metrics, stop) as (bot, housekeeping, vitals),
        open_operations(config.metrics_host, config.metrics_port, vitals, metrics, registry),
    ):
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
    running.cancel()  # discord.py would go on to open shards of a client that is closed
    await asyncio.wait({running})
    if running.cancelled():
        return 0
    try:
        running.result()
    except discord.LoginFailure:
        _log.critical(wording.TOKEN_REFUSED)
        return 2
    except (
        *(aiohttp.ClientError, OSError, discord.HTTPException),
        *(discord.ConnectionClosed, discord.GatewayNotFound),
    ) as error:
        if stop.is_set():  # it was still logging in, and closing cut that short
            return 0
        _log.critical("%s (%s)", wording.DISCORD_UNREACHABLE, type(error).__name__)
        return 1
    return 0


async def _keep_house(bot: ImagineBot, housekeeping: Housekeeping) -> None:
    await bot.wait_until_ready()
    if bot.is_first:
        await housekeeping.run()
