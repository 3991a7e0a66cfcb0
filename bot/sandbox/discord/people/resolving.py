"""Turning what a person chose (people, channels, roles, files) into ids and the `resolved` object."""

from dataclasses import dataclass, field
from mimetypes import guess_type
from typing import Any

from bot.sandbox.discord.core import Core
from bot.sandbox.discord.drafts import pixels, safe_name
from bot.sandbox.discord.model import Attachment, Channel, Guild, Role, User
from bot.sandbox.discord.payloads import guilds, users
from bot.sandbox.discord.payloads.messages import attachment
from bot.sandbox.discord.people.refused import Refused
from bot.sandbox.discord.wire import Json


@dataclass(frozen=True, slots=True)
class File:
    """A file that a person uploads."""

    filename: str
    data: bytes


@dataclass(slots=True)
class Resolver:
    """Collects the objects behind the ids of one interaction.

    Attributes:
        resolved: By kind, then by id.
    """

    core: Core
    guild: Guild | None
    channel: Channel
    resolved: Json = field(default_factory=dict)

    @property
    def part(self) -> Json:
        """What goes with the ids in an interaction's data; empty where they have nothing behind them."""
        return {"resolved": self.resolved} if self.resolved else {}

    def convert(self, _: int, value: Any) -> Any:
        """Return what is sent for a value: plain ones as they are, everything else as an id."""
        match value:
            case User():
                return self._user(value)
            case Channel():
                rights = self.core.world.permissions(self.core.world.bot, value)
                return self._note("channels", value.id, guilds.channel(value, permissions=rights))
            case Role():
                return self._note("roles", value.id, guilds.role(value))
            case File():
                return self._file(value)
            case object(user=User() as account):
                return self._user(account)
        return value

    def _note(self, kind: str, number: int, payload: Json) -> str:
        self.resolved.setdefault(kind, {})[str(number)] = payload
        return str(number)

    def _user(self, account: User) -> str:
        if self.guild and account.id in self.guild.members:
            rights = self.core.world.permissions(account, self.channel)
            member = guilds.member(self.guild.members[account.id], permissions=rights)
            left_out = ("user", "deaf", "mute")  # Source: "Resolved Data Structure"
            self._note("members", account.id, {k: v for k, v in member.items() if k not in left_out})
        return self._note("users", account.id, users.user(account))

    def _file(self, file: File) -> str:
        if len(file.data) > self.core.rules.upload_limit:
            raise Refused(f"{file.filename} is too large")
        now, world = self.core.clock(), self.core.world
        stored = Attachment(
            id=world.snowflakes.next(now),
            channel_id=self.channel.id,
            filename=safe_name(file.filename),
            content_type=guess_type(file.filename)[0] or "application/octet-stream",
            data=file.data,
            size=pixels(file.data),
            ephemeral=True,
        )
        world.attachments[stored.id] = stored
        return self._note("attachments", stored.id, attachment(stored, world.origin, now))
