"""Who a message pings: what its text names, less what `allowed_mentions` holds back.

Source: Discord's documentation, resources/message, "Allowed Mentions Object".
"""

import re
from collections.abc import Callable

from bot.sandbox.discord import errors
from bot.sandbox.discord.model import Message, User
from bot.sandbox.discord.wire import Json

_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_EVERYONE = re.compile(r"@(everyone|here)\b")


def check(allowed: Json | None) -> None:
    """Refuse `parse` together with the list that it makes pointless.

    Raises:
        ApiError: 400/50035.
    """
    for kind in ("users", "roles"):
        if allowed and kind in (allowed.get("parse") or []) and allowed.get(kind):
            code = "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"
            raise errors.invalid(
                ("allowed_mentions",), code, f"parse: {kind} and {kind}: [] are mutually exclusive."
            )


def ping(message: Message, text: str, allowed: Json | None, find: Callable[[int], User | None]) -> None:
    """Note on the message whom its text pings.

    Args:
        message: Its `mentions`, `mention_roles` and `mention_everyone` are replaced.
        text: Everything the message says.
        allowed: `allowed_mentions`, or None where the application left it out: then everything pings.
        find: Looks up a user.
    """
    users = [found for number in _numbers(_USER, text) if (found := find(number))]
    message.mentions = [user for user in users if _passes(allowed, "users", user.id)]
    message.mention_roles = [role for role in _numbers(_ROLE, text) if _passes(allowed, "roles", role)]
    message.mention_everyone = bool(_EVERYONE.search(text)) and _passes(allowed, "everyone", 0)


def _numbers(pattern: re.Pattern[str], text: str) -> list[int]:
    return list(dict.fromkeys(int(found) for found in pattern.findall(text)))


def _passes(allowed: Json | None, kind: str, number: int) -> bool:
    if allowed is None or kind in (allowed.get("parse") or []):
        return True
    return str(number) in {str(one) for one in allowed.get(kind) or []}
