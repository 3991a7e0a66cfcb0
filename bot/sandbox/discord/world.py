"""The whole of this Discord: one application, its guilds, people, messages, commands, interactions.

Pure state: no sockets and no clock; whoever changes it says when.
"""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Sequence

from bot.sandbox.discord.interaction import Interaction, InteractionType
from bot.sandbox.discord.model import Attachment, Channel, ChannelType, Guild, Member, Message, Role, User
from bot.sandbox.discord.permissions import EVERYONE, EVERYTHING, Overwrite, Permission, resolve
from bot.sandbox.discord.rules import Rules
from bot.sandbox.discord.snowflake import Snowflakes
from bot.sandbox.discord.wire import Json

DIRECT = Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES | Permission.EMBED_LINKS | Permission.ATTACH_FILES


class World:
    """Everything that this Discord remembers.

    Attributes:
        rules: The numbers that are enforced; replaced as a whole.
        bot: The application's account; its id is the application's id.
        owner: Who registered the application and owns the guilds.
        token: The bot's token; its first part is the application's id, as real tokens have it.
        commands: Registered commands by guild id, None for the global ones, by command id.
        interactions: By token.
        origin: Where the CDN is reached, like `http://127.0.0.1:1234`.
    """

    def __init__(self, now: float, *, rules: Rules | None = None, name: str = "imagine") -> None:
        self.rules = rules or Rules()
        self.snowflakes = Snowflakes()
        self.origin = "http://127.0.0.1"
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.messages: dict[int, Message] = {}
        self.attachments: dict[int, Attachment] = {}
        self.commands: dict[int | None, dict[int, Json]] = {None: {}}
        self.interactions: dict[str, Interaction] = {}
        self.entitlements: list[Json] = []
        self.bot = self.add_user(name, now, bot=True)
        self.owner = self.add_user("owner", now)
        self.token = f"{urlsafe_b64encode(str(self.bot.id).encode()).decode().rstrip('=')}.loopback.secret"

    def add_user(
        self,
        name: str,
        now: float,
        *,
        bot: bool = False,
        locale: str = "en-US",
        upload_limit: int | None = None,
    ) -> User:
        """Register an account."""
        user = User(
            id=self.snowflakes.next(now), name=name, bot=bot, locale=locale, upload_limit=upload_limit
        )
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, now: float, *, locale: str = "en-US") -> Guild:
        """Found a guild that has installed the application; its owner and the bot are members."""
        guild = Guild(
            id=self.snowflakes.next(now), name=name, owner=self.owner, created_at=now, locale=locale
        )
        self.guilds[guild.id] = guild
        guild.roles[guild.id] = Role(id=guild.id, name="@everyone", permissions=int(EVERYONE), position=0)
        self.join(guild, self.owner, now)
        self.join(guild, self.bot, now, permissions=int(EVERYONE))
        return guild

    def add_role(
        self,
        guild: Guild,
        name: str,
        now: float,
        *,
        permissions: int = 0,
        color: int = 0,
        bot_id: int | None = None,
    ) -> Role:
        """Create a role; `color` is 0xRRGGBB, and a role with a bot's id belongs to that bot alone."""
        role = Role(
            id=self.snowflakes.next(now), name=name, permissions=permissions, color=color, bot_id=bot_id
        )
        guild.roles[role.id] = role
        return role

    def join(self, guild: Guild, user: User, now: float, *, permissions: int = 0) -> Member:
        """Make a user a member; permissions beyond @everyone's come as a role of the same name."""
        member = Member(user=user, joined_at=now)
        guild.members[user.id] = member
        if permissions:
            bot_id = user.id if user.bot else None
            role = self.add_role(guild, user.name, now, permissions=permissions, bot_id=bot_id)
            member.role_ids.append(role.id)
        return member

    def add_channel(
        self,
        guild: Guild,
        name: str,
        now: float,
        *,
        kind: ChannelType = ChannelType.TEXT,
        nsfw: bool = False,
        parent: Channel | None = None,
    ) -> Channel:
        """Open a channel: a category, a text channel, in a category or in none, or a thread of one."""
        channel = Channel(
            id=self.snowflakes.next(now),
            kind=kind,
            name=name,
            guild_id=guild.id,
            parent_id=parent.id if parent else None,
            nsfw=parent.nsfw if parent and kind is ChannelType.THREAD else nsfw,
            position=len(guild.channels),
            created_at=now,
        )
        guild.channels[channel.id] = self.channels[channel.id] = channel
        return channel

    def direct(self, user: User, now: float) -> Channel:
        """Return the conversation between a user and the bot, opened on first use."""
        for channel in self.channels.values():
            if channel.recipients == [user]:
                return channel
        channel = Channel(
            id=self.snowflakes.next(now),
            kind=ChannelType.DM,
            name=user.name,
            created_at=now,
            recipients=[user],
        )
        self.channels[channel.id] = channel
        return channel

    def private(self, users: Sequence[User], now: float) -> Channel:
        """Open a conversation of people, two or more of them, in which the bot is not."""
        channel = Channel(
            id=self.snowflakes.next(now),
            kind=ChannelType.DM if len(users) == 2 else ChannelType.GROUP_DM,
            name=", ".join(user.name for user in users),
            created_at=now,
            recipients=list(users),
        )
        self.channels[channel.id] = channel
        return channel

    def forbid(self, channel: Channel, permissions: int, *, user: User | None = None) -> None:
        """Deny permissions in a guild's channel, to @everyone or to one user."""
        target = user.id if user else channel.guild_id or 0
        channel.overwrites.append(Overwrite(target, deny=permissions, member=user is not None))

    def permissions(self, user: User, channel: Channel) -> int:
        """Return what a user may do in a channel; nothing where they are no member."""
        if channel.guild_id is None:
            is_there = user in channel.recipients or (user is self.bot and not channel.private)
            return int(DIRECT) if is_there else 0
        guild = self.guilds[channel.guild_id]
        member = guild.members.get(user.id)
        if member is None:
            return 0
        base = self.base_permissions(member, guild)
        is_thread = channel.kind is ChannelType.THREAD
        place = self.channels[channel.parent_id or 0] if is_thread else channel
        return resolve(
            base, place.overwrites, guild_id=guild.id, role_ids=set(member.role_ids), user_id=member.user.id
        )

    def base_permissions(self, member: Member, guild: Guild) -> int:
        """Return what a member may do in a guild before its channels bend it."""
        base = guild.roles[guild.id].permissions
        for role_id in member.role_ids:
            base |= guild.roles[role_id].permissions
        is_almighty = member.user is guild.owner or base & Permission.ADMINISTRATOR
        return int(EVERYTHING) if is_almighty else base

    def open_interaction(
        self,
        kind: InteractionType,
        user: User,
        channel: Channel,
        data: Json,
        now: float,
        *,
        upload_limit: int,
        source: Message | None = None,
        metadata: Json | None = None,
        user_install: bool = False,
    ) -> Interaction:
        """Return a new, unanswered interaction; a subscriber's upload limit counts if it is higher.

        Into a conversation of people, only a person can have brought the application.
        """
        part = Interaction(
            id=self.snowflakes.next(now),
            token=secrets.token_urlsafe(48),
            kind=kind,
            user=user,
            channel=channel,
            guild=self.guilds.get(channel.guild_id or 0),
            data=data,
            created_at=now,
            upload_limit=max(upload_limit, user.upload_limit or 0),
            source=source,
            metadata=metadata or {},
            user_install=user_install or channel.private,
        )
        self.interactions[part.token] = part
        return part

    def add_message(self, message: Message) -> None:
        """Put a new message at the end of its channel."""
        self.messages[message.id] = message
        message.channel.messages.append(message)

    def timeline(self, channel: Channel) -> Iterable[Message]:
        """Yield a channel's messages, oldest first, without deleted ones."""
        return (one for one in channel.messages if not one.deleted)

    def command(self, name: str, kind: int, guild_id: int | None) -> Json | None:
        """Return a registered command as a guild's members find it: the guild's own before the global one."""
        for scope in (guild_id, None):
            for command in self.commands.get(scope, {}).values():
                if command["name"] == name and command["type"] == kind:
                    return command
        return None
