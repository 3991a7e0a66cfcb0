"""INTERACTION_CREATE, the event by which a person's action reaches the application."""

from bot.sandbox.discord.interaction import Interaction, InteractionType
from bot.sandbox.discord.model import Channel
from bot.sandbox.discord.payloads.guilds import channel, member
from bot.sandbox.discord.payloads.messages import message
from bot.sandbox.discord.payloads.users import user
from bot.sandbox.discord.permissions import Permission
from bot.sandbox.discord.wire import Json
from bot.sandbox.discord.world import World

GUILD_INSTALL, USER_INSTALL = "0", "1"
IN_GUILD, IN_BOT_DM, IN_PRIVATE_CHANNEL = 0, 1, 2
# Source: Discord's documentation, interactions/receiving-and-responding, note on `app_permissions`.
APP_IN_DIRECT = Permission.ATTACH_FILES | Permission.EMBED_LINKS | Permission.MENTION_EVERYONE


def interaction(part: Interaction, world: World, now: float) -> Json:
    """Return the complete event's data.

    Source: Discord's documentation, interactions/receiving-and-responding, "Interaction Structure".
    """
    rights = world.permissions(part.user, part.channel)
    payload: Json = {
        "id": str(part.id),
        "application_id": str(world.bot.id),
        "type": int(part.kind),
        "token": part.token,
        "version": 1,
        "data": part.data,
        "channel_id": str(part.channel.id),
        "channel": channel(part.channel, permissions=rights),
        "app_permissions": str(
            world.permissions(world.bot, part.channel) if part.guild else int(APP_IN_DIRECT)
        ),
        "locale": part.user.locale,
        "entitlements": [one for one in world.entitlements if one["user_id"] == str(part.user.id)],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": owners(part),
        "context": context(part.channel),
        "attachment_size_limit": part.upload_limit,
    }
    if part.source is not None:
        payload["message"] = message(part.source, world.origin, now)
    return payload | _who(part, rights)


def _who(part: Interaction, rights: int) -> Json:
    if part.guild is None:
        return {"user": user(part.user)}
    return {
        "guild_id": str(part.guild.id),
        "guild": {"id": str(part.guild.id), "locale": part.guild.locale, "features": []},
        "guild_locale": part.guild.locale,
        "member": member(part.guild.members[part.user.id], permissions=rights),
    }


def context(place: Channel) -> int:
    """Return in what kind of place an interaction is.

    Source: Discord's documentation, interactions/receiving-and-responding, "Interaction Context Types".
    """
    if place.guild_id is not None:
        return IN_GUILD
    return IN_PRIVATE_CHANNEL if place.private else IN_BOT_DM


def owners(part: Interaction) -> dict[str, str]:
    """Return who installed the application, by kind of installation; "0" stands for the bot's own DM."""
    if part.user_install:
        return {USER_INSTALL: str(part.user.id)}
    return {GUILD_INSTALL: str(part.guild.id) if part.guild else "0"}


def metadata(part: Interaction) -> Json:
    """Return the `interaction_metadata` of the answers to an interaction."""
    known: Json = {
        "id": str(part.id),
        "type": int(part.kind),
        "user": user(part.user),
        "authorizing_integration_owners": owners(part),
    }
    if part.kind is InteractionType.COMPONENT and part.source is not None:
        known["interacted_message_id"] = str(part.source.id)
    return known | part.metadata
