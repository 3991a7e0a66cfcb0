"""The configuration: what the operator may write into the environment."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from bot.config import Config
from bot.domain.errors import SettingMissing, SettingRefused

TOKEN = "MTIz.made-up.token"


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
    ],
)
def test_a_value_that_is_not_allowed_is_refused_by_its_variable(variable: str, value: str) -> None:
    with pytest.raises(SettingRefused) as caught:
        read(**{variable: value})

    assert caught.value.variable == variable
    assert value not in repr(caught.value)


def test_a_space_elsewhere_is_spoken_to_over_https() -> None:
    assert read(SPACE_URL="https://space.example/").space_url == "https://space.example"


def test_secrets_are_not_in_its_repr() -> None:
    config = read(HF_TOKEN="hf_secret", HTTP_PROXY_URL="http://me:password@proxy.example:3128")

    assert not re.search("made-up|hf_secret|password", repr(config))


def test_the_example_file_has_every_variable_and_no_other() -> None:
    written = set(re.findall(r"^#? ?([A-Z_]+)=", Path(".env.example").read_text(), re.MULTILINE))

    assert written == {field.name.upper() for field in fields(Config)}
