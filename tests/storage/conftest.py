"""A store, on a file and in memory: what is said of one holds for the other."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.engine import open_store
from bot.storage.jobs import SqlJobStore


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database of a test is, if it is a file."""
    return tmp_path / "imagine.db"


@pytest.fixture
def file_url(file: Path) -> str:
    """The address of a database in a file."""
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture(params=["file", "memory"])
def url(request: pytest.FixtureRequest, file_url: str) -> str:
    """The address of a new database."""
    return file_url if request.param == "file" else "sqlite+aiosqlite://"


@pytest.fixture
async def store(url: str) -> AsyncIterator[SqlJobStore]:
    """A new store, open."""
    async with open_store(url) as store:
        yield store
