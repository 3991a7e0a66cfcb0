"""The bot's configuration: the only reader of the environment.

Every variable is described in `.env.example`; a test keeps both the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import urlsplit

from bot import variables
from bot.domain.allowance import Policy, RateLimit
from bot.domain.errors import SettingMissing, SettingRefused
from bot.domain.reach import Reach
from bot.domain.shards import Shards

DATABASE_URL = "sqlite:///imagine.db"
HF_ENDPOINT = "https://huggingface.co"
DRAIN_SECONDS = 20.0  # container engines kill a process some 10 to 30 s after SIGTERM
GRACE_DAYS = 30
DRAW_AT_ONCE = 4
USER = RateLimit(at_once=3, burst=8, cooldown=15.0, daily=100)
POLICY = Policy(user=USER)
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS = ("console", "json")
METRICS_HOST = "127.0.0.1"
INTERACTIONS_HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What the operator decided.

    Attributes:
        discord_token: The bot's token; secret.
        discord_api_base: Another Discord's REST address, on loopback; None is Discord's own.
        discord_gateway_url: Another Discord's gateway, on loopback; None is Discord's own.
        discord_public_key: The application's public key, 64 hexadecimal digits; empty for none.
        interactions_host: The address at which Discord's interactions are taken.
        interactions_port: Likewise, the port; None takes them from the gateway.
        shards: The shards of this process; None is all that Discord recommends.
        is_worker: Whether this process only runs jobs, and takes no interactions.
        space_url: Another Gradio Space; None is each provider's own.
        hf_tokens: Hugging Face tokens, whose GPU quota is used; secret.
        hf_endpoint: Where Hugging Face is asked about its accounts.
        secret_keys: The Fernet keys of users' own tokens; the first one encrypts, each one decrypts. Secret.
        policy: How many pictures may be asked for.
        draw_at_once: Pictures that are drawn at the same time; 0 leaves them to other processes.
        database_url: Where the store is, as `sqlite:///imagine.db` or `postgresql://host/name`; may hold a
            password.
        http_proxy_url: A proxy for every request that leaves the machine; may hold a password.
        blocked_words_file: A file of words that are not drawn anywhere, one rule a line; None for none.
        reach: Where the bot may be used beyond the servers that have installed it.
        rules_url: The rules of use, which everybody accepts at first use; empty for none.
        grace_days: Days for which the data of a server is kept after the bot has left it.
        drain_seconds: How long running pictures may take when the bot is told to stop.
        log_level: One of `LOG_LEVELS`.
        log_format: One of `LOG_FORMATS`.
        metrics_host: The address at which health and figures are served.
        metrics_port: Likewise, the port; None for none.
    """

    discord_token: str = field(repr=False)
    discord_api_base: str | None = None
    discord_gateway_url: str | None = None
    discord_public_key: str = ""
    interactions_host: str = INTERACTIONS_HOST
    interactions_port: int | None = None
    shards: Shards | None = None
    is_worker: bool = False
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
    log_format: str = "console"
    metrics_host: str = METRICS_HOST
    metrics_port: int | None = None

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
        if "INTERACTIONS_PORT" in given and "DISCORD_PUBLIC_KEY" not in given:
            raise SettingMissing("DISCORD_PUBLIC_KEY")
        return cls(
            discord_token=given["DISCORD_TOKEN"],
            discord_api_base=variables.loopback(given, "DISCORD_API_BASE", {"http", "https"}),
            discord_gateway_url=variables.loopback(given, "DISCORD_GATEWAY_URL", {"ws", "wss"}),
            discord_public_key=variables.public_key(given, "DISCORD_PUBLIC_KEY"),
            interactions_host=variables.address(given, "INTERACTIONS_HOST", INTERACTIONS_HOST),
            interactions_port=variables.port(given, "INTERACTIONS_PORT"),
            shards=_shards(given),
            space_url=variables.encrypted(given, "SPACE_URL"),
            hf_tokens=(*variables.tokens(given, "HF_TOKENS"), *variables.tokens(given, "HF_TOKEN")),
            hf_endpoint=variables.encrypted(given, "HF_ENDPOINT") or HF_ENDPOINT,
            secret_keys=variables.keys(given, "SECRET_KEY"),
            policy=_policy(given),
            draw_at_once=variables.number(
                given, "DRAW_AT_ONCE", DRAW_AT_ONCE, least=0 if _is_shared(given) else 1
            ),
            database_url=_database(given, "DATABASE_URL"),
            http_proxy_url=variables.url(given, "HTTP_PROXY_URL", {"http", "https"}),
            blocked_words_file=given.get("BLOCKED_WORDS_FILE"),
            reach=Reach(
                direct_messages=variables.flag(given, "ALLOW_DIRECT_MESSAGES"),
                user_install=variables.flag(given, "ALLOW_USER_INSTALL"),
            ),
            rules_url=variables.url(given, "RULES_URL", {"http", "https"}) or "",
            grace_days=variables.number(given, "GRACE_DAYS", GRACE_DAYS),
            drain_seconds=variables.seconds(given, "DRAIN_SECONDS", DRAIN_SECONDS),
            log_level=variables.one_of(given, "LOG_LEVEL", LOG_LEVELS, "INFO"),
            log_format=variables.one_of(given, "LOG_FORMAT", LOG_FORMATS, "console"),
            metrics_host=variables.address(given, "METRICS_HOST", METRICS_HOST),
            metrics_port=variables.port(given, "METRICS_PORT"),
        )

    def for_worker(self) -> Self:
        """Return the same for a process that only runs jobs; how interactions come in is not its concern.

        Raises:
            SettingRefused: Such a process would have nothing to do.
        """
        if not _is_postgresql(self.database_url):
            raise SettingRefused("DATABASE_URL", "a worker needs PostgreSQL, which it shares with the others")
        if self.draw_at_once == 0:
            raise SettingRefused("DRAW_AT_ONCE", "a worker must draw, so it must be 1 or more")
        return replace(self, is_worker=True, shards=None, interactions_port=None)


def database_url(env: Mapping[str, str]) -> str:
    """Return where the store is, for who needs to know nothing else.

    Raises:
        SettingRefused: It is no such address.
    """
    return _database({name: value.strip() for name, value in env.items() if value.strip()}, "DATABASE_URL")


def _database(given: Mapping[str, str], name: str) -> str:
    value = given.get(name, DATABASE_URL)
    if not (value.startswith("sqlite://") or _is_postgresql(value)):
        raise SettingRefused(
            name, "it must be as sqlite:///imagine.db or as postgresql://user:password@host/name"
        )
    return value


def _is_postgresql(value: str) -> bool:
    """Whether it is such a URL; one without a host is of a server on this machine."""
    try:
        parts = urlsplit(value)
        return parts.scheme == "postgresql" and (parts.port or 1) > 0 and len(parts.path) > 1
    except ValueError:
        return False


def _is_shared(given: Mapping[str, str]) -> bool:
    return _is_postgresql(_database(given, "DATABASE_URL"))


def _shards(given: Mapping[str, str]) -> Shards | None:
    for one, other in (("SHARD_IDS", "SHARD_COUNT"), ("SHARD_COUNT", "SHARD_IDS")):
        if one in given and other not in given:
            raise SettingMissing(other)
    if "SHARD_IDS" not in given:
        return None
    count = variables.number(given, "SHARD_COUNT", 1)
    try:
        shards = Shards.parse(given["SHARD_IDS"], count)
    except ValueError:
        raise SettingRefused("SHARD_IDS", f"it must be as 0,2-4, each from 0 to {count - 1}") from None
    if "INTERACTIONS_PORT" in given:
        raise SettingRefused("SHARD_IDS", "with INTERACTIONS_PORT no gateway is opened, so there are none")
    if not (shards.are_all or _is_shared(given)):
        raise SettingRefused("SHARD_IDS", "the others need processes of their own, and those PostgreSQL")
    return shards


def _policy(given: Mapping[str, str]) -> Policy:
    return Policy(
        user=RateLimit(
            at_once=variables.number(given, "USER_AT_ONCE", USER.at_once or 1),
            burst=variables.number(given, "USER_BURST", USER.burst),
            cooldown=variables.seconds(given, "USER_COOLDOWN_SECONDS", USER.cooldown),
            daily=variables.number(given, "USER_DAILY", USER.daily or 1),
        ),
        channel=_daily(given, "CHANNEL_DAILY"),
        server=_daily(given, "SERVER_DAILY"),
        bot=_daily(given, "BOT_DAILY"),
    )


def _daily(given: Mapping[str, str], name: str) -> RateLimit:
    return RateLimit(daily=variables.number(given, name, 1) if name in given else None)
