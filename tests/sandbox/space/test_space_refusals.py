"""What the loopback Space refuses, and how Gradio says so."""

import json
from typing import Any

import pytest

from bot.sandbox.space import Version
from tests.sandbox.space.conftest import Visit
from tests.sandbox.space.visitor import ASKED, named


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{bad", "json_invalid"),
        (b"{}", "missing"),
        (b'{"data":"x"}', "list_type"),
        (b"[]", "model_attributes_type"),
    ],
)
async def test_a_body_that_is_no_request_is_a_422(visit: Visit, body: bytes, kind: str) -> None:
    visitor = await visit()

    async with visitor.web.post(f"{visitor.space.api}/call/infer", data=body) as response:
        answer = await response.json()

    assert response.status == 422
    assert answer["detail"][0]["type"] == kind


async def test_an_unknown_function_is_a_500_in_plain_text(visit: Visit) -> None:
    answer = await (await visit()).post("/call/nope", {"data": []})

    assert answer == (500, "Internal Server Error")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"data": [], "fn_index": 0}, 400),
        ({"data": [], "fn_index": 4, "session_hash": "a"}, 500),
        ({"fn_index": 0}, 422),
    ],
)
async def test_the_queue_is_not_joined_without_a_session_or_for_nothing(
    visit: Visit, body: dict[str, Any], status: int
) -> None:
    assert (await (await visit()).post("/queue/join", body))[0] == status


async def test_a_path_that_is_not_there_is_a_404_in_json(visit: Visit) -> None:
    visitor = await visit()

    assert await visitor.get(f"{visitor.space.url}/call/infer") == (404, b'{"detail":"Not Found"}')


async def test_a_wrong_method_is_a_405_in_json(visit: Visit) -> None:
    visitor = await visit()

    answer = await visitor.get(f"{visitor.space.api}/call/infer")

    assert answer == (405, b'{"detail":"Method Not Allowed"}')


async def test_a_stream_of_nobody_is_a_422(visit: Visit) -> None:
    visitor = await visit()

    assert (await visitor.get(f"{visitor.space.api}/queue/data"))[0] == 422


@pytest.mark.parametrize("version", ["6.31", "5.50"])
async def test_before_gradio_5_there_is_no_prefix_and_after_it_there_is_one(
    visit: Visit, version: Version
) -> None:
    visitor = await visit(version=version)

    async with visitor.web.post(f"{visitor.space.url}/call/infer", json={"data": []}) as response:
        assert response.status == 404


async def test_gradio_4_answers_without_a_prefix(visit: Visit) -> None:
    visitor = await visit(version="4.44")

    assert visitor.space.api == visitor.space.url
    assert (await visitor.ask())[0] == 200


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"width": 480}, "Value 480 is less than minimum value 512."),
        ({"height": 1040}, "Value 1040 is greater than maximum value 1024."),
        ({"seed": -1}, "Value -1 is less than minimum value 0."),
        ({"num_inference_steps": 51}, "Value 51 is greater than maximum value 50."),
        ({"guidance_scale": 8.5}, "Value 8.5 is greater than maximum value 7.5."),
    ],
)
async def test_a_value_outside_of_its_slider_is_refused_with_a_sentence(
    visit: Visit, change: dict[str, float], sentence: str
) -> None:
    messages = await (await visit()).draw(**change)

    assert named(messages, "process_completed")[0]["output"] == {
        "error": sentence,
        "duration": 10,
        "visible": True,
        "title": "Error",
    }


@pytest.mark.parametrize(
    "change", [{"width": 682}, {"height": 1000}, {"width": None}, {"width": "1024"}, {"prompt": None}]
)
async def test_what_the_pipeline_cannot_do_fails_without_words(visit: Visit, change: dict[str, Any]) -> None:
    messages = await (await visit()).draw(**change)

    assert named(messages, "process_completed")[0]["output"] == {"error": None}


async def test_too_few_inputs_fail_without_words_and_too_many_do_not_matter(visit: Visit) -> None:
    visitor = await visit()
    outputs = []
    for data in (["a fox"], [*ASKED.values(), "more"]):
        _, body = await visitor.post("/call/infer", {"data": data})
        async with visitor.reading(json.loads(body)["event_id"]) as stream:
            outputs.append((await stream.until("process_completed"))["output"])

    assert outputs[0] == {"error": None}
    assert outputs[1]["data"][1] == ASKED["seed"]


async def test_a_size_between_two_stops_of_the_slider_is_painted(visit: Visit) -> None:
    messages = await (await visit()).draw(width=528)

    assert named(messages, "process_completed")[0]["success"] is True


async def test_gradio_4_leaves_sliders_unchecked(visit: Visit) -> None:
    messages = await (await visit(version="4.44")).draw(width=480)

    assert named(messages, "process_completed")[0]["success"] is True


@pytest.mark.parametrize("path", ["/config", "/gradio_api/info", "/gradio_api/queue/data?session_hash=a"])
async def test_a_space_with_a_token_refuses_whoever_has_none(visit: Visit, path: str) -> None:
    visitor = await visit(token="hf_secret")

    status, body = await visitor.get(visitor.space.url + path)

    assert status == 401
    assert json.loads(body) == {"detail": {"error": "Not authenticated", "auth_message": None}}


@pytest.mark.parametrize(
    "header",
    [
        {"Authorization": "Bearer hf_secret"},
        {"X-HF-Authorization": "Bearer hf_secret"},
        {"Cookie": "access-token-unsecure-1=hf_secret"},
    ],
)
async def test_a_space_with_a_token_lets_in_whoever_carries_it(visit: Visit, header: dict[str, str]) -> None:
    visitor = await visit(token="hf_secret")

    assert (await visitor.get(f"{visitor.space.url}/config", **header))[0] == 200


async def test_the_post_needs_the_token_too_and_the_cancel_does_not(visit: Visit) -> None:
    visitor = await visit(token="hf_secret")

    assert (await visitor.ask())[0] == 401
    assert (await visitor.cancel("nobody"))[0] == 200
    assert visitor.space.requests == []


async def test_the_ledger_keeps_every_header_so_that_a_leak_can_be_seen(visit: Visit) -> None:
    visitor = await visit()
    await visitor.post("/call/infer", {"data": list(ASKED.values())}, Authorization="Bearer hf_secret")

    assert visitor.space.requests[0].headers["Authorization"] == "Bearer hf_secret"
    assert [visit.method for visit in visitor.space.ledger.visits] == ["POST"]
