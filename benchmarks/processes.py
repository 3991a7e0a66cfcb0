"""Processes that a benchmark starts, and what they use of the machine, as Linux says."""

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
LONGEST = 2**20  # bytes of a line


class Process:
    """A Python program that speaks in lines.

    Attributes:
        pid: Its id.
    """

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.pid = process.pid
        self._process = process

    @classmethod
    async def start(
        cls,
        *arguments: str,
        env: dict[str, str] | None = None,
        is_quiet: bool = False,
        python: str = sys.executable,
    ) -> "Process":
        """Start Python with these arguments, and with these environment variables beside our own."""
        pipe = asyncio.subprocess.PIPE
        return cls(
            await asyncio.create_subprocess_exec(
                *(python, *arguments),
                env={**os.environ, **(env or {})},
                stdin=pipe,
                stdout=pipe,
                stderr=asyncio.subprocess.DEVNULL if is_quiet else None,
                limit=LONGEST,
            )
        )

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        self._process.send_signal(number)

    async def line(self, patience: float = 120.0) -> str:
        """Return the next line that it prints, within so many seconds."""
        assert self._process.stdout  # noqa: S101 # it was asked for
        async with asyncio.timeout(patience):
            line = await self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"a process ended early, with status {await self._process.wait()}")
        return line.decode()

    async def say(self, line: str) -> None:
        """Write a line to it."""
        assert self._process.stdin  # noqa: S101 # likewise
        self._process.stdin.write(line.encode() + b"\n")
        await self._process.stdin.drain()

    async def stop(self) -> None:
        """End it, and wait until it has ended."""
        if self._process.returncode is None:
            self._process.terminate()
        try:
            async with asyncio.timeout(10):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()


def cpu(pid: int) -> float:
    """Return the seconds of processor that a process and its ended children have used."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(") ")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


def family_cpu(pid: int) -> float:
    """Return the same of a process and all that it has started, as a database's server does."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()
    total = cpu(pid)
    for child in map(int, children):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            total += cpu(child)
    return total


def memory(pid: int) -> float:
    """Return the MiB of memory that a process has (RSS)."""
    return int(Path(f"/proc/{pid}/statm").read_text("utf-8").split()[1]) * PAGE / 2**20


def load() -> str:
    """Return the load averages of the last 1 and 5 minutes."""
    return "{:.1f}, {:.1f}".format(*os.getloadavg()[:2])
