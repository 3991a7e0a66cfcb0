"""Transactions: each one whole, whatever happens to the task that wanted it."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from bot.domain.errors import StoreFailed

_T = TypeVar("_T")
_P = ParamSpec("_P")
_S = TypeVar("_S", bound="SqlStore")

_ALONE = 1  # the advisory lock's number; nobody else takes one


class Database:
    """An open database.

    A transaction goes on when its caller is cancelled: drivers answer a cancelled query by dropping the
    connection, and the caller could not know whether it had been committed.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        """Use an engine whose database has the schema; its owner disposes of it after `drain`."""
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)
        self._running: set[asyncio.Task[Any]] = set()

    async def run(self, work: Callable[[AsyncSession], Awaitable[_T]]) -> _T:
        """Return what `work` returns, once it is committed; nothing is, if it raises.

        Raises:
            StoreFailed: The database did not do it.
        """
        task = asyncio.create_task(self._transact(work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def drain(self) -> None:
        """Wait for the transactions that are under way."""
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _transact(self, work: Callable[[AsyncSession], Awaitable[_T]]) -> _T:
        try:
            async with self._sessions.begin() as session:
                return await work(session)
        except IntegrityError:
            raise  # a bug of the caller
        except DBAPIError as error:
            raise StoreFailed(type(error.orig).__name__) from error
        except PoolTimeout as error:
            raise StoreFailed(type(error).__name__) from error


class SqlStore:
    """The base of the stores."""

    def __init__(self, database: Database) -> None:
        self.database = database


def transaction(
    method: Callable[Concatenate[_S, AsyncSession, _P], Coroutine[Any, Any, _T]],
) -> Callable[Concatenate[_S, _P], Coroutine[Any, Any, _T]]:
    """Make a store's method one transaction: callers leave its `session` out.

    The method raises `StoreFailed` when the database fails.
    """

    @wraps(method)
    async def whole(self: _S, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        return await self.database.run(lambda session: method(self, session, *args, **kwargs))

    return whole


async def alone(session: AsyncSession) -> None:
    """Let a transaction that decides by what it reads go on when no other such one does.

    On SQLite each transaction has the right to write from its beginning. On PostgreSQL these take a lock, and
    read afterwards all that was committed before; there is but one lock, which nobody takes in a wrong order.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(select(func.pg_advisory_xact_lock(_ALONE)))
