"""Channels, guilds, and messages sent with the bot's own token."""

from bot.sandbox.discord import errors
from bot.sandbox.discord.core import Core
from bot.sandbox.discord.drafts import write
from bot.sandbox.discord.model import Channel, ChannelType, Message
from bot.sandbox.discord.payloads import guilds
from bot.sandbox.discord.permissions import Permission
from bot.sandbox.discord.rest.call import NOTHING, Answer, Call, Route, channel_of


def require(core: Core, channel: Channel, wanted: Permission) -> None:
    """Refuse what the bot may not do in a channel.

    Raises:
        ApiError: 403/50001 where it cannot even look, 403/50013 otherwise.
    """
    granted = core.world.permissions(core.world.bot, channel)
    if not granted & Permission.VIEW_CHANNEL:
        raise errors.missing_access()
    if wanted & ~granted:
        raise errors.missing_permissions()


def read_channel(core: Core, call: Call) -> Answer:
    """A channel."""
    channel = channel_of(core, call)
    require(core, channel, Permission.VIEW_CHANNEL)
    return Answer(guilds.channel(channel))


def read_guild(core: Core, call: Call) -> Answer:
    """A guild."""
    guild = core.world.guilds.get(call.number("guild_id"))
    if guild is None:
        raise errors.unknown(10004, "Guild")
    return Answer(guilds.guild(guild))


def read_member(core: Core, call: Call) -> Answer:
    """A member of a guild."""
    guild = core.world.guilds.get(call.number("guild_id"))
    if guild is None:
        raise errors.unknown(10004, "Guild")
    member = guild.members.get(call.number("user_id"))
    if member is None:
        raise errors.unknown(10007, "Member")
    return Answer(guilds.member(member))


def post(core: Core, call: Call) -> Answer:
    """Write a message; under an enforced nonce no second one is made."""
    # Source: resources/message, "Create Message", `enforce_nonce`
    channel, body = channel_of(core, call), call.fields
    threaded = channel.kind is ChannelType.THREAD
    wanted = Permission.SEND_MESSAGES_IN_THREADS if threaded else Permission.SEND_MESSAGES
    require(core, channel, wanted)
    if call.uploads:
        require(core, channel, Permission.ATTACH_FILES)
    if body.get("embeds"):
        require(core, channel, Permission.EMBED_LINKS)
    nonce = body.get("nonce") if body.get("enforce_nonce") else None
    if nonce and (posted := next((one for one in core.world.timeline(channel) if one.nonce == nonce), None)):
        return Answer(core.render(posted))
    message = Message(
        id=core.world.snowflakes.next(call.now),
        channel=channel,
        author=core.world.bot,
        created_at=call.now,
        nonce=nonce,
    )
    _write(core, call, message)
    return Answer(core.posted(message))


def _write(core: Core, call: Call, message: Message) -> None:
    limit = core.rules.upload_limit
    write(message, call.fields, call.uploads, world=core.world, limit=limit, now=call.now)


def _message(core: Core, call: Call) -> Message:
    """Return the message that a path names; ephemeral ones do not exist for the bot's token."""
    channel = channel_of(core, call)
    require(core, channel, Permission.VIEW_CHANNEL)
    message = core.world.messages.get(call.number("message_id"))
    if message is None or message.deleted or message.channel is not channel or message.visible_to is not None:
        raise errors.unknown_message()
    return message


def read_all(core: Core, call: Call) -> Answer:
    """The latest messages, newest first."""
    channel = channel_of(core, call)
    require(core, channel, Permission.VIEW_CHANNEL | Permission.READ_MESSAGE_HISTORY)
    known = [one for one in core.world.timeline(channel) if one.visible_to is None]
    known = [one for one in known if one.id < int(call.query.get("before") or one.id + 1)]
    known = [one for one in known if one.id > int(call.query.get("after") or 0)]
    latest = known[-int(call.query.get("limit") or 50) :]
    return Answer([core.render(one) for one in reversed(latest)])


def read(core: Core, call: Call) -> Answer:
    """One message."""
    return Answer(core.render(_message(core, call)))


def edit(core: Core, call: Call) -> Answer:
    """Change one of the bot's messages."""
    message = _message(core, call)
    if message.author is not core.world.bot:
        raise errors.ApiError(403, 50005, "Cannot edit a message authored by another user")
    _write(core, call, message)
    message.edited_at = call.now
    return Answer(core.edited(message))


def delete(core: Core, call: Call) -> Answer:
    """Delete a message: the bot's own, or anybody's with the permission for it."""
    message = _message(core, call)
    if message.author is not core.world.bot:
        require(core, message.channel, Permission.MANAGE_MESSAGES)
    core.deleted(message)
    return NOTHING


def typing(core: Core, call: Call) -> Answer:
    """Say that the bot is typing."""
    require(core, channel_of(core, call), Permission.SEND_MESSAGES)
    return NOTHING


ROUTES = [
    Route("GET", "/guilds/{guild_id}", read_guild),
    Route("GET", "/guilds/{guild_id}/members/{user_id}", read_member),
    Route("GET", "/channels/{channel_id}", read_channel),
    Route("POST", "/channels/{channel_id}/typing", typing),
    Route("GET", "/channels/{channel_id}/messages", read_all),
    Route("POST", "/channels/{channel_id}/messages", post),
    Route("GET", "/channels/{channel_id}/messages/{message_id}", read),
    Route("PATCH", "/channels/{channel_id}/messages/{message_id}", edit),
    Route("DELETE", "/channels/{channel_id}/messages/{message_id}", delete),
]
