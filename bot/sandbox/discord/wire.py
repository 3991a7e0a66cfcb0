"""JSON as it travels: the one alias for payloads, and how they become bytes.

Nothing here knows what a payload means.
"""

import json
from datetime import UTC, datetime
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


def encode(value: object) -> bytes:
    """Return compact JSON in UTF-8."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def timestamp(at: float) -> str:
    """Return ISO 8601 with microseconds and an offset, as Discord writes every date.

    Args:
        at: Seconds since the epoch.
    """
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="microseconds")
