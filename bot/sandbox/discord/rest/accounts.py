"""Who am I, where is the gateway, who are they."""

from bot.sandbox.discord import errors
from bot.sandbox.discord.core import Core
from bot.sandbox.discord.payloads import guilds, users
from bot.sandbox.discord.rest.call import Answer, Call, Route


def me(core: Core, _: Call) -> Answer:
    """The bot's own account."""
    return Answer(users.me(core.world.bot))


def my_guilds(core: Core, call: Call) -> Answer:
    """The guilds that the bot is a member of, by their ids."""
    # Source: resources/user, "Get Current User Guilds"
    world = core.world
    joined = [guild for number, guild in sorted(world.guilds.items()) if world.bot.id in guild.members]
    later = [guild for guild in joined if guild.id > int(call.query.get("after") or 0)]
    return Answer([guilds.listed(guild, world) for guild in later[: int(call.query.get("limit") or 200)]])


def application(core: Core, _: Call) -> Answer:
    """The bot's application."""
    endpoint = {"verify_key": core.endpoint.public_key, "interactions_endpoint_url": core.endpoint.url}
    return Answer(users.application(core.world) | endpoint)


def gateway(core: Core, _: Call) -> Answer:
    """Where the gateway is."""
    return Answer({"url": core.gateway.url})


def gateway_bot(core: Core, _: Call) -> Answer:
    """Where the gateway is, and how many may come at once."""
    limit = {
        "total": 1000,
        "remaining": 1000,
        "reset_after": 86_400_000,
        "max_concurrency": core.rules.max_concurrency,
    }
    return Answer({"url": core.gateway.url, "shards": core.rules.shards, "session_start_limit": limit})


def user(core: Core, call: Call) -> Answer:
    """Somebody's account."""
    found = core.world.users.get(call.number("user_id"))
    if found is None:
        raise errors.unknown(10013, "User")
    return Answer(users.user(found))


def open_direct(core: Core, call: Call) -> Answer:
    """The conversation with a person."""
    found = core.world.users.get(int(call.fields.get("recipient_id") or 0))
    if found is None or found.bot:
        raise errors.ApiError(400, 50033, "Invalid Recipient(s)")
    return Answer(guilds.channel(core.world.direct(found, call.now)))


def entitlements(core: Core, call: Call) -> Answer:
    """What people have bought, all or one person's."""
    wanted = call.query.get("user_id")
    return Answer([one for one in core.world.entitlements if wanted in (None, one["user_id"])])


ROUTES = [
    Route("GET", "/users/@me", me),
    Route("GET", "/users/@me/guilds", my_guilds),
    Route("GET", "/oauth2/applications/@me", application),
    Route("GET", "/applications/@me", application),
    Route("GET", "/gateway", gateway, open=True),
    Route("GET", "/gateway/bot", gateway_bot),
    Route("POST", "/users/@me/channels", open_direct),
    Route("GET", "/users/{user_id}", user),
    Route("GET", "/applications/{application_id}/entitlements", entitlements),
]
