"""Transactions: each one whole, whatever happens to the task that wanted it, and to the server."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from bot.domain.errors import StoreFailed
from bot.storage.postgresql import ALONE, passes

FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0  # seconds before another attempt; each is twice the one before

_T = TypeVar("_T")
_P = ParamSpec("_P")
_S = TypeVar("_S", bound="SqlStore")

_MAY_BE_DONE = "may be done"  # in a session's `info`

_log = logging.getLogger(__name__)


class Database:
    """An open database.

    A transaction goes on when its caller is cancelled: drivers answer a cancelled query by dropping the
    connection, and the caller could not know whether it had been committed.

    When the server goes away, a transaction of which nothing was kept is begun anew until it is back: a
    restart is a pause. Whether one was kept whose last word, COMMIT, has no answer, nobody knows; it is begun
    anew only if it is `repeatable`.

    Attributes:
        engine: What it works with; raw work on it is the caller's own risk.
        process_id: Whose jobs it writes down, of several processes; None for the only one.
    """

    def __init__(self, engine: AsyncEngine, process_id: str | None = None, *, patience: float = 0.0) -> None:
        """Use an engine.

        Args:
            engine: Its database has, or will have, the schema.
            process_id: Whose jobs it writes down, of several processes.
            patience: Seconds for which a transaction is begun anew while the server is away.
        """
        self.engine = engine
        self.process_id = process_id
        self._patience = patience
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)
        self._running: set[asyncio.Task[Any]] = set()

    async def run(self, work: Callable[[AsyncSession], Awaitable[_T]], *, repeatable: bool = False) -> _T:
        """Return what `work` returns, once it is committed; nothing is, if it raises.

        Args:
            work: What is done; it may be begun several times, and is committed once.
            repeatable: It does no more, and returns the same, if it was committed before.

        Raises:
            StoreFailed: The database did not do it; or it is not known whether it did.
        """
        task = asyncio.create_task(self._transact(work, repeatable=repeatable))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Wait for the transactions that are under way, and disconnect."""
        await asyncio.gather(*self._running, return_exceptions=True)
        await self.engine.dispose()

    async def _transact(self, work: Callable[[AsyncSession], Awaitable[_T]], *, repeatable: bool) -> _T:
        clock = asyncio.get_running_loop().time
        deadline, pause, may_be_done = clock() + self._patience, FIRST_PAUSE, False
        while True:
            attempt = _Attempt(self._sessions, may_be_done=may_be_done)
            try:
                return await attempt.make(work)
            except IntegrityError:
                raise  # a bug of the caller
            except DBAPIError as error:
                known = repeatable or not attempt.is_committing
                if not (known and passes(error) and clock() + pause < deadline):
                    raise StoreFailed(type(error.orig).__name__) from error
                _log.warning("the database does not answer (%s); trying again", type(error.orig).__name__)
            except PoolTimeout as error:
                raise StoreFailed(type(error).__name__) from error
            may_be_done = may_be_done or attempt.is_committing
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


class _Attempt:
    """One attempt at a transaction; knows whether the server was asked to commit it."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession], *, may_be_done: bool) -> None:
        self._sessions = sessions
        self._info = {_MAY_BE_DONE: may_be_done}
        self.is_committing = False

    async def make(self, work: Callable[[AsyncSession], Awaitable[_T]]) -> _T:
        async with self._sessions(info=self._info) as session:
            result = await work(session)
            await session.flush()
            self.is_committing = True
            await session.commit()
            return result


class SqlStore:
    """The base of the stores."""

    def __init__(self, database: Database) -> None:
        self.database = database


_Method = Callable[Concatenate[_S, AsyncSession, _P], Coroutine[Any, Any, _T]]
_Whole = Callable[Concatenate[_S, _P], Coroutine[Any, Any, _T]]


def transaction(method: _Method[_S, _P, _T]) -> _Whole[_S, _P, _T]:
    """Make a store's method one transaction: callers leave its `session` out.

    The method raises `StoreFailed` when the database fails.
    """
    return _whole(method, repeatable=False)


def repeatable(method: _Method[_S, _P, _T]) -> _Whole[_S, _P, _T]:
    """Make a store's method a transaction that does no more, and returns the same, if it is done again."""
    return _whole(method, repeatable=True)


def _whole(method: _Method[_S, _P, _T], *, repeatable: bool) -> _Whole[_S, _P, _T]:
    @wraps(method)
    async def whole(self: _S, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        def work(session: AsyncSession) -> Coroutine[Any, Any, _T]:
            return method(self, session, *args, **kwargs)

        return await self.database.run(work, repeatable=repeatable)

    return whole


def may_be_done(session: AsyncSession) -> bool:
    """Whether this very transaction may have been committed before, by an attempt that had no answer."""
    return bool(session.info[_MAY_BE_DONE])


async def alone(session: AsyncSession) -> None:
    """Let a transaction that decides by what it reads go on when no other such one does.

    On SQLite each transaction has the right to write from its beginning. On PostgreSQL these take a lock, and
    read afterwards all that was committed before.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(ALONE)
