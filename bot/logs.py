"""The log: one record an event, with the job that it is about, and never a secret in it."""

import json
import logging
import re
from collections.abc import Iterable, Mapping
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_HF_TOKEN = re.compile(r"hf_[A-Za-z0-9]{16,}")  # users' own tokens, which nobody names here, look like this
_HEAD = ("timestamp", "level", "logger", "event", "exception")
_DESCRIBED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,  # the job's id, bound where a job starts
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
)


class Redacting(logging.Formatter):
    """Writes a record with every secret and Hugging Face token in it replaced, in its traceback too.

    Args:
        secrets: What must not be written; empty ones are ignored.
        form: One of `bot.config.LOG_FORMATS`.
    """

    def __init__(self, secrets: Iterable[str | None], form: str = "console") -> None:
        super().__init__()
        known = {secret for secret in secrets if secret}
        escaped = {json.dumps(secret, ensure_ascii=False)[1:-1] for secret in known}
        self._secrets = sorted(known | escaped, key=len, reverse=True)  # one may be a part of another
        render = structlog.processors.JSONRenderer(ensure_ascii=False) if form == "json" else _as_line
        self._inner = structlog.stdlib.ProcessorFormatter(processors=(*_DESCRIBED, render))

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's text."""
        text = self._inner.format(record)
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return _HF_TOKEN.sub("[secret]", text)


def start_logging(level: str, secrets: Iterable[str | None], form: str = "console") -> None:
    """Send the log to standard error.

    Libraries never get below INFO: discord.py writes addresses that hold interaction tokens at DEBUG.

    Args:
        level: One of `bot.config.LOG_LEVELS`.
        secrets: What must not be written; empty ones are ignored.
        form: One of `bot.config.LOG_FORMATS`.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(Redacting(secrets, form))
    own = logging.getLevelNamesMapping()[level]
    logging.basicConfig(level=max(own, logging.INFO), handlers=[handler])
    for package in ("bot", "cogs"):
        logging.getLogger(package).setLevel(own)
    logging.getLogger("discord.state").setLevel(logging.ERROR)  # it warns of the guilds intent we do not need


def _as_line(_: WrappedLogger, __: str, event: EventDict) -> str:
    """Return the line that a person reads; a traceback follows on lines of its own."""
    head = "{timestamp} {level:<8} {logger}: {event}".format_map(event)
    about = _about({name: value for name, value in event.items() if name not in _HEAD})
    trace = f"\n{event['exception']}" if event.get("exception") else ""
    return head + about + trace


def _about(facts: Mapping[str, Any]) -> str:
    return f" ({', '.join(f'{name} {value}' for name, value in facts.items())})" if facts else ""
