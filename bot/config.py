"""The bot's configuration: the only reader of the environment.

Every variable is described in `.env.example`; a test keeps both the same.
"""

import ipaddress
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from bot.domain.errors import SettingMissing, SettingRefused

DATABASE_URL = "sqlite:///imagine.db"
DRAIN_SECONDS = 20.0  # container engines kill a process some 10 to 30 s after SIGTERM
MAX_SECONDS = 3600.0
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What the operator decided.

    Attributes:
        discord_token: The bot's token; secret.
        discord_api_base: Another Discord's REST address, on loopback; None is Discord's own.
        discord_gateway_url: Another Discord's gateway, on loopback; None is Discord's own.
        space_url: Another Gradio Space; None is each provider's own.
        hf_token: A Hugging Face token, whose GPU quota is used; secret.
        database_url: Where the store is, as `sqlite:///imagine.db`; may hold a password.
        http_proxy_url: A proxy for every request that leaves the machine; may hold a password.
        drain_seconds: How long running pictures may take when the bot is told to stop.
        log_level: One of `LOG_LEVELS`.
    """

    discord_token: str = field(repr=False)
    discord_api_base: str | None = None
    discord_gateway_url: str | None = None
    space_url: str | None = None
    hf_token: str | None = field(default=None, repr=False)
    database_url: str = field(default=DATABASE_URL, repr=False)
    http_proxy_url: str | None = field(default=None, repr=False)
    drain_seconds: float = DRAIN_SECONDS
    log_level: str = "INFO"

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Read the configuration from a mapping, as `os.environ` is one.

        A variable that is set to nothing counts as not set.

        Raises:
            SettingMissing: A variable that the bot cannot do without is not set.
            SettingRefused: A variable holds what it must not.
        """
        given = {name: value.strip() for name, value in env.items() if value.strip()}
        if "DISCORD_TOKEN" not in given:
            raise SettingMissing("DISCORD_TOKEN")
        level = given.get("LOG_LEVEL", "INFO").upper()
        if level not in LOG_LEVELS:
            raise SettingRefused("LOG_LEVEL", f"it must be one of {', '.join(LOG_LEVELS)}")
        return cls(
            discord_token=given["DISCORD_TOKEN"],
            discord_api_base=_loopback(given, "DISCORD_API_BASE", {"http", "https"}),
            discord_gateway_url=_loopback(given, "DISCORD_GATEWAY_URL", {"ws", "wss"}),
            space_url=_space(given, "SPACE_URL"),
            hf_token=given.get("HF_TOKEN"),
            database_url=_database(given, "DATABASE_URL"),
            http_proxy_url=_url(given, "HTTP_PROXY_URL", {"http", "https"}),
            drain_seconds=_seconds(given, "DRAIN_SECONDS", DRAIN_SECONDS),
            log_level=level,
        )


def is_loopback(host: str) -> bool:
    """Whether a host name or address never leaves the machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _url(given: Mapping[str, str], name: str, schemes: set[str]) -> str | None:
    value = given.get(name)
    if value is None:
        return None
    try:
        parts = urlsplit(value)
        valid = parts.scheme in schemes and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        valid = False
    if not valid:
        raise SettingRefused(name, f"it must be a URL that starts with {' or '.join(sorted(schemes))}")
    return value.rstrip("/")


def _loopback(given: Mapping[str, str], name: str, schemes: set[str]) -> str | None:
    value = _url(given, name, schemes)
    if value is not None and not is_loopback(urlsplit(value).hostname or ""):
        raise SettingRefused(name, "only addresses of this machine are allowed")
    return value


def _database(given: Mapping[str, str], name: str) -> str:
    value = given.get(name, DATABASE_URL)
    if not value.startswith("sqlite://"):
        raise SettingRefused(name, "it must be the URL of an SQLite file, as sqlite:///imagine.db")
    return value


def _seconds(given: Mapping[str, str], name: str, default: float) -> float:
    try:
        seconds = float(given.get(name, default))
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= MAX_SECONDS:
        raise SettingRefused(name, f"it must be a number of seconds, 0 to {MAX_SECONDS:g}")
    return seconds


def _space(given: Mapping[str, str], name: str) -> str | None:
    """Only loopback may be spoken to in the clear: the token travels with each request."""
    value = _url(given, name, {"http", "https"})
    if value is not None:
        parts = urlsplit(value)
        if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
            raise SettingRefused(name, "it must be https, except on this machine")
    return value
