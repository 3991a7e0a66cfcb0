"""Hugging Face's hub: whose a token is, and how much GPU quota its account has left.

A token goes to the hub's own origin and nowhere else, as in `bot.providers.gradio.connection`, whose way to
ask is used: no redirect is followed, answers are bounded, and no error holds what was sent.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from bot.domain.errors import NotAuthenticated, ProviderError, TokenRefused
from bot.ports import Hub
from bot.providers.gradio.connection import Connection
from bot.providers.options import Deadlines, ServiceOptions

CHECK_SECONDS = 10.0  # a user waits for it, once
QUOTA_SECONDS = 1.0  # each picture waits for it
MOST_SECONDS = 1e9  # GPU seconds; more is a number that means something else

# Source: the OpenAPI description of Hugging Face's hub.
_WHO_AM_I = "/api/whoami-v2"
_QUOTA = "/api/spaces/zero-gpu/quota"


class HuggingFaceHub:
    """The hub; see `bot.ports.Hub`."""

    def __init__(self, connection: Connection) -> None:
        """Ask over an open connection; `open_hub` opens one."""
        self._connection = connection

    async def check(self, token: str) -> None:
        """Check that a token is an account's.

        Raises:
            TokenRefused: It is not.
            ProviderError: The hub did not say within `CHECK_SECONDS`; in one of its leaves.
        """
        try:
            await self._ask(token, _WHO_AM_I)
        except NotAuthenticated:
            raise TokenRefused from None

    async def seconds_left(self, token: str) -> float | None:
        """Return the GPU seconds that an account has left, within `QUOTA_SECONDS`; None if nobody says.

        Raises:
            TokenRefused: The token is no account's.
        """
        try:
            async with asyncio.timeout(QUOTA_SECONDS):
                return _current(await self._ask(token, _QUOTA))
        except NotAuthenticated as error:
            if error.status == 401:
                raise TokenRefused from None
            return None  # 403: a token that may draw, and may not ask this
        except (ProviderError, TimeoutError):
            return None

    async def _ask(self, token: str, path: str) -> Any:
        try:
            connection = self._connection.with_token(token)
        except ValueError:  # no token has such characters
            raise TokenRefused from None
        return (await connection.ask("GET", path)).json()


@asynccontextmanager
async def open_hub(endpoint: str, proxy: str | None = None) -> AsyncGenerator[HuggingFaceHub, None]:
    """Open what is needed to ask the hub; it connects when it is asked.

    Args:
        endpoint: Its address, as `https://huggingface.co`.
        proxy: An HTTP proxy for every request; None for none.
    """
    options = ServiceOptions(proxy=proxy, deadlines=Deadlines(idle=CHECK_SECONDS))
    async with Connection.open(endpoint, options) as connection:
        yield HuggingFaceHub(connection)


def _current(answer: Any) -> float | None:
    """Return the seconds left; an answer of another shape says nothing."""
    seconds = answer.get("current") if isinstance(answer, dict) else None
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not abs(seconds) <= MOST_SECONDS:
        return None
    return max(float(seconds), 0.0)  # below zero it says how far a day was overdrawn


_: type[Hub] = HuggingFaceHub
