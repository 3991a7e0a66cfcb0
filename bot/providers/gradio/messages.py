"""What a Gradio queue says, as typed messages.

Two streams say it: `/queue/data`, which is rich, and `/call/…`, which is simple. Both become the same closed
union, so that nothing after this module knows which one was read. A message of an unknown kind is no message:
the protocol grows.
"""

# Source: gradio 4.44 to 6.31, routes.py (`queue_data`, `simple_predict_get`) and server_messages.py.

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.domain.errors import (
    EventNotFound,
    ProviderError,
    QueueStopped,
    ServiceFailed,
    StreamCut,
    UnreadableAnswer,
    WorkCancelled,
)
from bot.domain.events import Log, Progress, Queued, Started
from bot.domain.gpu_quota import gpu_error
from bot.providers.gradio.sse import ServerSentEvent
from bot.providers.gradio.words import plain_words, words

_JSON = json.JSONDecoder()  # `json.loads` looks at its many options each time

LOG_LEVELS = frozenset({"info", "warning", "success"})


@dataclass(frozen=True, slots=True)
class Generating:
    """The app yielded, and works on.

    Attributes:
        outputs: One value an output component, as JSON has it; nobody has checked them.
    """

    outputs: list[Any]


@dataclass(frozen=True, slots=True)
class Completed:
    """The app returned; the stream is over.

    Attributes:
        outputs: One value an output component, as JSON has it; nobody has checked them.
    """

    outputs: list[Any]


@dataclass(frozen=True, slots=True)
class Failed:
    """There will be no result; the stream is over.

    Attributes:
        error: Why, ready to be raised.
    """

    error: ProviderError


Message: TypeAlias = Queued | Started | Progress | Log | Generating | Completed | Failed


def queue_message(event: ServerSentEvent) -> Message | None:
    """Return what an event of `/queue/data` says; None if it says nothing to us.

    Raises:
        UnreadableAnswer: It is no JSON, or not of the shape that the protocol promises.
    """
    message = read_json(event.data)
    if not isinstance(message, dict):
        raise UnreadableAnswer
    kind = message.get("msg")
    read = _READERS.get(kind) if isinstance(kind, str) else None
    return read(message) if read else None


def call_message(event: ServerSentEvent) -> Message | None:
    """Return what an event of `/call/…` says; None if it says nothing to us.

    Raises:
        UnreadableAnswer: It is no JSON, or not of the shape that the protocol promises.
    """
    match event.name:
        case b"generating":
            outputs = read_json(event.data)
            return Generating(outputs) if isinstance(outputs, list) else None
        case b"complete":
            outputs = read_json(event.data)
            return Failed(WorkCancelled()) if outputs is None else Completed(_outputs(outputs))
        case b"error":
            return Failed(_failure(read_json(event.data)))
        case _:
            return None


def read_json(data: bytes) -> Any:
    """Return the JSON value in the bytes.

    Raises:
        UnreadableAnswer: There is none.
    """
    try:
        return _JSON.decode(data.decode())
    except (ValueError, RecursionError):  # RecursionError: brackets a thousand deep
        raise UnreadableAnswer from None


def _estimation(message: Mapping[str, Any]) -> Message | None:
    rank = _number(message.get("rank"))
    if rank is None:
        return None
    size = _number(message.get("queue_size"))
    return Queued(int(rank), int(rank) + 1 if size is None else int(size), _number(message.get("rank_eta")))


def _process_starts(message: Mapping[str, Any]) -> Message:
    return Started(_number(message.get("eta")))


def _progress(message: Mapping[str, Any]) -> Message | None:
    """Read the outermost of the app's progress bars; the ones inside of it would make it jump."""
    bars = message.get("progress_data")
    if not isinstance(bars, list) or not bars or not isinstance(bars[0], dict):
        return None
    bar = bars[0]
    if (index := _number(bar.get("index"))) is not None:
        return Progress(index, _number(bar.get("length")), plain_words(bar.get("unit")) or "steps")
    if (fraction := _number(bar.get("progress"))) is not None:
        return Progress(fraction, 1.0, "")
    return None


def _log(message: Mapping[str, Any]) -> Message | None:
    text = plain_words(message.get("log"))
    if text is None or message.get("visible") is False:
        return None
    level = message.get("level")
    if level == "error":  # a line, not the end: an error that ends the work is `process_completed`
        level = "warning"
    known = level if isinstance(level, str) and level in LOG_LEVELS else "info"
    return Log(text, known, plain_words(message.get("title")) or "")


def _process_generating(message: Mapping[str, Any]) -> Message | None:
    output = message.get("output")
    outputs = output.get("data") if isinstance(output, dict) else None
    return Generating(outputs) if isinstance(outputs, list) else None


def _process_completed(message: Mapping[str, Any]) -> Message:
    output = message.get("output")
    if not isinstance(output, dict):
        output = {}
    if not message.get("success", True) or "error" in output:
        # After a preview gradio leaves the message's own title null and fills the output's.
        return Failed(_failure(output, _title(message.get("title"))))
    if not output:
        return Failed(WorkCancelled())
    return Completed(_outputs(output.get("data")))


def _unexpected_error(message: Mapping[str, Any]) -> Message:
    return Failed(_failure(message.get("message")))


def _close_stream(_message: Mapping[str, Any]) -> Message:
    """Whoever read the result was somebody else: a stream is closed only after `process_completed`."""
    return Failed(StreamCut())


_READERS: dict[str, Callable[[Mapping[str, Any]], Message | None]] = {
    "estimation": _estimation,
    "process_starts": _process_starts,
    "progress": _progress,
    "log": _log,
    "process_generating": _process_generating,
    "process_completed": _process_completed,
    "unexpected_error": _unexpected_error,
    "server_stopped": _unexpected_error,
    "close_stream": _close_stream,
}


def _failure(payload: Any, title: str | None = None) -> ProviderError:
    """Return what an app's error payload means: null, a string, or an object with `error` and `title`."""
    if isinstance(payload, dict):
        return gpu_error(words(payload.get("error")), title or _title(payload.get("title")))
    said = words(payload)
    if said is None:
        return ServiceFailed(title=title)
    if said.startswith("404"):
        return EventNotFound(said)
    if said.startswith("Server stopped"):
        return QueueStopped(said)
    return gpu_error(said, title)


def _title(value: object) -> str | None:
    """Return a heading that says something; gradio's own default is `Error`."""
    said = plain_words(value)
    return None if said == "Error" else said


def _outputs(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise UnreadableAnswer
    return value


def _number(value: object) -> float | None:
    """Return a number that can be shown: finite, not negative, and no boolean."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, int):
        return value if 0 <= value < 2**53 else None
    return value if math.isfinite(value) and value >= 0 else None
