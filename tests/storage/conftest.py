"""A store on SQLite and on PostgreSQL: what is said of one holds for the other."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.storage.engine import Stores, open_store
from bot.storage.jobs import SqlJobStore
from tests.postgresql import Server
from tests.storage.samples import KEY


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database of a test is, if it is a file."""
    return tmp_path / "imagine.db"


@pytest.fixture
def file_url(file: Path) -> str:
    """The address of a database in a file."""
    return f"sqlite:///{file}"


@pytest.fixture(scope="session")
def template(postgresql: Server) -> Iterator[str | None]:
    """The name of a PostgreSQL database with the schema and no rows, to be copied."""
    with postgresql.database() as url:
        asyncio.run(_open_once(url))
        yield make_url(url).database


async def _open_once(url: str) -> None:
    async with open_store(url):
        pass


@pytest.fixture
def postgresql_url(postgresql: Server, template: str) -> Iterator[str]:
    """The address of a new database on PostgreSQL."""
    with postgresql.database(template) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def lasting_url(request: pytest.FixtureRequest) -> str:
    """The address of a new database that outlives whoever opens it."""
    lasting: str = request.getfixturevalue("file_url" if request.param == "sqlite" else "postgresql_url")
    return lasting


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of a new database."""
    if request.param == "memory":
        return "sqlite://"
    lasting: str = request.getfixturevalue("file_url" if request.param == "sqlite" else "postgresql_url")
    return lasting


@pytest.fixture
async def stores(url: str) -> AsyncIterator[Stores]:
    """A new database, open."""
    async with open_store(url, [KEY]) as stores:
        yield stores


@pytest.fixture
def store(stores: Stores) -> SqlJobStore:
    """Its jobs."""
    return stores.jobs
