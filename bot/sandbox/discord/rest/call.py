"""A request without HTTP, its answer, and the table that joins them to a handler."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.sandbox.discord import errors
from bot.sandbox.discord.core import Core
from bot.sandbox.discord.drafts import Upload
from bot.sandbox.discord.model import Channel
from bot.sandbox.discord.wire import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request.

    Attributes:
        path: Without `/api/v10`.
        params: The path's variable parts, by name.
        body: The JSON body, or the `payload_json` of a multipart one; None without a body.
        uploads: The files of a multipart body.
        now: When it is judged, seconds since the epoch.
    """

    method: str
    path: str
    params: dict[str, str]
    query: dict[str, str]
    body: Any
    uploads: list[Upload] = field(default_factory=list)
    now: float = 0.0

    @property
    def fields(self) -> Json:
        """The body as an object.

        Raises:
            ApiError: It is none.
        """
        if self.body is None:
            return {}
        if not isinstance(self.body, dict):
            raise errors.invalid((), "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
        return self.body

    def number(self, name: str) -> int:
        """Return a snowflake of the path.

        Raises:
            ApiError: 400/50035, it is not a number.
        """
        value = self.params[name]
        if not value.isdigit():
            raise errors.invalid((name,), "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')
        return int(value)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the client gets: JSON, or nothing with a 204."""

    body: Any = None
    status: int = 200


NOTHING = Answer(None, 204)
Handler: TypeAlias = Callable[[Core, Call], Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path pattern like `/users/{user_id}`.

    Attributes:
        open: Whether it works without a bot token, because the path holds a secret.
    """

    method: str
    pattern: str
    handler: Handler
    open: bool = False

    def match(self, path: str) -> dict[str, str] | None:
        """Return the variable parts of a path, or None if it is another route's."""
        expression = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.pattern)
        found = re.fullmatch(expression, path)
        return found.groupdict() if found else None


def find(routes: list[Route], method: str, path: str) -> tuple[Route, dict[str, str]]:
    """Return the first route that fits, with the path's variable parts.

    Raises:
        ApiError: 404 or 405.
    """
    fitting = [(route, params) for route in routes if (params := route.match(path)) is not None]
    for route, params in fitting:
        if route.method == method:
            return route, params
    raise errors.method_not_allowed() if fitting else errors.not_found()


def channel_of(core: Core, call: Call) -> Channel:
    """Return the channel that a path names.

    Raises:
        ApiError: 404/10003.
    """
    channel = core.world.channels.get(call.number("channel_id"))
    if channel is None:
        raise errors.unknown(10003, "Channel")
    return channel
