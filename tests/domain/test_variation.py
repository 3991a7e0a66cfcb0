"""What may be changed in a picture while its seed stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import NotNumbers
from bot.domain.limits import DOCUMENTED
from bot.domain.request import ImageRequest
from bot.domain.variation import Variation, variations

REQUESTS = st.builds(
    ImageRequest,
    prompt=st.just("a fox"),
    guidance_scale=st.floats(0, 7.5).map(lambda scale: round(scale, 2)),
    steps=st.integers(1, 50),
)


@given(REQUESTS)
def test_every_variation_can_be_drawn_and_differs(request: ImageRequest) -> None:
    offered = variations(request)

    assert 4 <= len(offered) <= 11
    assert len(set(offered)) == len(offered)
    for change in offered:
        assert change.steps != request.steps
        assert change.guidance_scale is None or change.guidance_scale in DOCUMENTED.guidance_scale


@given(REQUESTS)
def test_a_variation_survives_its_way_through_a_menu(request: ImageRequest) -> None:
    assert [Variation.parse(str(change)) for change in variations(request)] == list(variations(request))


@pytest.mark.parametrize("text", ["", "steps=", "steps=x", "width=512", "guidance=1e9", "steps=1 "])
def test_anything_else_is_no_variation(text: str) -> None:
    with pytest.raises(NotNumbers):
        Variation.parse(text)
