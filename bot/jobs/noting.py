"""Writing down what may be lost without harm to anybody."""

import logging
from collections.abc import Awaitable

from bot.domain.errors import StoreFailed

_log = logging.getLogger(__name__)


async def noted(writing: Awaitable[object]) -> None:
    """Write something down; a store that fails keeps no picture from its user."""
    try:
        await writing
    except StoreFailed as error:
        _log.error("the store failed: %r", error)
