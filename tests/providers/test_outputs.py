"""The picture and the seed among an app's outputs."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import NoImage
from bot.providers.gradio.outputs import MAX_LINK, FileData, image_file, reported_seed

PICTURE = {"path": "/data/a.webp", "url": "http://space/file=/data/a.webp", "size": None}
FOUND = FileData("http://space/file=/data/a.webp", "/data/a.webp")


def test_a_picture_is_the_first_output() -> None:
    assert image_file([PICTURE, 7]) == FOUND


def test_a_gallery_gives_its_first_picture() -> None:
    assert image_file([[{"image": PICTURE, "caption": None}, {"image": None}], 7]) == FOUND


@pytest.mark.parametrize("path", [None, "", 7, "x" * (MAX_LINK + 1)])
def test_a_picture_may_have_no_path(path: Any) -> None:
    assert image_file([{"url": "http://space/a", "path": path}]) == FileData("http://space/a", None)


@pytest.mark.parametrize(
    "outputs",
    [
        [],
        [None, 7],
        [[], 7],
        [{"path": "/data/a.webp", "url": None}, 7],
        [{"path": "/data/a.webp"}, 7],
        [{"url": ""}],
        [{"url": "x" * (MAX_LINK + 1)}],
        [[[[[PICTURE]]]]],
        ["http://space/a"],
    ],
)
def test_without_a_picture_there_is_no_image(outputs: list[Any]) -> None:
    with pytest.raises(NoImage):
        image_file(outputs)


@pytest.mark.parametrize(
    ("outputs", "seed"),
    [
        ([PICTURE, 7], 7),
        ([PICTURE, 7.0], 7),
        ([PICTURE, 7.5], None),
        ([PICTURE, float("inf")], None),
        ([PICTURE, True], None),
        ([PICTURE, -1], None),
        ([PICTURE, "7"], None),
        ([PICTURE], None),
        ([], None),
    ],
)
def test_the_seed_is_the_second_output(outputs: list[Any], seed: int | None) -> None:
    assert reported_seed(outputs) == seed


@given(st.lists(st.none() | st.text() | st.floats() | st.lists(st.none() | st.integers()), max_size=3))
def test_any_outputs_can_be_looked_at(outputs: list[Any]) -> None:
    reported_seed(outputs)
    with pytest.raises(NoImage):
        image_file(outputs)
