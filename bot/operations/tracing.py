"""What Discord's answers tell the operator, read where all of discord.py's requests come by."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import aiohttp
from discord.utils import snowflake_time

from bot.operations.metrics import Metrics

_ACKNOWLEDGEMENT = re.compile(r"/interactions/(\d{1,20})/[^/]+/callback")


def measure(trace: aiohttp.TraceConfig, metrics: Metrics, clock: Callable[[], float]) -> None:
    """Count Discord's answers, and measure how long interactions wait for their acknowledgement.

    Args:
        trace: The client's, before it is logged in.
        metrics: Counts.
        clock: Returns Unix time in seconds.
    """

    async def answered(
        _: aiohttp.ClientSession, __: SimpleNamespace, ended: aiohttp.TraceRequestEndParams
    ) -> None:
        status = ended.response.status
        metrics.answered(ended.method, status)
        found = _ACKNOWLEDGEMENT.search(ended.url.path)
        if found and status < 300:
            metrics.acknowledged(max(0.0, clock() - snowflake_time(int(found[1])).timestamp()))

    trace.on_request_end.append(answered)
