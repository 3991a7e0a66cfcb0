"""What Discord remembers: people, places, messages. Data only."""

from dataclasses import dataclass, field
from enum import IntEnum

from bot.sandbox.discord.permissions import Overwrite
from bot.sandbox.discord.wire import Json

EPHEMERAL = 1 << 6
LOADING = 1 << 7
COMPONENTS_V2 = 1 << 15


class ChannelType(IntEnum):
    """The channel types that are furnished here."""

    TEXT = 0
    DM = 1
    GROUP_DM = 3
    CATEGORY = 4
    THREAD = 11


@dataclass(slots=True, kw_only=True)
class User:
    """An account.

    Attributes:
        name: Lower-case, unique.
        locale: The language that the person's client speaks.
        upload_limit: Bytes a file may have in answers to this person; None means the guild's limit.
    """

    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"
    upload_limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A guild's role; the one with the guild's id is @everyone. `color` is 0xRRGGBB, 0 for none."""

    id: int
    name: str
    permissions: int
    position: int = 1
    color: int = 0
    bot_id: int | None = None


@dataclass(slots=True, kw_only=True)
class Member:
    """A user in a guild; `joined_at` in seconds since the epoch."""

    user: User
    joined_at: float
    role_ids: list[int] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Channel:
    """A place for messages.

    Attributes:
        guild_id: None in a direct conversation.
        parent_id: A thread's channel, or a channel's category.
        nsfw: Age-restricted.
        recipients: The people of a conversation outside guilds, without the bot.
        messages: Oldest first, deleted ones too.
    """

    id: int
    kind: ChannelType
    name: str
    guild_id: int | None = None
    parent_id: int | None = None
    nsfw: bool = False
    position: int = 0
    created_at: float = 0.0
    overwrites: list[Overwrite] = field(default_factory=list)
    recipients: list[User] = field(default_factory=list)
    messages: list["Message"] = field(default_factory=list, repr=False, compare=False)

    @property
    def private(self) -> bool:
        """Whether it is a conversation of people, in which the bot is not."""
        return len(self.recipients) > 1


@dataclass(slots=True, kw_only=True)
class Guild:
    """A server, with everything in it."""

    id: int
    name: str
    owner: User
    created_at: float
    locale: str = "en-US"
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Attachment:
    """A file on the CDN."""

    id: int
    channel_id: int
    filename: str
    content_type: str
    data: bytes
    description: str | None = None
    size: tuple[int, int] | None = None
    ephemeral: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A message as it looked from a moment on.

    Attributes:
        at: Seconds since the epoch.
        payload: The message, or None when it was deleted.
    """

    at: float
    payload: Json | None


@dataclass(slots=True, kw_only=True)
class Message:
    """A message and everything it ever was.

    Attributes:
        nonce: What the author named it, so that it is not posted twice.
        visible_to: The only user who sees it when it is ephemeral, else None.
        metadata: `interaction_metadata`, for answers to interactions.
        command: What was used, like "settings limits", when it answers a command.
        history: Every state so far, oldest first.
    """

    id: int
    channel: Channel
    author: User
    created_at: float
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    mentions: list[User] = field(default_factory=list)
    mention_roles: list[int] = field(default_factory=list)
    mention_everyone: bool = False
    nonce: str | int | None = None
    visible_to: int | None = None
    application_id: int | None = None
    by_webhook: bool = False
    metadata: Json | None = None
    command: str | None = None
    edited_at: float | None = None
    deleted: bool = False
    history: list[Snapshot] = field(default_factory=list)

    @property
    def loading(self) -> bool:
        """Whether it still says "is thinking…"."""
        return bool(self.flags & LOADING)

    @property
    def v2(self) -> bool:
        """Whether it is made of components alone."""
        return bool(self.flags & COMPONENTS_V2)
