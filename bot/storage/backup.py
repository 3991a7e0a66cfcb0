"""A consistent copy of an SQLite database, while the bot goes on writing."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.exc import ArgumentError

from bot.domain.errors import BackupRefused
from bot.storage.sqlite import BUSY_SECONDS, database_file


def backup(url: str, target: Path) -> int:
    """Write all that is committed into a new file, for its owner's eyes alone.

    What was deleted is not in it. Source: https://www.sqlite.org/lang_vacuum.html

    Args:
        url: The database.
        target: The file, which there must not be yet.

    Returns:
        Its size in bytes.

    Raises:
        BackupRefused: There is no such file, and nothing was written.
    """
    source = _source(url)
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as error:
        raise BackupRefused("exists") from error
    except OSError as error:
        raise BackupRefused("failed") from error
    try:
        _copy(source, target)
    except BaseException:
        target.unlink()
        raise
    return target.stat().st_size


def _source(url: str) -> Path:
    try:
        file = database_file(url)
    except ArgumentError as error:
        raise BackupRefused("not a file") from error
    if file is None:
        raise BackupRefused("not a file")
    if not Path(file).exists():
        raise BackupRefused("no database")
    return Path(file).absolute()


def _copy(source: Path, target: Path) -> None:
    try:
        with closing(
            sqlite3.connect(f"{source.as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)
        ) as database:
            database.execute("VACUUM INTO ?", (str(target),))
        with target.open("rb") as copy:
            os.fsync(copy.fileno())  # SQLite leaves that to its caller
    except (sqlite3.Error, OSError) as error:
        raise BackupRefused("failed") from error
