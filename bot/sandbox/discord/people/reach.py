"""Which commands a person finds where. Pure."""

from bot.sandbox.discord.model import Channel
from bot.sandbox.discord.payloads.interactions import USER_INSTALL, context
from bot.sandbox.discord.people.refused import Refused
from bot.sandbox.discord.permissions import Permission
from bot.sandbox.discord.wire import Json


def check(command: Json, channel: Channel, permissions: int) -> None:
    """Check that a client would offer a command.

    Source: Discord's documentation, interactions/application-commands, "Permissions", "Contexts",
    "Age-Restricted Commands".

    Raises:
        Refused: It would not.
    """
    name, private = command["name"], channel.guild_id is None
    if private and command.get("guild_id"):
        raise Refused(f"{name} belongs to one guild")
    contexts = command.get("contexts")
    here = context(channel)
    if (contexts is not None and here not in contexts) or (private and command.get("dm_permission") is False):
        raise Refused(f"{name} is not offered here")
    if channel.private and int(USER_INSTALL) not in (command.get("integration_types") or []):
        raise Refused(f"{name} belongs to guilds")
    if command.get("nsfw") and not (channel.nsfw or private):
        raise Refused(f"{name} is offered in age-restricted channels only")
    if not private:
        _check_permissions(command, permissions)


def offers(command: Json, channel: Channel, permissions: int) -> bool:
    """Say whether a client would offer a command."""
    try:
        check(command, channel, permissions)
    except Refused:
        return False
    return True


def _check_permissions(command: Json, permissions: int) -> None:
    if permissions & Permission.ADMINISTRATOR:
        return
    if not permissions & Permission.USE_APPLICATION_COMMANDS:
        raise Refused("application commands may not be used here")
    required = command.get("default_member_permissions")
    if required is not None and (int(required) == 0 or int(required) & ~permissions):
        raise Refused(f"{command['name']} asks for permissions the person lacks")
