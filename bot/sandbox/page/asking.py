"""Who looks or acts, and where: the part that most requests of the page have in common."""

from collections.abc import Mapping

from bot.sandbox.discord import LoopbackDiscord, Person
from bot.sandbox.discord.model import Channel
from bot.sandbox.page.wrong import Wrong


def person(discord: LoopbackDiscord, user_id: object) -> Person:
    """Return the person with an id.

    Raises:
        Wrong: There is nobody.
    """
    for one in discord.people:
        if str(one.user.id) == user_id:
            return one
    raise Wrong("There is nobody with this id.", 404)


def place(discord: LoopbackDiscord, me: Person, channel_id: object) -> Channel:
    """Return a channel that a person sees.

    Raises:
        Wrong: There is none.
    """
    channel = discord.world.channels.get(number(channel_id))
    if channel is None or not me.sight.views(channel):
        raise Wrong("There is no channel with this id.", 404)
    return channel


def number(value: object) -> int:
    """Return a snowflake.

    Raises:
        Wrong: It is none.
    """
    if not isinstance(value, str) or not value.isdecimal():
        raise Wrong("An id is a string of digits.")
    return int(value)


def field(body: Mapping[str, object], name: str) -> str:
    """Return a text of a request.

    Raises:
        Wrong: It is missing, or no text.
    """
    value = body.get(name)
    if not isinstance(value, str):
        raise Wrong(f"{name} must be a text.")
    return value
