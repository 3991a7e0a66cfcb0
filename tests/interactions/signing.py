"""Requests as Discord signs them, or as somebody else would."""

import json
from typing import Any

from nacl.signing import SigningKey

DISCORD = SigningKey(bytes(range(32)))
SOMEBODY = SigningKey(bytes(range(1, 33)))
PUBLIC_KEY = bytes(DISCORD.verify_key).hex()
NOW = 1_700_000_000.0


def encoded(payload: Any) -> bytes:
    return json.dumps(payload).encode()


def signed(body: bytes, *, at: float = NOW, key: SigningKey = DISCORD) -> dict[str, str]:
    """Return the headers that go with a body."""
    timestamp = str(int(at))
    signature = key.sign(timestamp.encode() + body).signature
    return {"X-Signature-Ed25519": signature.hex(), "X-Signature-Timestamp": timestamp}
