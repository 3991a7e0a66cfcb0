"""A gateway session: who listens, and everything they were told, so that it can be told again. Pure."""

from dataclasses import dataclass, field
from enum import IntEnum, IntFlag

from bot.sandbox.discord.snowflake import shard
from bot.sandbox.discord.wire import Json, encode


class Op(IntEnum):
    """Source: Discord's documentation, topics/opcodes-and-status-codes, "Gateway Opcodes"."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    VOICE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Close(IntEnum):
    """Source: as above, "Gateway Close Event Codes"."""

    NORMAL = 1000
    GOING_AWAY = 1001
    UNKNOWN_ERROR = 4000
    UNKNOWN_OPCODE = 4001
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SEQUENCE = 4007
    TIMED_OUT = 4009
    INVALID_SHARD = 4010
    INVALID_VERSION = 4012
    INVALID_INTENTS = 4013
    DISALLOWED_INTENTS = 4014


class Intent(IntFlag):
    """The intents that decide about the events sent here."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15


PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT
ALL_INTENTS = (1 << 26) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened.

    Attributes:
        name: Like `INTERACTION_CREATE`.
        data: The event's `d`.
        guild_id: Where; None is a direct conversation, which shard 0 hears of.
        intent: What a session must have asked for; 0 reaches everyone.
    """

    name: str
    data: Json
    guild_id: int | None = None
    intent: int = 0


@dataclass(slots=True, kw_only=True)
class Session:
    """One session, connected or not.

    Attributes:
        shard: This shard's number.
        shards: How many there are.
        frames: Every dispatch so far; the first has sequence number 1.
    """

    id: str
    shard: int = 0
    shards: int = 1
    intents: int = 0
    frames: list[bytes] = field(default_factory=list)

    @property
    def sequence(self) -> int:
        """The number of the last dispatch."""
        return len(self.frames)

    def hears(self, guild_id: int | None) -> bool:
        """Say whether a guild, or with None direct conversations, are this shard's."""
        return (shard(guild_id, self.shards) if guild_id else 0) == self.shard

    def wants(self, event: Event) -> bool:
        """Say whether an event is for this session."""
        return self.hears(event.guild_id) and event.intent & self.intents == event.intent

    def record(self, name: str, data: Json) -> bytes:
        """Number an event, remember it, and return its frame."""
        frame = encode({"op": Op.DISPATCH, "t": name, "s": self.sequence + 1, "d": data})
        self.frames.append(frame)
        return frame

    def missed(self, sequence: int) -> list[bytes]:
        """Return the frames after a sequence number."""
        return self.frames[sequence:]


def refusal(intents: object, shards: object, *, privileged: int) -> Close | None:
    """Say why an IDENTIFY's intents or shard cannot be granted, None if they can.

    Args:
        intents: As sent.
        shards: As sent: absent, or `[shard, number of shards]`.
        privileged: The privileged intents that are switched on.
    """
    match shards:
        case None:
            pass
        case [int(number), int(total)] if 0 <= number < total:
            pass
        case _:
            return Close.INVALID_SHARD
    if not isinstance(intents, int) or not 0 <= intents <= ALL_INTENTS:
        return Close.INVALID_INTENTS
    return Close.DISALLOWED_INTENTS if intents & PRIVILEGED & ~privileged else None
