"""The configuration: what the operator may write into the environment."""

import re
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from bot import config as configuration
from bot.config import Config
from bot.domain.allowance import Policy, RateLimit
from bot.domain.errors import SettingMissing, SettingRefused
from bot.domain.reach import Reach

EXAMPLE = Path(".env.example").read_text()
TOKEN = "MTIz.made-up.token"
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
        ("DATABASE_URL", "mysql://me:password@db.example/imagine"),
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
