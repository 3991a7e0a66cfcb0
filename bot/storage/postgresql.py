"""PostgreSQL: what is said to it alone."""

from sqlalchemy import URL, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

POOL = 8  # connections of one process; a server takes 100 as it comes

# Held until a transaction ends. There is but one number, so nobody takes two in a wrong order.
ALONE = select(func.pg_advisory_xact_lock(1))


def open_postgresql(address: URL, queue_seconds: float) -> AsyncEngine:
    """Return an engine; it connects when it is first used.

    Args:
        address: Where the database is.
        queue_seconds: How long a transaction waits for one of the connections.

    Raises:
        ModuleNotFoundError: The driver is not installed.
    """
    return create_async_engine(
        address.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_size=POOL,
        max_overflow=0,
        pool_timeout=queue_seconds,
    )


def passes(error: DBAPIError) -> bool:
    """Whether a transaction that failed with it may succeed a moment later, for nothing of it is kept.

    The server went away or cannot be reached yet (an error without a statement is one of connecting), or it
    gave the transaction up in favour of another one, as class 40 of its codes says.
    Source: https://www.postgresql.org/docs/current/errcodes-appendix.html
    """
    code = getattr(error.orig, "sqlstate", None) or ""
    return error.connection_invalidated or error.statement is None or code.startswith("40")
