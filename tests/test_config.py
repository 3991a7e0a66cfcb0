"""The configuration: what the operator may write into the environment."""

import re
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from bot import config as configuration
from bot.config import DATABASE_URL, Config, database_url
from bot.domain.allowance import Policy, RateLimit
from bot.domain.errors import SettingMissing, SettingRefused
from bot.domain.reach import Reach
from bot.domain.shards import Shards

EXAMPLE = Path(".env.example").read_text()
TOKEN = "MTIz.made-up.token"
POSTGRESQL = "postgresql:///imagine"
KEYS = [urlsafe_b64encode(bytes([number]) * 32).decode() for number in (250, 251)]


def read(**env: str) -> Config:
    return Config.from_env({"DISCORD_TOKEN": TOKEN} | env)


def test_a_token_is_all_that_is_needed() -> None:
    assert read() == Config(discord_token=TOKEN)


@pytest.mark.parametrize("env", [{}, {"DISCORD_TOKEN": ""}, {"DISCORD_TOKEN": "  "}])
def test_a_missing_token_is_named(env: dict[str, str]) -> None:
    with pytest.raises(SettingMissing) as caught:
        Config.from_env(env)

    assert caught.value.variable == "DISCORD_TOKEN"


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:1", "127.9.9.9", "[::1]:80"])
def test_another_discord_may_be_on_this_machine(host: str) -> None:
    config = read(DISCORD_API_BASE=f"http://{host}/api/v10", DISCORD_GATEWAY_URL=f"ws://{host}/gateway")

    assert config.discord_api_base == f"http://{host}/api/v10"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DISCORD_API_BASE", "https://discord.example/api/v10"),
        ("DISCORD_API_BASE", "http://10.0.0.1/api"),
        ("DISCORD_API_BASE", "http://localhost.example/api"),
        ("DISCORD_API_BASE", "http://127.0.0.1@evil.example/api"),
        ("DISCORD_API_BASE", "ftp://127.0.0.1/api"),
        ("DISCORD_GATEWAY_URL", "wss://gateway.example"),
        ("DISCORD_GATEWAY_URL", "http://127.0.0.1"),
        ("SPACE_URL", "http://space.example"),
        ("SPACE_URL", "not a url"),
        ("SPACE_URL", "https://space.example:port"),
        ("HTTP_PROXY_URL", "proxy.example:3128"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
        ("METRICS_HOST", "metrics.example"),
        ("METRICS_PORT", "http"),
        ("METRICS_PORT", "-9464"),
        ("METRICS_PORT", "65536"),
        ("DATABASE_URL", "mysql://me:password@db.example/imagine"),
        ("DATABASE_URL", "postgresql://me:password@db.example"),
        ("DATABASE_URL", "postgresql://me:password@db.example:port/imagine"),
        ("DATABASE_URL", "postgresql://me:pass]word[@db.example/imagine"),
        ("DATABASE_URL", "imagine.sqlite"),
        ("DRAIN_SECONDS", "soon"),
        ("DRAIN_SECONDS", "-1"),
        ("DRAIN_SECONDS", "nan"),
        ("HF_TOKENS", "hf_one,hf_tw\u00f6"),
        ("HF_TOKEN", "hf_\x00one"),
        ("HF_ENDPOINT", "http://hub.example"),
        ("SECRET_KEY", "a password of mine"),
        ("SECRET_KEY", KEYS[0][:-4]),
        ("SECRET_KEY", f"{KEYS[0]},{KEYS[1][:-1]}"),
        ("SECRET_KEY", "\u00e9" * 44),
        ("DRAW_AT_ONCE", "four"),
        ("USER_AT_ONCE", "-1"),
        ("USER_BURST", "eight"),
        ("USER_BURST", "2.5"),
        ("USER_COOLDOWN_SECONDS", "3601"),
        ("USER_DAILY", "1000002"),
        ("CHANNEL_DAILY", "all"),
        ("SERVER_DAILY", "none"),
        ("BOT_DAILY", "0x10"),
        ("ALLOW_DIRECT_MESSAGES", "yes"),
        ("ALLOW_USER_INSTALL", "2"),
        ("RULES_URL", "example.com/rules"),
        ("RULES_URL", "javascript:alert(1)"),
        ("GRACE_DAYS", "-7"),
        ("GRACE_DAYS", "a month"),
        ("DISCORD_PUBLIC_KEY", "ab" * 31),
        ("DISCORD_PUBLIC_KEY", "ab" * 33),
        ("DISCORD_PUBLIC_KEY", "xy" * 32),
        ("INTERACTIONS_HOST", "interactions.example"),
    ],
)
def test_a_value_that_is_not_allowed_is_refused_by_its_variable(variable: str, value: str) -> None:
    with pytest.raises(SettingRefused) as caught:
        read(**{variable: value})

    assert caught.value.variable == variable
    assert value not in repr(caught.value)


@pytest.mark.parametrize(
    "variable", ["DRAW_AT_ONCE", "USER_AT_ONCE", "USER_BURST", "USER_DAILY", "BOT_DAILY"]
)
def test_no_limit_is_nothing_at_all(variable: str) -> None:
    with pytest.raises(SettingRefused) as caught:
        read(**{variable: "0"})

    assert caught.value.variable == variable


def test_a_space_elsewhere_is_spoken_to_over_https() -> None:
    assert read(SPACE_URL="https://space.example/").space_url == "https://space.example"


def test_tokens_of_hugging_face_are_told_apart_by_commas_and_blanks() -> None:
    config = read(HF_TOKENS=" hf_one, hf_two,\n\thf_one hf_three,", HF_TOKEN="hf_four")

    assert config.hf_tokens == ("hf_one", "hf_two", "hf_three", "hf_four")


def test_the_first_key_stays_the_first() -> None:
    assert read(SECRET_KEY=", ".join(reversed(KEYS))).secret_keys == tuple(reversed(KEYS))


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///imagine.db",
        "sqlite://",
        "postgresql://me:password@db.example:5432/imagine?sslmode=require",
        "postgresql:///imagine",
        "postgresql://me@/imagine?host=%2Frun%2Fpostgresql",
    ],
)
def test_the_store_is_sqlites_or_postgresqls(url: str) -> None:
    assert read(DATABASE_URL=url).database_url == url
    assert database_url({"DATABASE_URL": f" {url} "}) == url
    assert url not in repr(read(DATABASE_URL=url))


def test_a_command_that_needs_only_the_store_needs_no_token() -> None:
    assert database_url({}) == DATABASE_URL


def test_a_hub_may_be_on_this_machine() -> None:
    assert read(HF_ENDPOINT="http://127.0.0.1:7860/").hf_endpoint == "http://127.0.0.1:7860"


def test_the_limits_are_as_the_operator_says() -> None:
    config = read(
        USER_AT_ONCE="1",
        USER_BURST="2",
        USER_COOLDOWN_SECONDS="0.5",
        USER_DAILY="3",
        CHANNEL_DAILY="4",
        SERVER_DAILY="5",
        BOT_DAILY="6",
        DRAW_AT_ONCE="7",
    )

    assert config.policy == Policy(
        user=RateLimit(at_once=1, burst=2, cooldown=0.5, daily=3),
        channel=RateLimit(daily=4),
        server=RateLimit(daily=5),
        bot=RateLimit(daily=6),
    )
    assert config.draw_at_once == 7


def test_only_users_are_limited_if_the_operator_says_nothing() -> None:
    assert read().policy == Policy(user=RateLimit(at_once=3, burst=8, cooldown=15.0, daily=100))


def test_the_bot_stays_in_the_servers_that_installed_it_until_the_operator_says_otherwise() -> None:
    assert read().reach == Reach(direct_messages=False, user_install=False)
    assert read(ALLOW_DIRECT_MESSAGES="1").reach == Reach(direct_messages=True)
    assert read(ALLOW_USER_INSTALL="1").reach == Reach(user_install=True)
    assert read(ALLOW_DIRECT_MESSAGES="0", ALLOW_USER_INSTALL="0").reach == Reach()


def test_the_house_rules_of_the_operator_are_read() -> None:
    config = read(BLOCKED_WORDS_FILE=" words.txt ", RULES_URL="https://example.com/rules/", GRACE_DAYS="7")

    assert (config.blocked_words_file, config.rules_url, config.grace_days) == (
        "words.txt",
        "https://example.com/rules",
        7,
    )


def test_without_them_there_are_no_words_no_rules_and_a_month_of_grace() -> None:
    config = read()

    assert (config.blocked_words_file, config.rules_url, config.grace_days) == (None, "", 30)


def test_interactions_come_by_the_gateway_until_there_is_a_port() -> None:
    assert read(DISCORD_PUBLIC_KEY="ab" * 32).interactions_port is None


def test_interactions_are_taken_on_this_machine_alone_until_the_operator_says_otherwise() -> None:
    key = "0aF9" * 16
    config = read(INTERACTIONS_PORT="8080", DISCORD_PUBLIC_KEY=key)

    assert (config.interactions_port, config.interactions_host) == (8080, "127.0.0.1")
    assert config.discord_public_key == key
    assert read(INTERACTIONS_HOST="0.0.0.0").interactions_host == "0.0.0.0"  # noqa: S104 # a container's


def test_a_port_for_interactions_needs_the_key_that_verifies_them() -> None:
    with pytest.raises(SettingMissing) as caught:
        read(INTERACTIONS_PORT="8080")

    assert caught.value.variable == "DISCORD_PUBLIC_KEY"


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(SettingRefused) as caught:
        read(INTERACTIONS_PORT=port, DISCORD_PUBLIC_KEY="ab" * 32)

    assert caught.value.variable == "INTERACTIONS_PORT"


def test_one_process_has_all_shards_until_the_operator_says_otherwise() -> None:
    assert read().shards is None


def test_some_shards_are_for_one_of_several_processes() -> None:
    config = read(SHARD_IDS="4, 0,2-3", SHARD_COUNT="6", DATABASE_URL=POSTGRESQL)

    assert config.shards == Shards((0, 2, 3, 4), 6)


def test_all_shards_may_be_in_the_only_process() -> None:
    assert read(SHARD_IDS="0-1", SHARD_COUNT="2").shards == Shards((0, 1), 2)


@pytest.mark.parametrize(("given", "missing"), [("SHARD_IDS", "SHARD_COUNT"), ("SHARD_COUNT", "SHARD_IDS")])
def test_shards_are_named_and_counted(given: str, missing: str) -> None:
    with pytest.raises(SettingMissing) as caught:
        read(**{given: "1"})

    assert caught.value.variable == missing


@pytest.mark.parametrize("ids", ["3", "0-3", "-1", "2-1", "a", "0;1", "0-1-2", "\u0661", ","])
def test_shards_that_there_are_not_are_refused(ids: str) -> None:
    with pytest.raises(SettingRefused) as caught:
        read(SHARD_IDS=ids, SHARD_COUNT="3", DATABASE_URL=POSTGRESQL)

    assert caught.value.variable == "SHARD_IDS"
    assert "from 0 to 2" in caught.value.rule


@pytest.mark.parametrize("count", ["0", "three"])
def test_a_number_of_shards_is_one(count: str) -> None:
    with pytest.raises(SettingRefused) as caught:
        read(SHARD_IDS="0", SHARD_COUNT=count)

    assert caught.value.variable == "SHARD_COUNT"


def test_several_processes_need_postgresql() -> None:
    with pytest.raises(SettingRefused) as caught:
        read(SHARD_IDS="0", SHARD_COUNT="2")

    assert (caught.value.variable, "PostgreSQL" in caught.value.rule) == ("SHARD_IDS", True)


def test_there_are_no_shards_where_discord_posts() -> None:
    with pytest.raises(SettingRefused) as caught:
        read(SHARD_IDS="0", SHARD_COUNT="1", INTERACTIONS_PORT="8080", DISCORD_PUBLIC_KEY="ab" * 32)

    assert caught.value.variable == "SHARD_IDS"


def test_a_process_that_shares_a_database_may_leave_the_drawing_to_others() -> None:
    assert read(DRAW_AT_ONCE="0", DATABASE_URL=POSTGRESQL).draw_at_once == 0


def test_a_worker_takes_no_interactions_however_they_come() -> None:
    config = read(SHARD_IDS="0", SHARD_COUNT="2", DATABASE_URL=POSTGRESQL).for_worker()
    posted = read(INTERACTIONS_PORT="8080", DISCORD_PUBLIC_KEY="ab" * 32, DATABASE_URL=POSTGRESQL)

    assert (config.is_worker, config.shards) == (True, None)
    assert posted.for_worker().interactions_port is None
    assert not posted.is_worker


@pytest.mark.parametrize(
    ("variable", "env"),
    [("DATABASE_URL", {}), ("DRAW_AT_ONCE", {"DRAW_AT_ONCE": "0", "DATABASE_URL": POSTGRESQL})],
)
def test_a_worker_that_could_not_work_is_refused(variable: str, env: dict[str, str]) -> None:
    with pytest.raises(SettingRefused) as caught:
        read(**env).for_worker()

    assert caught.value.variable == variable


def test_secrets_are_not_in_its_repr() -> None:
    config = read(
        HF_TOKENS="hf_secret", SECRET_KEY=KEYS[0], HTTP_PROXY_URL="http://me:password@proxy.example:3128"
    )

    assert not re.search(f"made-up|hf_secret|password|{KEYS[0]}", repr(config))


def test_the_example_file_has_every_variable_and_no_other() -> None:
    written = re.findall(r"^#? ?([A-Z_]+)=", EXAMPLE, re.MULTILINE)
    read_ones = re.findall(r'"([A-Z]+(?:_[A-Z]+)+)"', Path(configuration.__file__).read_text())

    assert sorted(written) == sorted(set(read_ones))


@pytest.mark.parametrize("line", re.findall(r"^# ([A-Z_]+=.+)", EXAMPLE, re.MULTILINE))
def test_each_line_of_the_example_file_is_accepted(line: str) -> None:
    variable, _, value = line.partition("=")

    assert isinstance(read(**{variable: value}), Config)
