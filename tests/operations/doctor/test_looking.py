"""Looking at a database, of each kind, without changing it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.revisions import Revisions
from bot.storage.engine import open_store
from bot.storage.looking import look
from bot.storage.migrating import newest
from tests.postgresql import Server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/imagine.db"
        return
    server = request.getfixturevalue("postgresql")
    assert isinstance(server, Server)
    with server.database() as address:
        yield address


async def test_an_empty_database_has_no_revision_and_stays_empty(url: str) -> None:
    for _ in range(2):
        assert await look(url) == Revisions(found=None, newest=newest())


async def test_a_database_that_is_used_is_of_the_newest_revision(url: str) -> None:
    async with open_store(url):
        assert await look(url) == Revisions(found=newest(), newest=newest())


async def test_a_database_without_a_file_is_always_new() -> None:
    assert await look("sqlite://") == Revisions(found=None, newest=newest())
