"""What a Gradio queue says, on either of its streams."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import (
    EventNotFound,
    GpuQuotaExceeded,
    GpuTaskAborted,
    GpuWorkerFailed,
    ProviderError,
    QueueStopped,
    RequestRefused,
    ServiceFailed,
    StreamCut,
    UnreadableAnswer,
    WorkCancelled,
)
from bot.domain.events import Log, Progress, Queued, Started
from bot.providers.gradio.messages import (
    Completed,
    Failed,
    Generating,
    Message,
    call_message,
    queue_message,
)
from bot.providers.gradio.sse import EventDecoder, ServerSentEvent
from tests.providers.servers import captured

VERSIONS = ("5.50", "6.31")


def rich(message: Any) -> Message | None:
    return queue_message(ServerSentEvent(b"", json.dumps(message).encode()))


def simple(name: str, data: Any) -> Message | None:
    return call_message(ServerSentEvent(name.encode(), json.dumps(data).encode()))


def heard(capture: str, version: str) -> list[Message]:
    read = queue_message if capture.startswith("queue") else call_message
    events = EventDecoder().feed(captured(capture, version))
    return [message for event in events if (message := read(event)) is not None]


def failure(message: Message | None) -> ProviderError:
    assert isinstance(message, Failed)
    return message.error


def kinds(messages: list[Message]) -> list[str]:
    return [type(message).__name__ for message in messages]


def completed(**fields: Any) -> Message | None:
    return rich({"msg": "process_completed", **fields})


# --- real servers


@pytest.mark.parametrize("version", VERSIONS)
def test_a_generator_is_heard_from_the_queue_to_its_result(version: str) -> None:
    said = kinds(heard("queue-infer.sse", version))

    assert said[:7] == ["Queued", "Started", *["Generating"] * 4, "Completed"]


@pytest.mark.parametrize("version", VERSIONS)
def test_both_streams_give_the_same_pictures(version: str) -> None:
    pictures = [message for message in heard("queue-infer.sse", version) if isinstance(message, Generating)]

    assert kinds(heard("call-infer.sse", version)) == [*["Generating"] * 4, "Completed"]
    assert pictures == [m for m in heard("call-infer.sse", version) if isinstance(m, Generating)]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_function_is_heard_step_by_step(version: str) -> None:
    steps = [message for message in heard("queue-infer_plain.sse", version) if isinstance(message, Progress)]

    assert steps[-1] == Progress(3, 4, "steps")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_quota_error_says_when_quota_returns(version: str) -> None:
    error = failure(heard("queue-infer_quota.sse", version)[2])

    assert isinstance(error, GpuQuotaExceeded)
    assert (error.requested, error.left, error.retry_after) == (60, 12, 754.0)


def test_the_simple_stream_of_6_13_and_later_has_the_words_too() -> None:
    error = failure(heard("call-infer_quota.sse", "6.31")[0])

    assert isinstance(error, GpuQuotaExceeded)
    assert error.title == "ZeroGPU quota exceeded"


def test_the_simple_stream_before_6_13_says_nothing() -> None:
    error = failure(heard("call-infer_quota.sse", "5.50")[0])

    assert type(error) is ServiceFailed
    assert error.message is None


@pytest.mark.parametrize("version", VERSIONS)
def test_after_previews_the_title_is_the_one_of_the_output(version: str) -> None:
    said = heard("queue-infer_midquota.sse", version)
    error = failure(said[4])

    assert kinds(said[:4]) == ["Queued", "Started", "Generating", "Generating"]
    assert isinstance(error, GpuTaskAborted)
    assert error.title == "ZeroGPU worker error"


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("stream", ["queue", "call"])
def test_a_crash_says_nothing(stream: str, version: str) -> None:
    error = next(m.error for m in heard(f"{stream}-infer_exc.sse", version) if isinstance(m, Failed))

    assert type(error) is ServiceFailed
    assert (error.message, error.title) == (None, None)


@pytest.mark.parametrize("version", VERSIONS)
def test_log_lines_are_heard(version: str) -> None:
    logs = [message for message in heard("queue-infer_logs.sse", version) if isinstance(message, Log)]

    assert logs[0] == Log("Waiting for a GPU to become available", "info", "ZeroGPU queue")
    assert logs[1].level == "warning"


@pytest.mark.parametrize("version", VERSIONS)
def test_an_unknown_event_is_not_found(version: str) -> None:
    assert type(failure(heard("call-unknown-event.sse", version)[0])) is EventNotFound


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("stream", ["queue", "call"])
def test_a_result_without_a_picture_is_a_result(stream: str, version: str) -> None:
    assert Completed([None, 7]) in heard(f"{stream}-infer_none.sse", version)


# --- the rich stream


def test_an_estimation_is_a_place_in_the_queue() -> None:
    message = {"msg": "estimation", "rank": 2, "queue_size": 4, "rank_eta": 1.5}

    assert rich(message) == Queued(2, 4, 1.5)


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"rank": 0, "queue_size": 1, "rank_eta": None}, Queued(0, 1)),
        ({"rank": 3}, Queued(3, 4)),
        ({"rank": None, "queue_size": 1}, None),
        ({"rank": -1, "queue_size": 1}, None),
        ({"rank": True}, None),
        ({"rank": 2**60}, None),
        ({"rank": 0, "queue_size": "1", "rank_eta": float("nan")}, Queued(0, 1)),
    ],
)
def test_an_estimation_may_lack_what_it_likes(fields: dict[str, Any], place: Queued | None) -> None:
    assert rich({"msg": "estimation", **fields}) == place


def test_work_starts() -> None:
    assert rich({"msg": "process_starts", "eta": 2.5}) == Started(2.5)


@pytest.mark.parametrize(
    ("bars", "progress"),
    [
        ([{"index": 3, "length": 8, "unit": "steps", "progress": None}], Progress(3, 8)),
        ([{"index": 3, "length": None, "unit": None}], Progress(3, None)),
        ([{"index": None, "length": None, "unit": "steps", "progress": 0.4}], Progress(0.4, 1.0, "")),
        ([{"index": 1, "length": 2}, {"index": 5, "length": 9}], Progress(1, 2)),
        ([{"index": None, "progress": None}], None),
        ([], None),
        (["half"], None),
        (None, None),
    ],
)
def test_progress_is_the_outermost_bar(bars: Any, progress: Progress | None) -> None:
    assert rich({"msg": "progress", "progress_data": bars}) == progress


@pytest.mark.parametrize(
    ("fields", "log"),
    [
        ({"log": "<b>Waiting</b> &amp; waiting", "level": "success"}, Log("Waiting & waiting", "success")),
        ({"log": "no", "level": "error"}, Log("no", "warning")),
        ({"log": "no", "level": 7}, Log("no")),
        ({"log": "no", "visible": False}, None),
        ({"log": ""}, None),
        ({"log": None}, None),
    ],
)
def test_a_log_line_is_plain_text(fields: dict[str, Any], log: Log | None) -> None:
    assert rich({"msg": "log", **fields}) == log


@pytest.mark.parametrize("output", [None, {}, {"data": None}, "none"])
def test_a_step_without_outputs_says_nothing(output: Any) -> None:
    assert rich({"msg": "process_generating", "output": output, "success": True}) is None


@pytest.mark.parametrize("kind", ["heartbeat", "a_kind_of_2030", None, ["estimation"]])
def test_what_is_not_known_says_nothing(kind: Any) -> None:
    assert rich({"msg": kind, "event_id": None}) is None


def test_an_empty_success_is_a_cancellation() -> None:
    assert type(failure(completed(output={}, success=True))) is WorkCancelled


@pytest.mark.parametrize("output", [{"error": None}, {"error": ""}, {}, None, {"error": 7}])
def test_a_failure_may_say_nothing(output: Any) -> None:
    assert type(failure(completed(output=output, success=False))) is ServiceFailed


def test_an_error_counts_even_if_it_is_called_a_success() -> None:
    assert type(failure(completed(output={"error": "No."}, success=True))) is RequestRefused


def test_the_title_error_is_no_title() -> None:
    error = failure(completed(output={"error": "RuntimeError"}, success=False, title="Error"))

    assert type(error) is RequestRefused
    assert error.title is None


def test_a_title_alone_tells_what_a_worker_s_class_name_means() -> None:
    output = {"error": "OutOfMemoryError", "title": "ZeroGPU worker error"}
    error = failure(completed(output=output, success=False, title="Error"))

    assert type(error) is GpuWorkerFailed
    assert error.message == "OutOfMemoryError"


def test_a_value_that_is_refused_is_refused_with_its_reason() -> None:
    output = {"error": "Value 480 is less than minimum value 512.", "title": "Error"}
    error = failure(completed(output=output, success=False, title="Error"))

    assert str(error) == "Value 480 is less than minimum value 512."


def test_validators_are_all_heard() -> None:
    output = {"error": [{"is_valid": False, "message": "Too dark."}, {"is_valid": True, "message": "Fine."}]}

    assert str(failure(completed(output=output, success=False))) == "Too dark."


@pytest.mark.parametrize("data", [None, {}, "picture"])
def test_a_result_that_is_no_list_is_unreadable(data: Any) -> None:
    with pytest.raises(UnreadableAnswer):
        completed(output={"data": data, "is_generating": False}, success=True)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("404: Not Found", EventNotFound),
        ("Server stopped unexpectedly.", QueueStopped),
        ("something else", RequestRefused),
        (None, ServiceFailed),
    ],
)
@pytest.mark.parametrize("kind", ["unexpected_error", "server_stopped"])
def test_the_server_s_own_errors_are_told_apart(kind: str, words: str | None, error: type) -> None:
    assert type(failure(rich({"msg": kind, "message": words, "success": False}))) is error


def test_a_stream_that_closes_without_a_result_is_cut() -> None:
    assert type(failure(rich({"msg": "close_stream", "event_id": None}))) is StreamCut


# --- the simple stream


def test_previews_come_as_they_are() -> None:
    assert simple("generating", ["picture", 7]) == Generating(["picture", 7])


def test_a_result_comes_as_it_is() -> None:
    assert simple("complete", ["picture", 7]) == Completed(["picture", 7])


@pytest.mark.parametrize(("name", "data"), [("heartbeat", None), ("generating", None), ("new", 1)])
def test_the_rest_says_nothing(name: str, data: Any) -> None:
    assert simple(name, data) is None


def test_a_null_result_is_a_cancellation() -> None:
    assert type(failure(simple("complete", None))) is WorkCancelled


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (None, ServiceFailed),
        ({"error": None}, ServiceFailed),
        ({"error": "boom", "visible": True}, RequestRefused),
        ("404: Not Found", EventNotFound),
        ("Server stopped unexpectedly.", QueueStopped),
        (7, ServiceFailed),
    ],
)
def test_an_error_has_many_shapes(data: Any, error: type) -> None:
    assert type(failure(simple("error", data))) is error


# --- garbage


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 100_000, b'"\xed\xa0\x80"', b"1" * 5000])
@pytest.mark.parametrize("name", [b"complete", b"error", b"generating"])
def test_what_is_no_json_is_unreadable(name: bytes, data: bytes) -> None:
    for read in (queue_message, call_message):
        with pytest.raises(UnreadableAnswer):
            read(ServerSentEvent(name, data))


@pytest.mark.parametrize("data", [b"null", b"[]", b'"msg"', b"7"])
def test_a_rich_message_is_an_object(data: bytes) -> None:
    with pytest.raises(UnreadableAnswer):
        queue_message(ServerSentEvent(b"", data))


FIELDS = st.sampled_from(
    ["output", "data", "error", "title", "rank", "progress_data", "index", "log", "message"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS | st.text(), inner, max_size=4),
    max_leaves=12,
)
KINDS = st.sampled_from(
    ["estimation", "process_starts", "progress", "log", "process_generating", "process_completed"]
)


@given(KINDS, st.dictionaries(FIELDS | st.just("success"), JSON))
def test_a_message_of_any_shape_is_heard_or_is_unreadable(kind: str, fields: dict[str, Any]) -> None:
    with suppress(UnreadableAnswer):
        rich({"msg": kind, **fields})


@given(st.sampled_from(["generating", "complete", "error"]), JSON)
def test_so_is_a_simple_one(name: str, data: Any) -> None:
    with suppress(UnreadableAnswer):
        simple(name, data)
