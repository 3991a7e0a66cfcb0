"""Ids that carry their time, as Discord makes them.

Unique and rising, whatever the clock does.
"""

EPOCH = 1420070400.0  # seconds; the first second of 2015, Discord's zero
SHIFT = 22  # bits below the milliseconds: worker, process and increment


class Snowflakes:
    """A source of ids."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, now: float) -> int:
        """Return a new id, greater than every one before.

        Args:
            now: Seconds since the epoch.
        """
        self._last = max(int((now - EPOCH) * 1000) << SHIFT, self._last + 1)
        return self._last


def shard(guild_id: int, shards: int) -> int:
    """Return the shard that hears of a guild.

    Source: Discord's documentation, events/gateway, "Sharding formula".
    """
    return (guild_id >> SHIFT) % shards
