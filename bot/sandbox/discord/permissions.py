"""Who may do what where: Discord's permission bits and how a channel bends them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntFlag


class Permission(IntFlag):
    """The permissions that matter to an application that posts pictures.

    Source: Discord's documentation, topics/permissions, "Bitwise Permission Flags".
    """

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    USE_APPLICATION_COMMANDS = 1 << 31
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40
    USE_EXTERNAL_APPS = 1 << 50


EVERYTHING = Permission((1 << 53) - 1)
EVERYONE = (
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.USE_EXTERNAL_APPS
)
"""What a new guild's @everyone may do, as far as it matters here."""


@dataclass(frozen=True, slots=True)
class Overwrite:
    """A channel's exception for a role or a member.

    Attributes:
        target_id: The role or the user; the guild's own id means @everyone.
        allow: Bits granted.
        deny: Bits taken.
        member: True when the target is a user, False when it is a role.
    """

    target_id: int
    allow: int = 0
    deny: int = 0
    member: bool = False


def resolve(
    base: int, overwrites: Iterable[Overwrite], *, guild_id: int, role_ids: set[int], user_id: int
) -> int:
    """Return the permissions of a member in a channel.

    Source: Discord's documentation, topics/permissions, "Permission Overwrites".

    Args:
        base: The union of the member's roles' permissions.
        overwrites: The channel's exceptions.
        guild_id: Also the id of the role @everyone.
        role_ids: The member's roles, without @everyone.
        user_id: The member.
    """
    if base & Permission.ADMINISTRATOR:
        return int(EVERYTHING)
    known = list(overwrites)
    for wanted in (
        [o for o in known if not o.member and o.target_id == guild_id],
        [o for o in known if not o.member and o.target_id in role_ids],
        [o for o in known if o.member and o.target_id == user_id],
    ):
        for overwrite in wanted:
            base &= ~overwrite.deny
        for overwrite in wanted:
            base |= overwrite.allow
    return base
