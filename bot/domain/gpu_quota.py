"""Reads what ZeroGPU says when it does not draw.

The service's wording changed with nearly every release; each one known is told apart by what it says,
never by a prefix of our own.
"""

# Source: the `spaces` package, releases 0.19 to 0.51, client and titles.

import html
import re
from datetime import timedelta

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

_TAG = re.compile(r"<[^>]*>")
_REQUESTED_LEFT = re.compile(r"\((\d+)s requested vs\. (-?\d+)s left\)")
_LEFT_REQUESTED = re.compile(r"\((-?\d+)s left vs\. (\d+)s requested\)")
_WAIT = re.compile(
    r"(?:try again|retry) in (?:(-?\d{1,6}) days?, )?(\d{1,6}):(\d{2}):(\d{2})(?:\.\d+)?", re.IGNORECASE
)
_DURATION = re.compile(
    r"requested GPU duration \((\d+(?:\.\d+)?)s\) is larger than the maximum allowed", re.IGNORECASE
)
_NO_GPU = re.compile(r"^No GPU (?:is currently|was) available", re.IGNORECASE)
_RUNS = re.compile(r"exceeded your (?:ZeroGPU )?runs limit", re.IGNORECASE)
_QUOTA = re.compile(
    r"exceeded your (?:\w+ )?(?:Zero)?GPU quota|runn+ing out of daily ZeroGPU quotas", re.IGNORECASE
)
_BY_TEXT: tuple[tuple[re.Pattern[str], type[ResponseError]], ...] = (
    (_NO_GPU, NoGpuAvailable),
    (re.compile(r"too many ZeroGPU credits allocated", re.IGNORECASE), GpuCreditsPending),
    (re.compile(r"Space app has reached its GPU limit", re.IGNORECASE), GpuSpaceLimitReached),
    (re.compile(r"^GPU task aborted", re.IGNORECASE), GpuTaskAborted),
    (re.compile(r"^Expired ZeroGPU proxy token", re.IGNORECASE), GpuTokenExpired),
    (re.compile(r"^ZeroGPU API /schedule error", re.IGNORECASE), GpuScheduleFailed),
)
_BY_TITLE: dict[str | None, type[ResponseError]] = {
    "ZeroGPU illegal duration": GpuDurationRefused,
    "ZeroGPU pending credits exceeded": GpuCreditsPending,
    "ZeroGPU queue timeout": NoGpuAvailable,
    "ZeroGPU client error": GpuScheduleFailed,
    "ZeroGPU worker error": GpuWorkerFailed,
}


def plain_text(message: str) -> str:
    """Strip what the service adds for a browser: tags, entities, and the quotes of a Python repr."""
    text = " ".join(html.unescape(_TAG.sub("", message)).split())
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]  # gradio 4 and 5.0 send str(gr.Error(...)), which is a repr
    return text


def wait(text: str) -> float | None:
    """Return the seconds until the service says to come back; None when it does not say.

    `0:00:00` counts as not saying: releases up to 0.50 write it when the number of runs is used up.
    """
    found = _WAIT.search(text)
    if found is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    total = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds).total_seconds()
    return total if total > 0 else None


def gpu_error(message: str | None, title: str | None = None, status: int = 200) -> ResponseError:
    """Return the error that an app's words mean.

    Args:
        message: The service's words, markup included; None when it gave none.
        title: The service's heading; None when it gave none.
        status: The HTTP status that the words came with.
    """
    text = plain_text(message) if message else ""
    said = text or None
    if quota := _quota(text, title):
        requested, left = _seconds(text)
        return quota(said, title, status, requested=requested, left=left, retry_after=wait(text))
    if duration := _DURATION.search(text):
        return GpuDurationRefused(said, title, status, requested=float(duration[1]))
    for pattern, error in _BY_TEXT:
        if pattern.search(text):
            return error(said, title, status)
    if title in _BY_TITLE:
        return _BY_TITLE[title](said, title, status)
    return RequestRefused(said, title, status) if text else ServiceFailed(None, title, status)


def _quota(text: str, title: str | None) -> type[GpuQuotaExceeded] | None:
    if any(pattern.search(text) for pattern, _ in _BY_TEXT):
        return None  # these come under the title "ZeroGPU quota exceeded" too, in some releases
    if _RUNS.search(text):
        return GpuRunsExceeded
    return GpuQuotaExceeded if _QUOTA.search(text) or title == "ZeroGPU quota exceeded" else None


def _seconds(text: str) -> tuple[int | None, int | None]:
    """Return the GPU seconds requested and left."""
    if found := _REQUESTED_LEFT.search(text):
        return int(found[1]), int(found[2])
    if found := _LEFT_REQUESTED.search(text):
        return int(found[2]), int(found[1])
    return None, None
