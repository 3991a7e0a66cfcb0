"""`{red, blue} fox`: one prompt that stands for several."""

from contextlib import suppress
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import OutOfRange
from bot.domain.permutations import doubled, expand

WORDS = st.text("abc ", min_size=1, max_size=5)


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("prompt", "prompts"),
    [
        ("a fox", ("a fox",)),
        ("{red, blue} fox", ("red fox", "blue fox")),
        ("{red,blue} {fox,owl}", ("red fox", "red owl", "blue fox", "blue owl")),
        ("{a, {b, c} d}", ("a", "b d", "c d")),
        ("{a,{b,c}}", ("a", "b", "c")),
        ("{, very} red fox", ("red fox", "very red fox")),
        ("{red, red} fox", ("red fox",)),
    ],
)
def test_choices_are_expanded_in_the_order_they_are_read(prompt: str, prompts: tuple[str, ...]) -> None:
    assert expand(prompt) == prompts


@pytest.mark.parametrize(
    ("prompt", "prompts"),
    [
        ("{{red, blue}} fox", ("{red, blue} fox",)),
        ("{{{a,b}}}", ("{a}", "{b}")),
        ("{a{{x}}b, c}", ("a{x}b", "c")),
        ("{a,{{b}}}", ("a", "{b}")),
    ],
)
def test_a_doubled_brace_is_a_brace(prompt: str, prompts: tuple[str, ...]) -> None:
    assert expand(prompt) == prompts


@pytest.mark.parametrize("prompt", ["{a, b", "a, b}", "}a{", "{fox}", "{}", "a, b"])
def test_braces_that_offer_no_choice_are_text(prompt: str) -> None:
    assert expand(prompt) == (prompt,)


def test_a_choice_beside_an_unpaired_brace_is_one_still() -> None:
    assert expand("{a, {b, c}") == ("{a, b", "{a, c")


@given(st.text())
def test_a_text_with_doubled_braces_stands_for_itself(text: str) -> None:
    assert expand(doubled(text)) == (plain(text),)


@given(st.lists(st.lists(WORDS, min_size=2, max_size=3), max_size=3))
def test_several_choices_multiply(groups: list[list[str]]) -> None:
    prompt = "x".join("{" + ",".join(options) + "}" for options in groups)
    combined = [plain("x".join(parts)) for parts in product(*groups)]

    assert expand(prompt, most=27) == tuple(dict.fromkeys(combined))


@given(st.text("{},ab ", max_size=30))
def test_any_text_is_expanded_or_stands_for_too_many(text: str) -> None:
    with suppress(OutOfRange):
        prompts = expand(text)

        assert 1 <= len(prompts) <= 8
        assert len(set(prompts)) == len(prompts)


def test_more_than_eight_are_refused_without_making_them() -> None:
    with pytest.raises(OutOfRange):
        expand("{a,b}" * 200)


def test_a_thousand_nested_braces_are_read() -> None:
    assert expand("{" * 1001) == ("{" * 501,)
