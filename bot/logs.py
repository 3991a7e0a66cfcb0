"""The log: one line an event, and never a secret in it."""

import logging
import re
from collections.abc import Iterable

_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
_HF_TOKEN = re.compile(r"hf_[A-Za-z0-9]{16,}")  # users' own tokens, which nobody names here, look like this


class Redacting(logging.Formatter):
    """Writes a record with every secret and Hugging Face token in it replaced, in its traceback too.

    Args:
        secrets: What must not be written; empty ones are ignored.
    """

    def __init__(self, secrets: Iterable[str | None]) -> None:
        super().__init__(_FORMAT)
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's text."""
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return _HF_TOKEN.sub("[secret]", text)


def start_logging(level: str, secrets: Iterable[str | None]) -> None:
    """Send the log to standard error.

    Libraries never get below INFO: discord.py writes addresses that hold interaction tokens at DEBUG.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(Redacting(secrets))
    own = logging.getLevelNamesMapping()[level]
    logging.basicConfig(level=max(own, logging.INFO), handlers=[handler])
    for package in ("bot", "cogs"):
        logging.getLogger(package).setLevel(own)
    logging.getLogger("discord.state").setLevel(logging.ERROR)  # it warns of the guilds intent we do not need
