"""What ZeroGPU says when it does not draw: each wording of each release is told apart."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import (
    GpuCreditsPending,
    GpuDurationRefused,
    GpuQuotaExceeded,
    GpuRunsExceeded,
    GpuScheduleFailed,
    GpuSpaceLimitReached,
    GpuTaskAborted,
    GpuTokenExpired,
    GpuWorkerFailed,
    NoGpuAvailable,
    RequestRefused,
    ResponseError,
    ServiceFailed,
)
from bot.domain.gpu_quota import gpu_error, plain_text, wait

LINK = '<a style="white-space: nowrap" href="https://huggingface.co/join">'
TOKENS = "https://huggingface.co/settings/tokens"

QUOTA: list[tuple[str, int | None, int | None, float | None]] = [
    # words, requested, left, retry_after
    ("You have exceeded your GPU quota", None, None, None),
    ("You have exceeded your GPU quota (12s left vs. 60s requested). Please retry in 0:12:34", 60, 12, 754),
    (
        (
            "You have exceeded your GPU quota (12s left vs. 60s requested). "
            "Sign-up on Hugging Face to get more quotas or retry in 0:12:34"
        ),
        60,
        12,
        754,
    ),
    (
        (
            "You have exceeded your GPU quota (12s left vs. 60s requested). "
            f"{LINK}Sign-up on Hugging Face</a> to get more quotas or retry in 1 day, 0:00:05"
        ),
        60,
        12,
        86405,
    ),
    (
        (
            f"You have exceeded your GPU quota (60s requested vs. 12s left). {LINK}Create a free account</a> "
            "to get more usage quota."
        ),
        60,
        12,
        None,
    ),
    (
        (
            f"You have exceeded your free GPU quota (60s requested vs. 0s left). {LINK}Create a free "
            "account</a> to get more daily usage quota."
        ),
        60,
        0,
        None,
    ),
    ("You have exceeded your Pro GPU quota (60s requested vs. 12s left). Try again in 0:12:34", 60, 12, 754),
    ("You have exceeded your GPU quota (60s requested vs. -3s left). Try again in 23:59:59", 60, -3, 86399),
    (
        "You have exceeded your ZeroGPU quota (60s requested vs. 12s left). Try again in 0:12:34. ",
        60,
        12,
        754,
    ),
    (
        (
            "You have exceeded your free ZeroGPU quota (98s requested vs. 12s left). Try again in 2 days, "
            f"3:04:05.123456. Authenticate with a Hugging Face token for more quota - {TOKENS}"
        ),
        98,
        12,
        183845,
    ),
    (
        (
            "You have exceeded your Pro ZeroGPU quota (60s requested vs. 12s left). Try again in 0:12:34. "
            "Add credits to continue"
        ),
        60,
        12,
        754,
    ),
    (
        (
            "You have exceeded your free ZeroGPU quota (60s requested vs. 12s left). Try again in 0:00:00. "
            "Subscribe to Hugging Face PRO to get 40 min"
        ),
        60,
        12,
        None,
    ),
    ("Unlogged user is runnning out of daily ZeroGPU quotas. Signup for free on https://…", None, None, None),
    ("User is runnning out of daily ZeroGPU quotas. Visit https://…", None, None, None),
]

OTHERS: list[tuple[str, str | None, type[ResponseError]]] = [
    ("No GPU is currently available", None, NoGpuAvailable),
    ("No GPU is currently available for you after 60s", None, NoGpuAvailable),
    ("No GPU was available", "ZeroGPU queue timeout", NoGpuAvailable),
    (
        (
            f"No GPU was available after 60s. {LINK}Create a free account</a> to get a higher priority in "
            "ZeroGPU queues."
        ),
        "ZeroGPU quota exceeded",
        NoGpuAvailable,
    ),
    (
        (
            "Space app has reached its GPU limit. Try re-running outside of examples if it happened after "
            "clicking one"
        ),
        None,
        GpuSpaceLimitReached,
    ),
    ("You have exceeded your runs limit.", "ZeroGPU quota exceeded", GpuRunsExceeded),
    ("You have exceeded your ZeroGPU runs limit. ", "ZeroGPU quota exceeded", GpuRunsExceeded),
    (
        (
            "You have too many ZeroGPU credits allocated to running tasks. Try again once some of those "
            "tasks have completed."
        ),
        "ZeroGPU pending credits exceeded",
        GpuCreditsPending,
    ),
    ("Expired ZeroGPU proxy token", "ZeroGPU client error", GpuTokenExpired),
    ("GPU task aborted", "ZeroGPU worker error", GpuTaskAborted),
    ("RuntimeError", "ZeroGPU worker error", GpuWorkerFailed),
    ("OutOfMemoryError", "ZeroGPU worker error", GpuWorkerFailed),
    ("ZeroGPU API /schedule error: 500 (Internal Server Error)", None, GpuScheduleFailed),
    ("something new", "ZeroGPU client error", GpuScheduleFailed),
    ("something new", "ZeroGPU queue timeout", NoGpuAvailable),
    ("something new", "ZeroGPU illegal duration", GpuDurationRefused),
    ("something new", "ZeroGPU pending credits exceeded", GpuCreditsPending),
    ("something new", "ZeroGPU quota exceeded", GpuQuotaExceeded),
    ("Value 480 is less than minimum value 512.", None, RequestRefused),
    ("Please enter a prompt", "Error", RequestRefused),
]


@pytest.mark.parametrize(("words", "requested", "left", "retry_after"), QUOTA)
def test_quota_is_known_in_every_wording(
    words: str, requested: int | None, left: int | None, retry_after: float | None
) -> None:
    error = gpu_error(words)

    assert type(error) is GpuQuotaExceeded
    assert (error.requested, error.left, error.retry_after) == (requested, left, retry_after)


@pytest.mark.parametrize(("words", "title", "kind"), OTHERS)
def test_the_other_kinds_are_known_too(words: str, title: str | None, kind: type[ResponseError]) -> None:
    assert type(gpu_error(words, title)) is kind


@pytest.mark.parametrize(
    ("words", "requested"),
    [
        ("The requested GPU duration (300s) is larger than the maximum allowed", 300),
        ("The requested GPU duration (97.5s) is larger than the maximum allowedSubscribe to Pro", 97.5),
    ],
)
def test_a_duration_that_is_refused_says_how_long_it_is(words: str, requested: float) -> None:
    error = gpu_error(words, "ZeroGPU illegal duration")

    assert isinstance(error, GpuDurationRefused)
    assert error.requested == requested


@pytest.mark.parametrize("words", [None, "", "  "])
def test_without_words_the_service_has_failed(words: str | None) -> None:
    error = gpu_error(words, status=500)

    assert (type(error), error.message, error.status) == (ServiceFailed, None, 500)


def test_gradio_4_puts_the_words_in_quotes() -> None:
    assert gpu_error("'You have exceeded your GPU quota'").message == "You have exceeded your GPU quota"


def test_the_words_are_kept_without_markup() -> None:
    assert gpu_error(QUOTA[3][0]).message == (
        "You have exceeded your GPU quota (12s left vs. 60s requested). "
        "Sign-up on Hugging Face to get more quotas or retry in 1 day, 0:00:05"
    )


@pytest.mark.parametrize(
    ("text", "plain"), [("a &amp; b", "a & b"), ("<b>a</b>\n b", "a b"), ('"', '"'), ("''", "")]
)
def test_plain_text_is_what_a_reader_sees(text: str, plain: str) -> None:
    assert plain_text(text) == plain


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Try again in 0:00:01", 1),
        ("please RETRY IN 10:00:00.", 36000),
        ("Try again in 0:00:00", None),
        ("Try again in -1 day, 23:59:50", None),
        ("Try again later", None),
        ("Try again in 99999999:00:00", None),
    ],
)
def test_a_wait_is_seconds_or_unknown(text: str, seconds: float | None) -> None:
    assert wait(text) == seconds


TITLES = st.none() | st.text() | st.sampled_from([title for _, title, _ in OTHERS])


@given(st.none() | st.text() | st.sampled_from([words for words, *_ in QUOTA]).map(lambda w: w[:50]), TITLES)
def test_whatever_is_said_means_something(words: str | None, title: str | None) -> None:
    error: Any = gpu_error(words, title)

    assert isinstance(error, ResponseError)
