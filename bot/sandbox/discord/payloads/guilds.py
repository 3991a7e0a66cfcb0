"""Guilds with their roles, members and channels."""

from bot.sandbox.discord.model import Channel, ChannelType, Guild, Member, Role
from bot.sandbox.discord.payloads.users import user
from bot.sandbox.discord.permissions import Overwrite
from bot.sandbox.discord.wire import Json, timestamp
from bot.sandbox.discord.world import World

PLAIN: Json = {
    "icon": None,
    "description": None,
    "home_header": None,
    "splash": None,
    "discovery_splash": None,
    "features": [],
    "banner": None,
    "application_id": None,
    "region": "us-east",
    "afk_channel_id": None,
    "afk_timeout": 300,
    "system_channel_id": None,
    "system_channel_flags": 0,
    "widget_enabled": False,
    "widget_channel_id": None,
    "verification_level": 0,
    "default_message_notifications": 0,
    "mfa_level": 0,
    "explicit_content_filter": 0,
    "max_presences": None,
    "max_members": 500000,
    "max_stage_video_channel_users": 50,
    "max_video_channel_users": 25,
    "vanity_url_code": None,
    "premium_tier": 0,
    "premium_subscription_count": 0,
    "rules_channel_id": None,
    "safety_alerts_channel_id": None,
    "public_updates_channel_id": None,
    "premium_progress_bar_enabled": False,
    "nsfw": False,
    "nsfw_level": 0,
    "emojis": [],
    "stickers": [],
    "incidents_data": None,
}
"""What a guild says about everything that is not furnished here."""


def role(part: Role) -> Json:
    """Return a role."""
    return {
        "id": str(part.id),
        "name": part.name,
        "permissions": str(part.permissions),
        "position": part.position,
        "color": part.color,
        "colors": {"primary_color": part.color, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": part.bot_id is not None,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    } | ({"tags": {"bot_id": str(part.bot_id)}} if part.bot_id else {})


def member(part: Member, *, permissions: int | None = None) -> Json:
    """Return a member; in interactions with the permissions they have in the channel."""
    payload: Json = {
        "user": user(part.user),
        "nick": None,
        "avatar": None,
        "avatar_decoration_data": None,
        "banner": None,
        "collectibles": None,
        "roles": [str(role_id) for role_id in part.role_ids],
        "joined_at": timestamp(part.joined_at),
        "premium_since": None,
        "communication_disabled_until": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }
    return payload if permissions is None else payload | {"permissions": str(permissions)}


def channel(part: Channel, *, permissions: int | None = None) -> Json:
    """Return a channel, thread or direct conversation; in interactions with the person's permissions."""
    payload: Json = {"id": str(part.id), "type": int(part.kind), "flags": 0, "last_message_id": None}
    if permissions is not None:
        payload["permissions"] = str(permissions)
    if part.guild_id is None:
        return payload | _conversation(part)
    payload |= {
        "guild_id": str(part.guild_id),
        "name": part.name,
        "parent_id": str(part.parent_id) if part.parent_id else None,
        "rate_limit_per_user": 0,
    }
    match part.kind:
        case ChannelType.THREAD:
            return payload | _thread(part)
        case ChannelType.CATEGORY:
            return payload | _placed(part)
        case _:
            return payload | _placed(part) | {"topic": None, "last_pin_timestamp": None}


def _conversation(part: Channel) -> Json:
    people: Json = {"recipients": [user(person) for person in part.recipients]}
    if part.kind is ChannelType.DM:
        return people
    return people | {"name": part.name, "icon": None, "owner_id": str(part.recipients[0].id)}


def _placed(part: Channel) -> Json:
    return {
        "position": part.position,
        "nsfw": part.nsfw,
        "permission_overwrites": [_overwrite(overwrite) for overwrite in part.overwrites],
    }


def _overwrite(part: Overwrite) -> Json:
    return {
        "id": str(part.target_id),
        "type": int(part.member),
        "allow": str(int(part.allow)),
        "deny": str(int(part.deny)),
    }


def _thread(part: Channel) -> Json:
    return {
        "owner_id": str(part.id),
        "message_count": 0,
        "member_count": 1,
        "total_message_sent": 0,
        "thread_metadata": {
            "archived": False,
            "archive_timestamp": timestamp(part.created_at),
            "auto_archive_duration": 1440,
            "locked": False,
            "create_timestamp": timestamp(part.created_at),
        },
    }


def guild(part: Guild) -> Json:
    """Return a guild as REST gives it."""
    return PLAIN | {
        "id": str(part.id),
        "name": part.name,
        "owner_id": str(part.owner.id),
        "roles": [role(one) for one in part.roles.values()],
        "preferred_locale": part.locale,
    }


def listed(part: Guild, world: World) -> Json:
    """Return a guild as the list of the bot's own guilds has it."""
    return {
        "id": str(part.id),
        "name": part.name,
        "icon": None,
        "banner": None,
        "owner": part.owner is world.bot,
        "permissions": str(world.base_permissions(part.members[world.bot.id], part)),
        "features": [],
    }


def guild_create(part: Guild, world: World) -> Json:
    """Return GUILD_CREATE's data: the guild, its channels and threads, and the bot among its members."""
    places = part.channels.values()
    return guild(part) | {
        "joined_at": timestamp(part.members[world.bot.id].joined_at),
        "large": False,
        "unavailable": False,
        "member_count": len(part.members),
        "members": [member(part.members[world.bot.id])],
        "channels": [channel(one) for one in places if one.kind is not ChannelType.THREAD],
        "threads": [channel(one) for one in places if one.kind is ChannelType.THREAD],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }
