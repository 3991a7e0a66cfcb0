"""What REST, the gateway and the people share: the world, the rules, the clock, and how change is told."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.discord.bell import Bell
from bot.sandbox.discord.endpoint import Endpoint
from bot.sandbox.discord.gateway.server import Gateway
from bot.sandbox.discord.gateway.session import Event, Intent
from bot.sandbox.discord.journal import Journal, MessageChanged
from bot.sandbox.discord.model import Message, Snapshot
from bot.sandbox.discord.payloads import messages
from bot.sandbox.discord.rules import Rules
from bot.sandbox.discord.wire import Json
from bot.sandbox.discord.world import World

BLANK: Json = {"content": "", "embeds": [], "attachments": [], "components": []}
"""What is left of other people's messages without the intent MESSAGE_CONTENT."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """The shared parts.

    Attributes:
        clock: Returns seconds since the epoch.
        journal: What has changed.
    """

    world: World
    clock: Callable[[], float]
    journal: Journal
    gateway: Gateway
    endpoint: Endpoint

    @property
    def rules(self) -> Rules:
        """The numbers that are enforced now."""
        return self.world.rules

    @property
    def bell(self) -> Bell:
        """Rung after every change."""
        return self.journal.bell

    def render(self, message: Message) -> Json:
        """Return a message's payload as of now."""
        return messages.message(message, self.world.origin, self.clock())

    def posted(self, message: Message) -> Json:
        """Tell everyone of a new message, and return its payload."""
        self.world.add_message(message)
        return self._tell("MESSAGE_CREATE", message)

    def edited(self, message: Message) -> Json:
        """Tell everyone that a message has changed, and return its payload."""
        return self._tell("MESSAGE_UPDATE", message)

    def deleted(self, message: Message) -> None:
        """Take a message away."""
        message.deleted = True
        message.history.append(Snapshot(self.clock(), None))
        data: Json = {"id": str(message.id), "channel_id": str(message.channel.id)}
        self._publish("MESSAGE_DELETE", message, data)

    def _tell(self, name: str, message: Message) -> Json:
        payload = self.render(message)
        message.history.append(Snapshot(self.clock(), payload))
        self._publish(name, message, payload)
        return payload

    def _publish(self, name: str, message: Message, data: Json) -> None:
        """No event tells of messages that one person alone sees, or of where the application is not."""
        self.journal.note(MessageChanged(message.id))
        if message.visible_to is not None or message.channel.private:
            return
        guild_id = message.channel.guild_id
        intent = Intent.GUILD_MESSAGES if guild_id else Intent.DIRECT_MESSAGES
        where: Json = {"guild_id": str(guild_id)} if guild_id else {}
        if guild_id and not message.author.bot and not self.rules.privileged_intents & Intent.MESSAGE_CONTENT:
            data = data | BLANK if "content" in data else data
        self.gateway.publish(Event(name=name, data=data | where, guild_id=guild_id, intent=intent))
