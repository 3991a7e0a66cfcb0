"""What discord.py's requests meet on the wire: the headers of their answers, and their failures.

The only module of delivery that knows aiohttp, which is what discord.py speaks HTTP with: a client made with
`http_trace=wire.trace()` reports each request to the one who listens in the task that makes it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Protocol

import aiohttp
import discord

from bot.delivery.pace import Answer
from bot.delivery.verdict import Refusal

_RETRIED = (54, 10054)  # "connection reset" of macOS and Windows, after which discord.py tries again


class Listener(Protocol):
    """Who wants to know of requests; discord.py makes several of one when Discord asks it to wait."""

    def began(self) -> None:
        """A request sets out."""
        ...

    def answered(self, answer: Answer) -> None:
        """Discord answered it."""
        ...

    def failed(self) -> None:
        """No answer comes, and discord.py does not try again."""
        ...


_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


class Refused(Exception):
    """A request failed.

    Attributes:
        refusal: How.
    """

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


def trace() -> aiohttp.TraceConfig:
    """Return what makes a client report its requests: its `http_trace`."""
    config = aiohttp.TraceConfig()
    config.on_request_start.append(_report_start)
    config.on_request_end.append(_report_answer)
    config.on_request_exception.append(_report_failure)
    return config


async def _report_start(
    _: aiohttp.ClientSession, __: SimpleNamespace, ___: aiohttp.TraceRequestStartParams
) -> None:
    if listener := _listener.get():
        listener.began()


async def _report_answer(
    _: aiohttp.ClientSession, __: SimpleNamespace, ended: aiohttp.TraceRequestEndParams
) -> None:
    if listener := _listener.get():
        listener.answered(Answer.read(ended.response.status, ended.response.headers))


async def _report_failure(
    _: aiohttp.ClientSession, __: SimpleNamespace, failed: aiohttp.TraceRequestExceptionParams
) -> None:
    is_retried = isinstance(failed.exception, OSError) and failed.exception.errno in _RETRIED
    if (listener := _listener.get()) and not is_retried:
        listener.failed()


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Tell a listener of the requests within, and raise their failures as one kind.

    Raises:
        Refused: Discord said no, or nothing at all.
    """
    token = _listener.set(listener)
    try:
        yield
    except discord.HTTPException as error:
        raise Refused(Refusal(error.status, error.code)) from error
    except discord.RateLimited as error:
        raise Refused(Refusal(429, retry_after=error.retry_after)) from error
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise Refused(Refusal(None)) from error
    finally:
        _listener.reset(token)
