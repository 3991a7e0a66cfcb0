"""Which permissions the bot lacks where it is asked to draw.

They are looked at before any GPU time is spent.
"""

from collections.abc import Mapping

# Source: Discord's documentation, topics/permissions, "Bitwise Permission Flags".
_BITS: Mapping[str, int] = {
    "view_channel": 1 << 10,
    "send_messages": 1 << 11,
    "embed_links": 1 << 14,
    "attach_files": 1 << 15,
    "send_messages_in_threads": 1 << 38,
}
_ADMINISTRATOR = 1 << 3

INVITE = sum(_BITS.values())  # what a server that invites the bot has to give it


def missing(app_permissions: int, *, is_thread: bool) -> tuple[str, ...]:
    """Return Discord's names of the permissions that a reply needs and the bot does not have.

    Args:
        app_permissions: The bits that the interaction brings: what the bot may do in this channel.
        is_thread: Whether the channel is a thread, which has a permission to write of its own.
    """
    if app_permissions & _ADMINISTRATOR:
        return ()
    unneeded = "send_messages" if is_thread else "send_messages_in_threads"
    return tuple(name for name, bit in _BITS.items() if name != unneeded and not app_permissions & bit)
