"""Tokens and prompts stay in the database: no log, no error and no printed value has them."""

import logging
import traceback
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.errors import StoreFailed
from bot.storage.engine import Stores, open_store
from bot.storage.rows import job_row
from bot.storage.schema import TokenRow
from bot.storage.vault import Vault
from tests.storage.raw import say
from tests.storage.samples import KEY, PLACE, job

TOKEN = "hf_secret-token"


async def test_a_row_is_printed_without_its_token() -> None:
    assert "secret-token" not in repr(job_row(job(place=PLACE)))


async def test_not_even_the_loudest_log_has_a_token(
    lasting_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with open_store(lasting_url, [KEY]) as stores:
        await stores.jobs.add(job(place=PLACE))
        await stores.jobs.set_place("fox", PLACE)
        await stores.jobs.get("fox")
        await stores.tokens.link(10, TOKEN)
        await stores.tokens.linked(10)
        await stores.tokens.forget(10, TOKEN)

    assert "secret-token" not in caplog.text
    assert KEY not in caplog.text


async def test_no_file_of_the_database_has_a_users_token(file_url: str, file: Path) -> None:
    async with open_store(file_url, [KEY]) as stores:
        await stores.tokens.link(10, TOKEN)
        while_open = b"".join(path.read_bytes() for path in file.parent.iterdir())
    afterwards = b"".join(path.read_bytes() for path in file.parent.iterdir())

    for written in (while_open, afterwards):
        assert b"gAAAA" in written  # how Fernet's tokens begin
        assert b"secret-token" not in written
        assert KEY.encode() not in written


async def test_what_keeps_tokens_is_printed_without_them(stores: Stores) -> None:
    await stores.tokens.link(10, TOKEN)
    row = TokenRow(user_id=10, sealed=Vault([KEY]).seal(10, TOKEN))
    printed = repr((stores, stores.tokens, vars(stores.tokens), Vault([KEY]), row))

    for secret in ("secret-token", KEY, "gAAAA"):
        assert secret not in printed


async def test_an_error_has_no_token(lasting_url: str) -> None:
    async with open_store(lasting_url, [KEY]) as stores:
        await stores.jobs.add(job(place=PLACE))
        with pytest.raises(IntegrityError) as twice:
            await stores.jobs.add(job(place=PLACE))
        say(lasting_url, "ALTER TABLE jobs DROP COLUMN locale")
        with pytest.raises(StoreFailed) as broken:
            await stores.jobs.add(job("owl", place=PLACE))

        say(lasting_url, "ALTER TABLE tokens RENAME COLUMN sealed TO broken")
        with pytest.raises(StoreFailed) as unlinked:
            await stores.tokens.link(10, TOKEN)

    for caught in (twice, broken, unlinked):
        assert "secret-token" not in "".join(traceback.format_exception(caught.value))
