"""Whose GPU quota is used, and how much of it is known to be left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """An account at the image service.

    Attributes:
        id: Its name in the store and the log, which tells nothing of the token.
        token: Its Hugging Face token; None for the address of the machine. Secret.
        user_id: The user who linked it, and whose pictures alone it draws; None for the operator's.
    """

    id: str
    token: str | None = field(default=None, repr=False)
    user_id: int | None = None

    @property
    def is_own(self) -> bool:
        """Whether a user linked it."""
        return self.user_id is not None


def operators(tokens: Iterable[str]) -> tuple[Credential, ...]:
    """Return the operator's credentials, each token once; without any, the machine's address is one."""
    known = tuple(Credential(id=f"token-{_digest(token)}", token=token) for token in dict.fromkeys(tokens))
    return known or (Credential(id=ANONYMOUS),)


def users(user_id: int, token: str) -> Credential:
    """Return the credential that a user linked; another token of theirs is another credential."""
    return Credential(id=f"user-{user_id}-{_digest(token)}", token=token, user_id=user_id)


def in_order(credentials: Iterable[Credential], left: Mapping[str, float]) -> list[Credential]:
    """Return credentials in the order in which they are used: the user's own first, then the most quota left.

    Args:
        credentials: Those that may be used.
        left: GPU seconds left, by credential; one that is not in it may have any, and comes before those with
            none.
    """
    return sorted(credentials, key=lambda one: (not one.is_own, -left.get(one.id, 1.0)))


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()[:12]
