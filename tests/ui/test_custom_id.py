"""What a control stands for, in the hundred characters that Discord gives back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.custom_id import MAX_LENGTH, Action, CustomId, parse

KEYS = st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)
CONTROLS = st.builds(CustomId, st.sampled_from(Action), KEYS, st.none() | st.integers(0, 999))


@given(CONTROLS)
def test_a_control_survives_its_way_through_discord(control: CustomId) -> None:
    assert parse(str(control)) == control


@given(CONTROLS)
def test_it_fits(control: CustomId) -> None:
    assert len(str(control)) <= MAX_LENGTH


@given(st.text(max_size=100))
def test_anything_else_is_nobodys(text: str) -> None:
    control = parse(text)

    assert control is None or parse(str(control)) == control


@pytest.mark.parametrize("text", ["", "imagine:upscale:job1:", "imagine:again:job1", "imagine:again::0"])
def test_what_other_versions_wrote_is_nobodys(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(("key", "number"), [("", 0), ("a:b", 0), ("a" * 65, 0), ("a", -1), ("a", 1000)])
def test_what_could_not_be_read_again_cannot_be_made(key: str, number: int) -> None:
    with pytest.raises(ValueError, match="is "):
        CustomId(Action.AGAIN, key, number)
