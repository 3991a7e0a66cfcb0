"""Says what is right and what is wrong with the set-up; nothing is changed by it."""

import asyncio
import time
from dataclasses import replace

from prometheus_client import CollectorRegistry

from bot.assembly import assembled, point_at
from bot.config import Config
from bot.domain.errors import SettingRefused
from bot.operations.doctor.judging import Finding, Mark, judge
from bot.operations.doctor.probing import probe
from bot.operations.doctor.showing import show
from bot.operations.metrics import Metrics
from bot.ui import wording
from bot.ui.wording.doctor import Said


async def examine(config: Config) -> int:
    """Say what is right and what is wrong with the set-up, on standard output.

    Args:
        config: What the operator decided.

    Returns:
        The exit status: 0 when nothing is broken, else 1.
    """
    point_at(config)
    apart = replace(config, database_url="sqlite://", interactions_port=None)
    try:
        async with assembled(apart, Metrics(CollectorRegistry()), asyncio.Event()) as (bot, *_):
            commands = await bot.load_commands()
    except SettingRefused as error:
        return show([Finding(Mark.FAILED, Said(wording.setting(error)))])
    proxy = None if config.discord_api_base else config.http_proxy_url
    facts = await probe(config, commands, proxy, time.time)
    return show(judge(facts))
