"""Where the bot may be used at all: what servers install, what users install, and direct messages.

In a server that has not installed the bot, or in a conversation of users, it is a guest: whatever it says is
for its user alone.
"""

# Source: Discord's documentation, interactions/receiving-and-responding, "Interaction Contexts" and
# "Authorizing Integration Owners Object"; resources/application, "Installation Context".

from dataclasses import dataclass
from enum import Enum

from bot.domain.errors import HouseRule


class Where(Enum):
    """What kind of place an interaction comes from."""

    SERVER = "server"  # it has installed the bot
    FOREIGN = "foreign"  # a server that has not; the user has
    DIRECT = "direct"  # the user's own conversation with the bot
    PRIVATE = "private"  # a conversation of users; the bot is not in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What the operator allows beyond servers that have installed the bot.

    Attributes:
        direct_messages: Whether the bot may be used in direct messages.
        user_install: Whether users may install it for themselves, and bring it along wherever they write.
    """

    direct_messages: bool = False
    user_install: bool = False


def where(*, is_guild: bool, is_bot_dm: bool, is_guild_install: bool) -> Where:
    """Return what kind of place an interaction comes from.

    Args:
        is_guild: Whether it comes from a server.
        is_bot_dm: Whether it comes from a conversation with the bot.
        is_guild_install: Whether Discord names that very server as one of those that authorized it.
    """
    if is_guild:
        return Where.SERVER if is_guild_install else Where.FOREIGN
    return Where.DIRECT if is_bot_dm else Where.PRIVATE


def check_reach(place: Where, reach: Reach) -> bool:
    """Check that the bot may be used at a place; return whether only its user may see what it says.

    Raises:
        HouseRule: It may not.
    """
    allowed = {
        Where.SERVER: True,
        Where.FOREIGN: reach.user_install,
        Where.DIRECT: reach.direct_messages,
        Where.PRIVATE: reach.user_install,
    }
    if not allowed[place]:
        raise HouseRule
    return place in {Where.FOREIGN, Where.PRIVATE}
