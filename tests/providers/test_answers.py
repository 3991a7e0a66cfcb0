"""HTTP answers of a Space that are no stream."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import (
    EventNotFound,
    GpuQuotaExceeded,
    NotAuthenticated,
    QueueFull,
    QueueStopped,
    RequestRefused,
    ResponseError,
    ServiceFailed,
    UnreadableAnswer,
)
from bot.providers.gradio.answers import Answer

PAGE = b"<!doctype html><title>Building</title>"


def refusal(status: int, body: Any) -> ResponseError:
    return Answer(status, "application/json", json.dumps(body).encode()).refusal()


def test_an_answer_holds_json() -> None:
    assert Answer(200, "application/json", b'{"a": 1}').json() == {"a": 1}


@pytest.mark.parametrize(("content_type", "body"), [("text/html", PAGE), ("application/json", b"{")])
def test_a_page_with_status_200_is_unreadable(content_type: str, body: bytes) -> None:
    with pytest.raises(UnreadableAnswer):
        Answer(200, content_type, body).json()


def test_a_refusal_is_raised() -> None:
    with pytest.raises(NotAuthenticated):
        Answer(401, "application/json", b"{}").json()


@pytest.mark.parametrize(
    ("status", "body", "error", "words"),
    [
        (
            401,
            {"detail": {"error": "Not authenticated", "auth_message": None}},
            NotAuthenticated,
            "Not authenticated",
        ),
        (403, {"detail": "Forbidden"}, NotAuthenticated, "Forbidden"),
        (403, {"detail": "File not allowed: /tmp/a."}, EventNotFound, "File not allowed: /tmp/a."),
        (404, {"detail": "Not Found"}, UnreadableAnswer, "Not Found"),
        (422, {"detail": [{"loc": ["body"], "msg": "Field required"}]}, RequestRefused, "Field required"),
        (422, {"detail": [{"is_valid": False, "message": "Too dark."}]}, RequestRefused, "Too dark."),
        (400, {"detail": "Session hash not found."}, RequestRefused, "Session hash not found."),
        (429, {"error": "Too many requests"}, QueueFull, "Too many requests"),
        (500, None, ServiceFailed, None),
        (500, {"error": "boom"}, ServiceFailed, "boom"),
        (
            500,
            {"error": "You have exceeded your GPU quota"},
            GpuQuotaExceeded,
            "You have exceeded your GPU quota",
        ),
        (503, {"detail": "Queue is full. Max size is 1 and size is 1."}, QueueFull, None),
        (503, {"detail": "Queue is stopped."}, QueueStopped, "Queue is stopped."),
        (503, {"detail": "no upstream"}, ServiceFailed, "no upstream"),
        (502, {}, ServiceFailed, None),
        (302, {}, UnreadableAnswer, None),
    ],
)
def test_a_status_means_an_error_and_keeps_the_words(
    status: int, body: Any, error: type, words: str | None
) -> None:
    refused = refusal(status, body)

    assert (type(refused), refused.status) == (error, status)
    assert words is None or refused.message == words


@pytest.mark.parametrize(("content_type", "body"), [("text/plain", b"Traceback"), ("application/json", b"{")])
def test_a_traceback_is_nobody_s_words(content_type: str, body: bytes) -> None:
    refused = Answer(500, content_type, body).refusal()

    assert type(refused) is ServiceFailed
    assert refused.message is None


@given(st.integers(100, 599), st.sampled_from(["application/json", "text/html", ""]), st.binary())
def test_any_answer_means_some_error(status: int, content_type: str, body: bytes) -> None:
    assert isinstance(Answer(status, content_type, body).refusal(), ResponseError)
