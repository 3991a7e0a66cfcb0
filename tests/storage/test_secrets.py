"""Tokens and prompts stay in the database: no log, no error and no printed value has them."""

import logging
import sqlite3
import traceback
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.errors import StoreFailed
from bot.storage.engine import open_store
from bot.storage.rows import job_row
from tests.storage.samples import PLACE, job


async def test_a_row_is_printed_without_its_token() -> None:
    assert "secret-token" not in repr(job_row(job(place=PLACE)))


async def test_not_even_the_loudest_log_has_a_token(file_url: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with open_store(file_url) as store:
        await store.add(job(place=PLACE))
        await store.set_place("fox", PLACE)
        await store.get("fox")

    assert "secret-token" not in caplog.text


async def test_an_error_has_no_token(file_url: str, file: Path) -> None:
    async with open_store(file_url) as store:
        await store.add(job(place=PLACE))
        with pytest.raises(IntegrityError) as twice:
            await store.add(job(place=PLACE))
        with closing(sqlite3.connect(file)) as other:
            other.execute("ALTER TABLE jobs DROP COLUMN locale")
        with pytest.raises(StoreFailed) as broken:
            await store.add(job("owl", place=PLACE))

    for caught in (twice, broken):
        assert "secret-token" not in "".join(traceback.format_exception(caught.value))
