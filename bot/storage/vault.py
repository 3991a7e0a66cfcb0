"""Seals what is secret for the database: encrypted, and good for one user's row alone."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class Vault:
    """Seals with the first of some keys, and opens with any of them."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take keys, the one to seal with first.

        Args:
            keys: One or more, each 32 bytes as url-safe base64. Secret.

        Raises:
            ValueError: One of them is none; the message does not hold it.
        """
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, user_id: int, secret: str) -> bytes:
        """Return a secret, encrypted together with whose it is: in another user's row it means nothing."""
        return self._fernet.encrypt(f"{user_id}:{secret}".encode())

    def open(self, user_id: int, sealed: bytes) -> str | None:
        """Return a user's secret; None if no key opens it, or it is another user's."""
        try:
            owner, _, secret = self._fernet.decrypt(sealed).decode().partition(":")
        except InvalidToken:
            return None
        return secret if owner == str(user_id) else None

    def renewed(self, sealed: bytes) -> bytes:
        """Return what was sealed, sealed with the first key; as it is if no key opens it."""
        try:
            return self._fernet.rotate(sealed)
        except InvalidToken:
            return sealed
