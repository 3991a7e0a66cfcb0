"""Request Guild Members (op 8). Pure. Source: events/gateway-events, "Request Guild Members"."""

from bot.sandbox.discord.model import Guild
from bot.sandbox.discord.payloads.guilds import member
from bot.sandbox.discord.wire import Json


def chunk(guild: Guild, request: Json) -> Json:
    """Return GUILD_MEMBERS_CHUNK's data: the members asked for by id or by the beginning of a name."""
    asked = request.get("user_ids") or []
    wanted = {int(one) for one in (asked if isinstance(asked, list) else [asked])}
    query = str(request.get("query") or "")
    found = [
        one
        for one in guild.members.values()
        if (one.user.id in wanted if wanted else one.user.name.startswith(query))
    ]
    data: Json = {
        "guild_id": str(guild.id),
        "members": [member(one) for one in found],
        "chunk_index": 0,
        "chunk_count": 1,
        "not_found": [str(one) for one in wanted - set(guild.members)],
    }
    return data | ({"nonce": request["nonce"]} if request.get("nonce") else {})
