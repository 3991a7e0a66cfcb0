"""A picture's file name: readable, and accepted everywhere."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.picture import Picture, image_format
from bot.domain.request import ImageRequest


def named(prompt: str) -> str:
    return Picture(request=ImageRequest(prompt, seed=7), image=b"", seconds=1.0).filename


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("a fox in the snow", "a-fox-in-the-snow-7"),
        ("Čerstvý Übermut!", "cerstvy-ubermut-7"),
        ("../../etc/passwd", "etc-passwd-7"),
        ("🦊", "imagine-7"),
        ("狐狸", "imagine-7"),
    ],
)
def test_a_file_is_named_by_its_prompt_and_seed(prompt: str, name: str) -> None:
    assert named(prompt) == name


@given(st.text(min_size=1, max_size=1000).filter(str.strip))
def test_any_prompt_makes_a_short_plain_name(prompt: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]{3,63}", named(prompt))


@pytest.mark.parametrize(
    ("first_bytes", "name"),
    [
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "webp"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", None),
        (b"<!doctype html>", None),
        (b"", None),
    ],
)
def test_a_format_is_told_by_the_first_bytes(first_bytes: bytes, name: str | None) -> None:
    assert image_format(first_bytes) == name
