"""The executable itself, `python -m bot`, as a subprocess."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import Signals
from typing import Any

import pytest

from bot.sandbox.discord import LoopbackDiscord

ROOT = Path(__file__).parents[2]
_KEPT = frozenset({"PATH", "HOME", "LANG", "PYTHONPATH", "SYSTEMROOT"})


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that ended.

    Attributes:
        status: Its exit status.
        said: What it wrote to standard output.
        log: What it wrote to standard error.
    """

    status: int
    said: str
    log: str


class Process:
    """A process that runs."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    def send(self, signal: Signals) -> None:
        self._process.send_signal(signal)

    async def line(self) -> str:
        """Return the next line that it writes to standard output."""
        assert self._process.stdout
        async with asyncio.timeout(30):
            return (await self._process.stdout.readline()).decode()

    async def ready(self, discord: LoopbackDiscord) -> None:
        """Wait until the bot answers commands; it must not end before."""
        await self.meanwhile(discord.wait_for_command("imagine", timeout=30))

    async def meanwhile(self, waited_for: Coroutine[Any, Any, object]) -> None:
        """Wait for something; the bot must not end before."""
        waiting = asyncio.create_task(waited_for)
        ending = asyncio.create_task(self._process.wait())
        await asyncio.wait({waiting, ending}, return_when=asyncio.FIRST_COMPLETED)
        if ending.done():
            waiting.cancel()
            pytest.fail((await self.ended()).log)
        ending.cancel()
        await waiting

    async def ended(self) -> Ended:
        """Wait until it has ended by itself."""
        async with asyncio.timeout(30):
            said, log = await self._process.communicate()
        return Ended(self._process.returncode or 0, said.decode(), log.decode())


@asynccontextmanager
async def started(*arguments: str, **env: str) -> AsyncIterator[Process]:
    """Start `python -m bot`, in an empty environment but for these variables; kill it at the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-W", "error", "-W", "ignore:'audioop' is deprecated:DeprecationWarning", "-m", "bot"),
        *arguments,
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name in _KEPT} | env,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Process(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
