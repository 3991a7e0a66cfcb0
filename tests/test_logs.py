"""The log: what happened, and never a secret."""

import logging
import sys

from bot.logs import Redacting


def written(message: str, *, error: BaseException | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("bot", logging.INFO, __file__, 1, message, None, info)
    return Redacting(["tok3n", None, ""]).format(record)


def test_a_line_has_its_message() -> None:
    assert written("a picture was drawn").endswith("bot: a picture was drawn")


def test_a_secret_in_a_message_is_replaced() -> None:
    assert "tok3n" not in written("Authorization: Bearer tok3n")


def test_a_secret_in_a_traceback_is_replaced() -> None:
    try:
        raise ValueError("tok3n")
    except ValueError:
        text = written("failed", error=sys.exc_info()[1])

    assert "tok3n" not in text
    assert "ValueError: [secret]" in text


def test_a_token_of_hugging_face_is_replaced_whosever_it_is() -> None:
    line = written("linked hf_AbCdEfGhIjKlMnOpQrStUvWxYz01234567, checked at hf_endpoint")

    assert line.endswith("linked [secret], checked at hf_endpoint")
