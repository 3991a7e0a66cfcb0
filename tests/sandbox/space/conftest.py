from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any, TypeAlias

import aiohttp
import pytest

from bot.sandbox.space import LoopbackSpace
from tests.sandbox.space.visitor import TIMEOUT, Visitor

Visit: TypeAlias = Callable[..., Awaitable[Visitor]]


@pytest.fixture
async def visit() -> AsyncIterator[Visit]:
    """Open a Space that takes no time, unless told otherwise, and go there."""
    async with AsyncExitStack() as stack:

        async def open_space(**conduct: Any) -> Visitor:
            quick = {"steps": 2, "seconds_per_step": 0.0, "previews": 0}
            space = await stack.enter_async_context(LoopbackSpace(**{**quick, **conduct}))
            timeout = aiohttp.ClientTimeout(total=TIMEOUT)
            return Visitor(space, await stack.enter_async_context(aiohttp.ClientSession(timeout=timeout)))

        yield open_space
