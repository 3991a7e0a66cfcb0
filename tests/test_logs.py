"""The log: what happened, to which job, and never a secret."""

import asyncio
import json
import logging
import sys
from typing import Any

import pytest
from structlog.contextvars import bound_contextvars

from bot.config import LOG_FORMATS
from bot.logs import Redacting


def written(message: str, *, error: BaseException | None = None, form: str = "console") -> str:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("bot", logging.INFO, __file__, 1, message, None, info)
    return Redacting(["tok3n", None, "", 'pass"wörd\\'], form).format(record)


def as_json(message: str, *, error: BaseException | None = None) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(written(message, error=error, form="json"))
    return read


def test_a_line_has_its_message() -> None:
    assert written("a picture was drawn").endswith("bot: a picture was drawn")


def test_a_line_says_what_job_it_is_about() -> None:
    with bound_contextvars(job="a1"):
        line = written("a picture was drawn")

    assert line.endswith("bot: a picture was drawn (job a1)")


async def test_what_a_job_starts_is_about_the_job_and_what_goes_on_beside_it_is_not() -> None:
    async def write() -> str:
        return written("a picture was drawn")

    with bound_contextvars(job="a1"):
        inside = asyncio.create_task(write())
    outside = asyncio.create_task(write())

    assert (await inside).endswith("(job a1)")
    assert (await outside).endswith("drawn")


def test_a_record_is_one_line_of_json_with_the_job() -> None:
    with bound_contextvars(job="a1"):
        line = written("a picture\nwas drawn", form="json")
    read = json.loads(line)
    del read["timestamp"]

    assert "\n" not in line
    assert read == {"event": "a picture\nwas drawn", "level": "info", "logger": "bot", "job": "a1"}


def test_a_traceback_is_a_field_of_json() -> None:
    try:
        raise ValueError("a fox")
    except ValueError:
        read = as_json("failed", error=sys.exc_info()[1])

    assert read["exception"].endswith("ValueError: a fox")


@pytest.mark.parametrize("form", LOG_FORMATS)
def test_a_secret_in_a_message_is_replaced(form: str) -> None:
    assert "tok3n" not in written("Authorization: Bearer tok3n", form=form)


@pytest.mark.parametrize("form", LOG_FORMATS)
def test_a_secret_that_json_writes_otherwise_is_replaced(form: str) -> None:
    line = written('http://me:pass"wörd\\@proxy', form=form)

    assert "wörd" not in line
    assert "http://me:[secret]@proxy" in line


@pytest.mark.parametrize("form", LOG_FORMATS)
def test_a_secret_in_a_traceback_is_replaced(form: str) -> None:
    try:
        raise ValueError("tok3n")
    except ValueError:
        text = written("failed", error=sys.exc_info()[1], form=form)

    assert "tok3n" not in text
    assert "ValueError: [secret]" in text


@pytest.mark.parametrize("form", LOG_FORMATS)
def test_a_secret_that_a_job_is_called_is_replaced(form: str) -> None:
    with bound_contextvars(job="tok3n"):
        assert "tok3n" not in written("a picture was drawn", form=form)


def test_a_token_of_hugging_face_is_replaced_whosever_it_is() -> None:
    line = written("linked hf_AbCdEfGhIjKlMnOpQrStUvWxYz01234567, checked at hf_endpoint")

    assert line.endswith("linked [secret], checked at hf_endpoint")
