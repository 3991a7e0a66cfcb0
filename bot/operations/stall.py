"""How late the event loop comes to what is due: the first sign of a process that has too much to do."""

import asyncio
from collections.abc import Callable
from typing import NoReturn

EVERY = 0.25  # seconds


async def watch(on_stall: Callable[[float], None], every: float = EVERY) -> NoReturn:
    """Measure for as long as this is not cancelled.

    Args:
        on_stall: Called with seconds, 0 for a loop that was in time.
        every: Seconds from one measurement to the next.
    """
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + every
        await asyncio.sleep(every)
        on_stall(max(0.0, loop.time() - due))
