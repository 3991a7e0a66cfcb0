"""What the page shows of people, places and requests, in its own JSON. Pure."""

import re
from collections.abc import Iterable

from bot.sandbox.discord import Permission, Person
from bot.sandbox.discord.buckets import Grant
from bot.sandbox.discord.core import Core
from bot.sandbox.discord.locales import LOCALES
from bot.sandbox.discord.model import Channel, ChannelType, Guild, Message, Role
from bot.sandbox.discord.wire import Json
from bot.sandbox.discord.world import World

_TOKEN = re.compile(r"(/(?:webhooks|interactions)/\d+/[^/]{6})[^/]+")


def world(core: Core, me: Person, people: Iterable[Person]) -> Json:
    """Return everything around the messages, as a person finds it."""
    guild = me.guild
    places = [one for one in _in_order(guild) if me.sight.views(one)]
    return {
        "me": person(core.world, me),
        "bot": {"id": str(core.world.bot.id), "name": core.world.bot.name},
        "people": [person(core.world, one) for one in people],
        "roles": [role(one) for one in assignable(guild).values()],
        "locales": list(LOCALES),
        "servers": [{"id": str(guild.id), "name": guild.name, "channels": [channel(one) for one in places]}],
        "direct": channel(me.dm, name=core.world.bot.name),
    }


def person(known: World, one: Person) -> Json:
    """Return somebody, with what they may do in the server."""
    member = one.guild.members[one.user.id]
    rights = known.base_permissions(member, one.guild)
    return {
        "id": str(one.user.id),
        "name": one.user.name,
        "title": _title(rights),
        "locale": one.user.locale,
        "roles": [str(role_id) for role_id in member.role_ids],
        "permissions": str(rights),
    }


def _title(rights: int) -> str:
    if rights & Permission.ADMINISTRATOR:
        return "Administrator"
    return "Moderator" if rights & Permission.MANAGE_MESSAGES else "Member"


def assignable(guild: Guild) -> dict[str, Role]:
    """Return the roles that a person may be given, by id."""
    roles = (one for one in guild.roles.values() if one.id != guild.id and one.bot_id is None)
    return {str(one.id): one for one in roles}


def role(one: Role) -> Json:
    """Return a role."""
    return {
        "id": str(one.id),
        "name": one.name,
        "color": f"#{one.color:06x}",
        "permissions": str(one.permissions),
    }


def channel(one: Channel, *, name: str | None = None) -> Json:
    """Return a channel; a conversation is named for whoever is at its other end."""
    return {
        "id": str(one.id),
        "name": name or one.name,
        "type": int(one.kind),
        "nsfw": one.nsfw,
        "parent_id": str(one.parent_id) if one.parent_id else None,
        "server_id": str(one.guild_id) if one.guild_id else None,
    }


def _in_order(guild: Guild) -> list[Channel]:
    """Each thread stands below its channel; categories are not shown."""
    places = guild.channels.values()
    tops = sorted((one for one in places if one.kind is ChannelType.TEXT), key=lambda one: one.position)
    return [one for top in tops for one in (top, *(one for one in places if one.parent_id == top.id))]


def message(core: Core, one: Message) -> Json:
    """Return a message as it is now."""
    return core.render(one) | {"deferred": one.loading}


def request(row: Json) -> Json:
    """Return a row of the request log: no bodies, and no token that opens anything."""
    shown: Json = {key: row[key] for key in ("at", "seconds", "method", "status", "remaining")}
    return shown | {"path": shortened(row["path"])}


def bucket(route: str, grant: Grant, now: float) -> Json:
    """Return a rate limit's bucket; after its window it is full again."""
    return {
        "route": shortened(route),
        "limit": grant.limit,
        "remaining": grant.remaining if now < grant.reset_at else grant.limit,
        "reset_at": grant.reset_at,
    }


def shortened(path: str) -> str:
    """Return a path with six characters of its token, enough to tell one from another."""
    return _TOKEN.sub(r"\1…", path)
