"""Addresses at a Space: on its own origin, whatever the Space says."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import UntrustedImage
from bot.providers.gradio.outputs import FileData
from bot.providers.gradio.urls import image_url, origin, own_url

BASE = "https://space.example"
PATH = "/data/gradio/6b54/image.webp"
FILE = f"{BASE}/gradio_api/file={PATH}"


def at(url: str, path: str | None = PATH, base: str = BASE, prefix: str = "/gradio_api") -> str:
    return image_url(FileData(url, path), base, prefix)


def test_an_address_on_the_space_stays() -> None:
    assert at(FILE) == FILE


def test_an_address_on_the_space_stays_when_nobody_says_the_path() -> None:
    assert at(FILE, None) == FILE


def test_an_encoded_address_is_not_encoded_again() -> None:
    url = f"{BASE}/gradio_api/file=/data/a%20b%23%C3%A9%25.webp"

    assert at(url, "/data/a b#é%.webp") == url


def test_a_raw_address_is_encoded() -> None:
    url = f"{BASE}/gradio_api/file=/data/a b#é%.webp"

    assert at(url, "/data/a b#é%.webp") == f"{BASE}/gradio_api/file=/data/a%20b%23%C3%A9%25.webp"


def test_a_path_that_looks_encoded_is_a_path() -> None:
    assert at(f"{BASE}/gradio_api/file=/data/a%20b", "/data/a%20b") == f"{BASE}/gradio_api/file=/data/a%2520b"


def test_a_query_stays() -> None:
    assert at(f"{FILE}?a=b c", None) == f"{FILE}?a=b%20c"


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/gradio_api/file=/data/gradio/6b54/image.webp",
        "http://space.example/gradio_api/file=/tmp",
        "https://space.example:444/gradio_api/file=/tmp",
        "https://space.example.evil.example/",
        "https://space.example@evil.example/",
        "https://user:word@space.example/",
        "https://evil.example\\@space.example/",
        "ftp://space.example/",
        "file:///etc/passwd",
        "data:image/webp;base64,AAAA",
        "/gradio_api/file=/tmp",
        "https://[/",
        "https://space.example:99999/",
        "",
    ],
)
def test_an_address_elsewhere_is_made_anew_from_the_path(url: str) -> None:
    assert at(url) == FILE
    with pytest.raises(UntrustedImage):
        at(url, None)
    with pytest.raises(UntrustedImage):
        own_url(url, BASE)


def test_the_path_is_encoded_on_the_way() -> None:
    assert at("http://elsewhere/", "/data/a?b#c") == f"{BASE}/gradio_api/file=/data/a%3Fb%23c"


def test_gradio_4_has_no_prefix() -> None:
    assert at("http://elsewhere/", prefix="") == f"{BASE}/file={PATH}"


def test_a_space_may_live_below_a_path() -> None:
    assert at("http://elsewhere/", base=f"{BASE}/sub") == f"{BASE}/sub/gradio_api/file={PATH}"
    assert (
        at(f"{BASE}/sub/gradio_api/file={PATH}", base=f"{BASE}/sub") == f"{BASE}/sub/gradio_api/file={PATH}"
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://Space.Example/a", "https://space.example:443"),
        ("http://127.0.0.1:7860", "http://127.0.0.1:7860"),
        ("http://[::1]/", "http://[::1]:80"),
        ("mailto:a@b", None),
    ],
)
def test_an_origin_is_scheme_host_and_port(url: str, expected: str | None) -> None:
    assert origin(url) == expected


def test_an_address_made_before_is_good() -> None:
    assert own_url(FILE, BASE) == FILE


@given(st.text(), st.none() | st.text(min_size=1))
def test_no_address_leaves_the_space(url: str, path: str | None) -> None:
    try:
        made = at(url, path)
    except UntrustedImage:
        assert path is None
    else:
        assert urlsplit(made).hostname == "space.example"
        assert made.isascii()
        assert made.isprintable()
