"""The bot as `python -m bot` runs it, with a probe in its event loop; to be started by `scale.py`.

    python benchmarks/probed.py
    python benchmarks/probed.py worker

The environment configures it. SIGUSR1 begins the measurement, SIGTERM ends it; what was seen is printed as
JSON.
"""

import asyncio
import json
import os
import signal
import statistics
import sys
import time
from array import array
from collections import Counter
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from sqlalchemy import Connection, Engine, event
from sqlalchemy.ext.asyncio import AsyncSession

from bot import app
from bot.config import Config
from bot.logs import start_logging
from bot.storage.database import Database

TICK = 0.005  # seconds between two looks at the clock
WRITES = ("INSERT", "UPDATE", "DELETE")

_method: ContextVar[str] = ContextVar("_method", default="other")


class Transactions:
    """Counts what is committed, by the store's method that wanted it; each count costs some microseconds.

    Attributes:
        read: Transactions that changed nothing.
        written: Those that did.
    """

    def __init__(self) -> None:
        self.read: Counter[str] = Counter()
        self.written: Counter[str] = Counter()

    def watch(self) -> None:
        """Count from now on."""
        run = Database.run

        async def named(
            database: Database, work: Callable[[AsyncSession], Awaitable[Any]], *, repeatable: bool = False
        ) -> Any:
            _method.set(_name(work))
            return await run(database, work, repeatable=repeatable)

        Database.run = named  # type: ignore[assignment, method-assign] # where every transaction passes
        event.listen(Engine, "before_cursor_execute", self._execute)
        event.listen(Engine, "commit", self._commit)

    def clear(self) -> None:
        """Forget what was counted."""
        self.read.clear()
        self.written.clear()

    def _execute(self, connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            connection.info["writes"] = True

    def _commit(self, connection: Connection) -> None:
        kind = self.written if connection.info.pop("writes", False) else self.read
        kind[_method.get()] += 1


def _name(work: Callable[..., Any]) -> str:
    """Return the name of the store's method of which a transaction is made."""
    names: tuple[str, ...] = getattr(getattr(work, "__code__", None), "co_freevars", ())
    cells = getattr(work, "__closure__", None) or ()
    method = dict(zip(names, cells, strict=True)).get("method")
    return method.cell_contents.__qualname__ if method else "other"


async def _probe(lateness: "array[float]") -> None:
    while True:
        due = time.perf_counter() + TICK
        await asyncio.sleep(TICK)
        lateness.append(time.perf_counter() - due)


async def _run(config: Config, transactions: Transactions) -> dict[str, Any]:
    """Run the bot until SIGTERM; return how late its event loop was (milliseconds), and what it committed."""
    stop, lateness, loop = asyncio.Event(), array("d", [0.0]), asyncio.get_running_loop()

    def begin() -> None:
        del lateness[1:]
        transactions.clear()

    loop.add_signal_handler(signal.SIGUSR1, begin)
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    probing = asyncio.create_task(_probe(lateness))
    status = await app.run(config, stop)
    probing.cancel()
    return {
        "status": status,
        "stall_max": max(lateness) * 1e3,
        "stall_p99": statistics.quantiles(lateness, n=100)[98] * 1e3,
        "read": transactions.read,
        "written": transactions.written,
    }


def main() -> None:
    """Run the bot or, with `worker`, a worker."""
    config = Config.from_env(os.environ)
    if "worker" in sys.argv:
        config = config.for_worker()
    start_logging(config.log_level, [], config.log_format)
    transactions = Transactions()
    if "COUNT_TRANSACTIONS" in os.environ:
        transactions.watch()
    print(json.dumps(asyncio.run(_run(config, transactions))))


if __name__ == "__main__":
    main()
