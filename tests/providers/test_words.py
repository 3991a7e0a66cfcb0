"""The service's own words: short, harmless, and without our secrets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.providers.gradio.words import MAX_WORDS, plain_words, redacted, words


@pytest.mark.parametrize("nothing", [None, "", "  ", 7, {}, [], [7], {"error": None}, [{"is_valid": True}]])
def test_nothing_said_is_none(nothing: object) -> None:
    assert words(nothing) is None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("No.", "No."),
        ({"error": "No.", "message": "Yes."}, "No."),
        ({"message": "No."}, "No."),
        ({"msg": "Field required"}, "Field required"),
        ([{"msg": "one"}, {"message": "two"}, {"msg": "one"}], "one; two"),
    ],
)
def test_words_are_found_where_gradio_puts_them(value: object, said: str) -> None:
    assert words(value) == said


def test_markup_is_taken_out() -> None:
    assert plain_words('<a href="https://evil.example">Sign &amp; up</a>') == "Sign & up"


def test_long_words_are_cut() -> None:
    assert plain_words("x" * 9999) == "x" * MAX_WORDS


def test_no_half_a_tag_is_left_at_the_end() -> None:
    assert plain_words("a" * (MAX_WORDS - 5) + '<a href="x">b</a>') == "a" * (MAX_WORDS - 5)


def test_half_a_character_becomes_a_question_mark() -> None:
    assert plain_words("\ud83e") == "?"


@given(st.text())
def test_any_words_can_be_sent_on(text: str) -> None:
    (plain_words(text) or "").encode()


def test_a_secret_is_taken_out() -> None:
    assert redacted(b"bad token hf_abc!", "hf_abc") == b"bad token [token]!"


@pytest.mark.parametrize("none", [None, ""])
def test_without_a_secret_nothing_is_taken_out(none: str | None) -> None:
    assert redacted(b"words", none) == b"words"
