"""The `data` of a command: a slash with options, or an entry of the "Apps" menu with its target."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.discord.model import Channel, Message, User
from bot.sandbox.discord.people import options
from bot.sandbox.discord.people.refused import Refused
from bot.sandbox.discord.people.sight import Sight
from bot.sandbox.discord.validation.commands import MESSAGE, SLASH, USER
from bot.sandbox.discord.wire import Json


def slash(sight: Sight, place: Channel, typed: str, values: Mapping[str, Any], *, checked: bool) -> Json:
    """Return the data of a slash command.

    Args:
        sight: Whose screen it is.
        place: Where it is typed.
        typed: The command's name, with its subcommands after blanks.
        values: By option.
        checked: False sends what no client would.

    Raises:
        Refused: Discord's client would not offer or send this.
    """
    name, *path = typed.split()
    resolver = sight.resolver(place)
    command = sight.command(name, SLASH, place)
    filled = options.fill(command, path, values, resolver.convert, checked=checked)
    return _named(command) | {"options": filled} | resolver.part


def unfinished(sight: Sight, place: Channel, typed: str, option: str, values: Mapping[str, Any]) -> Json:
    """Return the data of a slash command while one of its options is typed into.

    Raises:
        Refused: The option suggests nothing.
    """
    name, *path = typed.split()
    part: Json = sight.command(name, SLASH, place)
    for step in (*path, option):
        part = next((one for one in part.get("options") or [] if one["name"] == step), {})
    if not part.get("autocomplete"):
        raise Refused(f"{option} suggests nothing")
    data = slash(sight, place, typed, values, checked=False)
    filled = data["options"]
    for _ in path:
        filled = filled[0]["options"]
    next(one for one in filled if one["name"] == option)["focused"] = True
    return data


def on_message(sight: Sight, name: str, message: Message) -> Json:
    """Return the data of a message's menu entry.

    Raises:
        Refused: It is not offered.
    """
    command = sight.command(name, MESSAGE, message.channel)
    seen = {str(message.id): sight.core.render(message)}
    return _named(command) | {"target_id": str(message.id), "resolved": {"messages": seen}}


def on_user(sight: Sight, name: str, place: Channel, user: User) -> Json:
    """Return the data of a person's menu entry.

    Raises:
        Refused: It is not offered.
    """
    resolver = sight.resolver(place)
    command = sight.command(name, USER, place)
    target = resolver.convert(options.OptionType.USER, user)
    return _named(command) | {"target_id": target} | resolver.part


def _named(command: Json) -> Json:
    shown: Json = {key: command[key] for key in ("id", "name", "type")}
    return shown | ({"guild_id": command["guild_id"]} if "guild_id" in command else {})
