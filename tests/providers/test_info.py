"""What a Space says of itself."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.limits import DOCUMENTED, Limits, Range
from bot.providers.gradio.info import read_fn_index, read_limits
from tests.providers.servers import captured


def info(**descriptions: Any) -> dict[str, Any]:
    parameters = [
        {"parameter_name": name, "type": {"type": "number", "description": description}}
        for name, description in descriptions.items()
    ]
    return {"named_endpoints": {"/infer": {"parameters": parameters}}}


def between(minimum: float, maximum: float) -> str:
    return f"numeric value between {minimum} and {maximum}"


@pytest.mark.parametrize("version", ["5.50", "6.31"])
def test_a_real_space_states_what_is_documented(version: str) -> None:
    assert read_limits(json.loads(captured("info.json", version)), "infer") == DOCUMENTED


def test_a_space_may_state_other_ranges() -> None:
    stated = info(
        width=between(256, 1536), num_inference_steps=between(1, 28), guidance_scale=between(0.5, 9.5)
    )
    limits = Limits(width=Range(256, 1536), steps=Range(1, 28), guidance_scale=Range(0.5, 9.5))

    assert read_limits(stated, "infer") == limits


@pytest.mark.parametrize(
    "text",
    [
        "a number",
        None,
        7,
        between(1024, 512),
        between(-512, 1024),
        between(512, 10**9),
        between(513, 543),
        "numeric value between 1e3 and 2e3",
    ],
)
def test_a_surprise_costs_one_field(text: Any) -> None:
    stated = info(width=text, height=between(512, 768))

    assert read_limits(stated, "infer") == Limits(height=Range(512, 768))


@pytest.mark.parametrize(
    "stated",
    [
        None,
        [],
        {},
        {"named_endpoints": None},
        {"named_endpoints": {}},
        {"named_endpoints": {"/infer": None}},
        {"named_endpoints": {"/infer": {"parameters": {}}}},
        {"named_endpoints": {"/infer": {"parameters": [None, {}, {"parameter_name": ["width"]}]}}},
        {"named_endpoints": {"/infer": {"parameters": [{"parameter_name": "width", "type": "number"}]}}},
        {"named_endpoints": {"/other": info(width=between(64, 64))["named_endpoints"]["/infer"]}},
    ],
)
def test_what_is_documented_serves_where_nothing_is_stated(stated: Any) -> None:
    assert read_limits(stated, "infer") == DOCUMENTED


@given(st.tuples(st.floats(), st.floats()))
def test_any_range_is_taken_or_left(ends: tuple[float, float]) -> None:
    limits = read_limits(info(width=between(*ends), height=between(*ends)), "infer")

    assert limits.width.minimum >= 32
    assert limits.width.maximum <= 4096


def test_a_function_is_known_by_its_number() -> None:
    config = {"dependencies": [{"id": 4, "api_name": "other"}, {"id": 9, "api_name": "infer"}]}

    assert read_fn_index(config, "infer") == 9


def test_in_gradio_4_the_number_is_the_place() -> None:
    config = {"dependencies": [{"api_name": False}, {"api_name": "infer"}]}

    assert read_fn_index(config, "infer") == 1


@pytest.mark.parametrize(
    "config", [None, {}, {"dependencies": None}, {"dependencies": [None, {"api_name": "x"}]}]
)
def test_a_function_may_have_no_number(config: Any) -> None:
    assert read_fn_index(config, "infer") is None
