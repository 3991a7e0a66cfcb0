"""Whether a request is Discord's, and what to do with what it brings.

Pure: the headers, the body and the moment are arguments. Only what Discord has signed is read at all.
"""

import json
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

Json: TypeAlias = dict[str, Any]

SIGNATURE: Final = "X-Signature-Ed25519"
TIMESTAMP: Final = "X-Signature-Timestamp"
WINDOW: Final = 60.0  # seconds; an interaction is void after three, the rest is for clocks that differ

_HEX_SIGNATURE: Final = re.compile(r"[0-9a-fA-F]{128}")
_UNIX_SECONDS: Final = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Forged:
    """The request is not Discord's, or not of now."""


@dataclass(frozen=True, slots=True)
class Garbled:
    """Discord has signed it, and it is no interaction."""


@dataclass(frozen=True, slots=True)
class Ping:
    """Discord asks whether anybody is here."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """The interaction was here before."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """An interaction, for the first time.

    Attributes:
        interaction: What INTERACTION_CREATE would bring; it holds a token.
    """

    interaction: Json


Judgement: TypeAlias = Forged | Garbled | Ping | Repeated | Arrived


class Verifier:
    """Judges requests, and remembers the interactions for as long as they could be sent again.

    Args:
        public_key: The application's, 64 hexadecimal digits.
    """

    def __init__(self, public_key: str) -> None:
        self._key = VerifyKey(bytes.fromhex(public_key))
        self._seen: set[str] = set()
        self._line: deque[tuple[float, str]] = deque()

    def judge(self, headers: Mapping[str, str], body: bytes, now: float) -> Judgement:
        """Say what a request is.

        Args:
            headers: The request's; their names in any case, if the mapping allows it.
            body: The request's, to the byte.
            now: Unix time in seconds.
        """
        signature, timestamp = headers.get(SIGNATURE, ""), headers.get(TIMESTAMP, "")
        if not self._is_signed(signature, timestamp, body) or abs(now - int(timestamp)) > WINDOW:
            return Forged()
        match _decoded(body):
            case {"type": 1}:
                return Ping()
            case {"type": int(), "id": str(number)} as interaction:
                return Arrived(interaction) if self._is_new(number, now) else Repeated()
            case _:
                return Garbled()

    def _is_signed(self, signature: str, timestamp: str, body: bytes) -> bool:
        if not (_HEX_SIGNATURE.fullmatch(signature) and _UNIX_SECONDS.fullmatch(timestamp)):
            return False
        try:
            self._key.verify(timestamp.encode() + body, bytes.fromhex(signature))
        except BadSignatureError:
            return False
        return True

    def _is_new(self, number: str, now: float) -> bool:
        """Note an interaction until no request with it can be of now any more; say whether it was new."""
        while self._line and self._line[0][0] < now - 2 * WINDOW:
            self._seen.discard(self._line.popleft()[1])
        if number in self._seen:
            return False
        self._seen.add(number)
        self._line.append((now, number))
        return True


def _decoded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None
