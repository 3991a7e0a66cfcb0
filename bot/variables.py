"""Reads one variable of the environment; `SettingRefused` is raised if it holds what it must not."""

import base64
import ipaddress
import math
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.domain.errors import SettingRefused

MAX_SECONDS = 3600.0
MAX_NUMBER = 1_000_000
MAX_PORT = 65535


def is_loopback(host: str) -> bool:
    """Whether a host name or address never leaves the machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def url(given: Mapping[str, str], name: str, schemes: set[str]) -> str | None:
    """Return an address without its last slash; None if it is not set."""
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


def loopback(given: Mapping[str, str], name: str, schemes: set[str]) -> str | None:
    """Return an address that never leaves this machine; None if it is not set."""
    value = url(given, name, schemes)
    if value is not None and not is_loopback(urlsplit(value).hostname or ""):
        raise SettingRefused(name, "only addresses of this machine are allowed")
    return value


def seconds(given: Mapping[str, str], name: str, default: float) -> float:
    """Return a duration, 0 to `MAX_SECONDS`."""
    try:
        value = float(given.get(name, default))
    except ValueError:
        value = math.nan
    if not 0 <= value <= MAX_SECONDS:
        raise SettingRefused(name, f"it must be a number of seconds, 0 to {MAX_SECONDS:g}")
    return value


def number(given: Mapping[str, str], name: str, default: int, *, least: int = 1) -> int:
    """Return a whole number, at most `MAX_NUMBER`."""
    try:
        value = int(given.get(name, default))
    except ValueError:
        value = -1
    if not least <= value <= MAX_NUMBER:
        raise SettingRefused(name, f"it must be a whole number, {least} to {MAX_NUMBER}")
    return value


def one_of(given: Mapping[str, str], name: str, known: tuple[str, ...], default: str) -> str:
    """Return one of some words, however it is capitalised."""
    value = given.get(name, default)
    found = next((one for one in known if one.lower() == value.lower()), None)
    if found is None:
        raise SettingRefused(name, f"it must be one of {', '.join(known)}")
    return found


def address(given: Mapping[str, str], name: str, default: str) -> str:
    """Return an IP address."""
    value = given.get(name, default)
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        raise SettingRefused(name, "it must be an IP address, as 127.0.0.1") from None


def port(given: Mapping[str, str], name: str) -> int | None:
    """Return a port; None if it is not set."""
    if name not in given:
        return None
    value = number(given, name, 1)
    if value > MAX_PORT:
        raise SettingRefused(name, f"it must be a whole number, 1 to {MAX_PORT}")
    return value


def flag(given: Mapping[str, str], name: str) -> bool:
    """Return whether a variable is 1; it is 0 if it is not set."""
    value = given.get(name, "0")
    if value not in {"0", "1"}:
        raise SettingRefused(name, "it must be 0 or 1")
    return value == "1"


def encrypted(given: Mapping[str, str], name: str) -> str | None:
    """Return an address that tokens may travel to: encrypted, or on this machine; None if it is not set."""
    value = url(given, name, {"http", "https"})
    if value is not None:
        parts = urlsplit(value)
        if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
            raise SettingRefused(name, "it must be https, except on this machine")
    return value


def listed(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return the words of a list, each once, between commas or spaces."""
    return tuple(dict.fromkeys(given.get(name, "").replace(",", " ").split()))


def tokens(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return a list of Hugging Face's tokens."""
    found = listed(given, name)
    if not all(token.isascii() and token.isprintable() for token in found):
        raise SettingRefused(name, "it must be tokens of Hugging Face, which begin with hf_")
    return found


def keys(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return a list of Fernet's keys."""
    found = listed(given, name)
    if not all(map(_is_key, found)):
        raise SettingRefused(name, "it must be keys as python -m bot secret-key prints them")
    return found


def public_key(given: Mapping[str, str], name: str) -> str:
    """Return the public key of an application, in hexadecimal; empty if it is not set."""
    key = given.get(name, "")
    if not re.fullmatch(r"([0-9a-fA-F]{64})?", key):
        raise SettingRefused(name, "it must be 64 hexadecimal digits, as the developer portal shows them")
    return key


def _is_key(key: str) -> bool:
    """Whether it is one of Fernet's: 32 bytes, URL-safe base64."""
    try:
        return len(base64.b64decode(key, altchars=b"-_", validate=True)) == 32
    except ValueError:
        return False
