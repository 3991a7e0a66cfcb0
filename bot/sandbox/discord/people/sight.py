"""What a person can see and reach: channels, messages, commands."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.sandbox.discord.core import Core
from bot.sandbox.discord.model import Channel, ChannelType, Guild, Message, User
from bot.sandbox.discord.people import reach
from bot.sandbox.discord.people.refused import Refused
from bot.sandbox.discord.people.reply import Reply
from bot.sandbox.discord.people.resolving import Resolver
from bot.sandbox.discord.permissions import Permission
from bot.sandbox.discord.wire import Json

Place: TypeAlias = Channel | str
Seen: TypeAlias = Json | Reply


@dataclass(frozen=True, slots=True)
class Sight:
    """One person's view.

    Attributes:
        guild: Where channel names are looked up.
    """

    core: Core
    user: User
    guild: Guild

    def place(self, channel: Place) -> Channel:
        """Return a channel, by name or as it is.

        Raises:
            Refused: There is none, or the person does not see it.
        """
        known = [channel] if isinstance(channel, Channel) else self.guild.channels.values()
        for place in known:
            if place.kind is not ChannelType.CATEGORY and channel in (place, place.name):
                if self.views(place):
                    return place
                break
        raise Refused(f"{self.user.name} sees no channel {channel}")

    def message(self, seen: Seen) -> Message:
        """Return the message that a payload or a reply shows, as it is now.

        Raises:
            Refused: It is gone, or somebody else's ephemeral one.
        """
        payload = seen.message if isinstance(seen, Reply) else seen
        found = self.core.world.messages.get(int(payload["id"])) if payload else None
        if found is None or found.deleted or not self.sees(found):
            raise Refused(f"{self.user.name} does not see this message")
        return found

    def messages(self, channel: Place) -> list[Json]:
        """Return what is in a channel for this person, oldest first."""
        known = self.core.world.timeline(self.place(channel))
        return [self.core.render(one) for one in known if self.sees(one)]

    def views(self, channel: Channel) -> bool:
        """Say whether the person may look into a channel."""
        return bool(self.core.world.permissions(self.user, channel) & Permission.VIEW_CHANNEL)

    def sees(self, message: Message) -> bool:
        """Say whether a message is meant for the person too."""
        return message.visible_to in (None, self.user.id) and self.views(message.channel)

    def commands(self, channel: Place) -> list[Json]:
        """Return the commands that the person finds in a channel, as registered."""
        place, world = self.place(channel), self.core.world
        scopes = [world.commands.get(scope, {}).values() for scope in (place.guild_id, None)]
        found = {(one["type"], one["name"]): one for scope in reversed(scopes) for one in scope}
        rights = world.permissions(self.user, place)
        return [one for one in found.values() if reach.offers(one, place, rights)]

    def command(self, name: str, kind: int, place: Channel) -> Json:
        """Return the command of a name, as registered.

        Raises:
            Refused: It is not offered to this person here.
        """
        command = self.core.world.command(name, kind, place.guild_id)
        if command is None:
            raise Refused(f"no command {name!r}")
        reach.check(command, place, self.core.world.permissions(self.user, place))
        return command

    def resolver(self, place: Channel) -> Resolver:
        """Return an empty resolver for an interaction in a channel."""
        return Resolver(self.core, self.core.world.guilds.get(place.guild_id or 0), place)
