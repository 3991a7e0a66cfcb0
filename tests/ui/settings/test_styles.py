"""The form and the list of styles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.aspect_ratio import AspectRatio
from bot.domain.errors import ControlUnknown
from bot.domain.styles import MAX_TEXT, Style
from bot.ui.custom_id import Action, CustomId
from bot.ui.styles import PAGE, Draft, form, listed, read, read_draft, style_key
from tests.ui.settings.cards import checked, submitted, words

INK = Style(name="Tusche", before="ink", after="paper", negative_prompt="colour")
DRAFTS = st.builds(
    Draft,
    key=st.just("new") | st.just(style_key("Größe")),
    steps=st.none() | st.integers(1, 50),
    guidance_scale=st.none() | st.floats(0, 7.5).map(lambda guidance: round(guidance, 3)),
    aspect_ratio=st.none() | st.sampled_from([ratio.value for ratio in AspectRatio]),
)


@given(DRAFTS)
def test_a_draft_is_kept_in_its_custom_id(draft: Draft) -> None:
    custom_id = CustomId(Action.STYLE_FORM, str(draft))

    assert len(str(custom_id)) <= 100
    assert read_draft(custom_id.key) == draft


@pytest.mark.parametrize("key", ["", "new", "new-x--", "new---y-z", "new-1-a-"])
def test_a_draft_of_somebodys_own_making_is_refused(key: str) -> None:
    with pytest.raises(ControlUnknown):
        read_draft(key)


def test_a_form_sent_as_it_is_changes_nothing() -> None:
    draft = Draft(key=style_key(INK.name))

    assert read(submitted(form(draft, INK)), draft, INK.name) == INK


def test_a_new_style_has_its_name_in_the_form() -> None:
    draft = Draft(steps=20)

    assert read(submitted(form(draft, None), name="Dusk"), draft, None) == Style(name="Dusk", steps=20)


def test_the_longest_styles_fit() -> None:
    long = [
        Style(
            name=f"{number:032}",
            before="*" * MAX_TEXT,
            after="`" * MAX_TEXT,
            negative_prompt="狐" * MAX_TEXT,
            steps=50,
            guidance_scale=6.75,
            aspect_ratio="16:9",
        )
        for number in range(PAGE * 3)
    ]

    checked(listed(long, [], 1))
    assert "page 3 of 3" in words(listed(long, [], 99))
