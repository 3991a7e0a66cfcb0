"""What a person chose, as the page sends it: plain, or an object that names somebody, something or a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.discord import File, LoopbackDiscord, Person
from bot.sandbox.discord.drafts import Upload
from bot.sandbox.discord.model import Channel, Role, User
from bot.sandbox.page import asking
from bot.sandbox.page.wrong import Wrong


@dataclass(frozen=True, slots=True)
class Values:
    """Reads the values of one request.

    Attributes:
        uploads: The files that came with it.
    """

    discord: LoopbackDiscord
    me: Person
    uploads: list[Upload]

    def named(self, given: object) -> dict[str, Any]:
        """Return values by name, as a person's actions take them; a list stays one.

        Raises:
            Wrong: One of them cannot be read.
        """
        if not isinstance(given, Mapping):
            raise Wrong("Values come as an object.")
        return {
            name: self.several(value) if isinstance(value, list) else self.one(value)
            for name, value in given.items()
        }

    def several(self, given: object) -> list[Any]:
        """Return a list of values.

        Raises:
            Wrong: As above.
        """
        if not isinstance(given, list):
            raise Wrong("values must be a list.")
        return [self.one(value) for value in given]

    def one(self, value: object) -> Any:
        """Return a value.

        Raises:
            Wrong: It names what is not there.
        """
        readers: dict[str, Callable[[Any], object]] = {
            "user": self._user,
            "channel": self._channel,
            "role": self._role,
            "file": self._file,
        }
        match value:
            case dict() if len(value) == 1 and (kind := next(iter(value))) in readers:
                return readers[kind](value[kind])
            case str() | int() | float() | None:
                return value
        raise Wrong("A value is plain, or names one user, channel, role or file.")

    def _user(self, user_id: object) -> User:
        found = self.discord.world.users.get(asking.number(user_id))
        if found is None or found.id not in self.me.guild.members:
            raise Wrong("There is nobody with this id.")
        return found

    def _channel(self, channel_id: object) -> Channel:
        return asking.place(self.discord, self.me, channel_id)

    def _role(self, role_id: object) -> Role:
        found = self.me.guild.roles.get(asking.number(role_id))
        if found is None:
            raise Wrong("There is no role with this id.")
        return found

    def _file(self, index: object) -> File:
        for upload in self.uploads:
            if upload.index == index:
                return File(upload.filename, upload.data)
        raise Wrong("The file did not come with the request.")
