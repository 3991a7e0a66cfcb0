"""SQLite is for one process: it has one writer, and who watches a job must be the one that runs it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import ArgumentError

from bot.domain.errors import StoreFailed, StoreInUse
from bot.storage.sqlite import database_file


@contextmanager
def only_process(url: str) -> Iterator[None]:
    """Be the only process that runs jobs of an SQLite file; PostgreSQL is for any number of them.

    The lock is the operating system's, on a file beside the database, and ends with the process however that
    ends. Symbolic links to a database lead to the same lock; hard ones do not, and SQLite does without them.
    Source: https://www.sqlite.org/howtocorrupt.html, "Multiple links to the same file"

    Raises:
        StoreInUse: Another process is.
        StoreFailed: The lock cannot be made.
    """
    try:
        file = database_file(url)
    except ArgumentError as error:
        raise StoreFailed(type(error).__name__) from error
    if file is None:
        yield
        return
    try:
        lock = os.open(f"{os.path.realpath(file)}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreFailed(type(error).__name__) from error
    try:
        _lock(lock)
        yield
    finally:
        os.close(lock)


def _lock(descriptor: int) -> None:
    import fcntl  # noqa: PLC0415 # Unix has it, and a database in memory is for every system

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise StoreInUse from error
