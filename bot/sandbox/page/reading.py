"""What the page asks when it opens: the world, a channel's messages, the commands."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from bot.sandbox.discord import LoopbackDiscord, Person
from bot.sandbox.discord.model import Channel, Message
from bot.sandbox.discord.wire import Json
from bot.sandbox.page import views

MOST = 100  # messages an answer may have, as at Discord


def messages(discord: LoopbackDiscord, me: Person, channel: Channel, before: int | None, limit: int) -> Json:
    """Return the last messages that a person sees before one, oldest first, and whether there are more.

    Args:
        discord: Where.
        me: Who looks.
        channel: Where in it.
        before: A message's id; None for the end.
        limit: Messages, 1 to 100.
    """
    found = list(islice(_backwards(me, channel, before), min(max(limit, 1), MOST) + 1))
    shown = found[: min(max(limit, 1), MOST)]
    return {
        "messages": [views.message(discord.core, one) for one in reversed(shown)],
        "more": len(found) > len(shown),
    }


def _backwards(me: Person, channel: Channel, before: int | None) -> Iterator[Message]:
    known = channel.messages
    end = len(known) if before is None else bisect_left(known, before, key=lambda one: one.id)
    for index in range(end - 1, -1, -1):
        if not known[index].deleted and me.sight.sees(known[index]):
            yield known[index]
