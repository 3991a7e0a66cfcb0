"""Server-sent events: what has changed, for one person, as long as the page is open.

Source: HTML Living Standard, "Server-sent events".
"""

from collections.abc import Iterator
from contextlib import suppress

from aiohttp import web

from bot.sandbox.discord import LoopbackDiscord, Person
from bot.sandbox.discord.journal import (
    Change,
    CommandsChanged,
    GatewayChanged,
    MessageChanged,
    PeopleChanged,
    RequestLogged,
    TooFarBehind,
)
from bot.sandbox.discord.wire import Json, encode
from bot.sandbox.page import views

RETRY = b"retry: 1000\n\n"  # milliseconds after which a page whose line was cut comes back
HEARTBEAT = 15.0  # seconds of silence after which a comment shows that the line is alive


async def stream(
    request: web.Request, discord: LoopbackDiscord, me: Person, headers: dict[str, str]
) -> web.StreamResponse:
    """Tell a page what changes until it leaves or the server stops."""
    response = web.StreamResponse(headers=headers | {"Content-Type": "text/event-stream; charset=utf-8"})
    await response.prepare(request)
    journal = discord.core.journal
    position = _resumed(request)
    with suppress(ConnectionError):  # the page has gone
        await response.write(RETRY)
        if position is None:
            position = journal.position
            await response.write(_event(position, "hello", {}))
        while not journal.closed:
            frames, position = _missed(discord, me, position)
            if frames:
                await response.write(frames)
                continue
            try:
                await journal.wait(position, HEARTBEAT)
            except TimeoutError:
                await response.write(b": alive\n\n")
    return response


def _resumed(request: web.Request) -> int | None:
    last = request.headers.get("Last-Event-ID", "")
    return int(last) if last.isdecimal() else None


def _missed(discord: LoopbackDiscord, me: Person, position: int) -> tuple[bytes, int]:
    """Return the events after a position, and the position after them."""
    journal = discord.core.journal
    now = journal.position
    try:
        changes = journal.since(position)
    except TooFarBehind:
        return _event(now, "reset", {}), now
    told = ((at, *told) for at, change in changes for told in _told(discord, me, change))
    return b"".join(_event(at, name, data) for at, name, data in told), now


def _told(discord: LoopbackDiscord, me: Person, change: Change) -> Iterator[tuple[str, Json]]:
    """Yield what a person may know of a change."""
    match change:
        case MessageChanged():
            message = discord.world.messages[change.message_id]
            if not me.sight.sees(message):
                return
            if message.deleted:
                yield "gone", {"id": str(message.id), "channel_id": str(message.channel.id)}
            else:
                yield "message", views.message(discord.core, message)
        case CommandsChanged():
            yield "commands", {}
        case PeopleChanged():
            yield "people", {}
        case RequestLogged():
            yield "request", views.request(change.row)
        case GatewayChanged():
            yield "gateway", {"connected": len(discord.gateways)}


def _event(position: int, name: str, data: Json) -> bytes:
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (position, name.encode(), encode(data))
