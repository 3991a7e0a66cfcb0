"""A store, on a file and in memory: what is said of one holds for the other."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.engine import Stores, open_store
from bot.storage.jobs import SqlJobStore
from tests.storage.samples import KEY


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
async def stores(url: str) -> AsyncIterator[Stores]:
    """A new database, open."""
    async with open_store(url, [KEY]) as stores:
        yield stores


@pytest.fixture
def store(stores: Stores) -> SqlJobStore:
    """Its jobs."""
    return stores.jobs
