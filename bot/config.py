"""The bot's configuration: the only reader of the environment.

Every variable is described in `.env.example`; a test keeps both the same.
"""

import base64
import ipaddress
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from bot.domain.allowance import Policy, RateLimit
from bot.domain.errors import SettingMissing, SettingRefused
from bot.domain.reach import Reach

DATABASE_URL = "sqlite:///imagine.db"
HF_ENDPOINT = "https://huggingface.co"
DRAIN_SECONDS = 20.0  # container engines kill a process some 10 to 30 s after SIGTERM
GRACE_DAYS = 30
MAX_SECONDS = 3600.0
MAX_NUMBER = 1_000_000
DRAW_AT_ONCE = 4
USER = RateLimit(at_once=3, burst=8, cooldown=15.0, daily=100)
POLICY = Policy(user=USER)
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What the operator decided.

    Attributes:
        discord_token: The bot's token; secret.
        discord_api_base: Another Discord's REST address, on loopback; None is Discord's own.
        discord_gateway_url: Another Discord's gateway, on loopback; None is Discord's own.
        space_url: Another Gradio Space; None is each provider's own.
        hf_tokens: Hugging Face tokens, whose GPU quota is used; secret.
        hf_endpoint: Where Hugging Face is asked about its accounts.
        secret_keys: The Fernet keys of users' own tokens; the first one encrypts, each one decrypts. Secret.
        policy: How many pictures may be asked for.
        draw_at_once: Pictures that are drawn at the same time.
        database_url: Where the store is, as `sqlite:///imagine.db`; may hold a password.
        http_proxy_url: A proxy for every request that leaves the machine; may hold a password.
        blocked_words_file: A file of words that are not drawn anywhere, one rule a line; None for none.
        reach: Where the bot may be used beyond the servers that have installed it.
        rules_url: The rules of use, which everybody accepts at first use; empty for none.
        grace_days: Days for which the data of a server is kept after the bot has left it.
        drain_seconds: How long running pictures may take when the bot is told to stop.
        log_level: One of `LOG_LEVELS`.
    """

    discord_token: str = field(repr=False)
    discord_api_base: str | None = None
    discord_gateway_url: str | None = None
    space_url: str | None = None
    hf_tokens: tuple[str, ...] = field(default=(), repr=False)
    hf_endpoint: str = HF_ENDPOINT
    secret_keys: tuple[str, ...] = field(default=(), repr=False)
    policy: Policy = POLICY
    draw_at_once: int = DRAW_AT_ONCE
    database_url: str = field(default=DATABASE_URL, repr=False)
    http_proxy_url: str | None = field(default=None, repr=False)
    blocked_words_file: str | None = None
    reach: Reach = field(default_factory=Reach)
    rules_url: str = ""
    grace_days: int = GRACE_DAYS
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
            space_url=_encrypted(given, "SPACE_URL"),
            hf_tokens=(*_tokens(given, "HF_TOKENS"), *_tokens(given, "HF_TOKEN")),
            hf_endpoint=_encrypted(given, "HF_ENDPOINT") or HF_ENDPOINT,
            secret_keys=_keys(given, "SECRET_KEY"),
            policy=_policy(given),
            draw_at_once=_number(given, "DRAW_AT_ONCE", DRAW_AT_ONCE),
            database_url=_database(given, "DATABASE_URL"),
            http_proxy_url=_url(given, "HTTP_PROXY_URL", {"http", "https"}),
            blocked_words_file=given.get("BLOCKED_WORDS_FILE"),
            reach=Reach(
                direct_messages=_flag(given, "ALLOW_DIRECT_MESSAGES"),
                user_install=_flag(given, "ALLOW_USER_INSTALL"),
            ),
            rules_url=_url(given, "RULES_URL", {"http", "https"}) or "",
            grace_days=_number(given, "GRACE_DAYS", GRACE_DAYS),
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


def _number(given: Mapping[str, str], name: str, default: int) -> int:
    try:
        number = int(given.get(name, default))
    except ValueError:
        number = 0
    if not 1 <= number <= MAX_NUMBER:
        raise SettingRefused(name, f"it must be a whole number, 1 to {MAX_NUMBER}")
    return number


def _flag(given: Mapping[str, str], name: str) -> bool:
    value = given.get(name, "0")
    if value not in {"0", "1"}:
        raise SettingRefused(name, "it must be 0 or 1")
    return value == "1"


def _policy(given: Mapping[str, str]) -> Policy:
    return Policy(
        user=RateLimit(
            at_once=_number(given, "USER_AT_ONCE", USER.at_once or 1),
            burst=_number(given, "USER_BURST", USER.burst),
            cooldown=_seconds(given, "USER_COOLDOWN_SECONDS", USER.cooldown),
            daily=_number(given, "USER_DAILY", USER.daily or 1),
        ),
        channel=_daily(given, "CHANNEL_DAILY"),
        server=_daily(given, "SERVER_DAILY"),
        bot=_daily(given, "BOT_DAILY"),
    )


def _daily(given: Mapping[str, str], name: str) -> RateLimit:
    return RateLimit(daily=_number(given, name, 1) if name in given else None)


def _encrypted(given: Mapping[str, str], name: str) -> str | None:
    """Only loopback may be spoken to in the clear: tokens travel with each request."""
    value = _url(given, name, {"http", "https"})
    if value is not None:
        parts = urlsplit(value)
        if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
            raise SettingRefused(name, "it must be https, except on this machine")
    return value


def _listed(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(given.get(name, "").replace(",", " ").split()))


def _tokens(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    tokens = _listed(given, name)
    if not all(token.isascii() and token.isprintable() for token in tokens):
        raise SettingRefused(name, "it must be tokens of Hugging Face, which begin with hf_")
    return tokens


def _keys(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    keys = _listed(given, name)
    if not all(map(_is_key, keys)):
        raise SettingRefused(name, "it must be keys as python -m bot secret-key prints them")
    return keys


def _is_key(key: str) -> bool:
    """Whether it is one of Fernet's: 32 bytes, URL-safe base64."""
    try:
        return len(base64.b64decode(key, altchars=b"-_", validate=True)) == 32
    except ValueError:
        return False
