"""Messages to bytes, in the form of either stream: `/queue/data` says all, `/call/…` the results only."""

import json
from typing import Any

from bot.sandbox.space.dialect import Dialect
from bot.sandbox.space.messages import (
    CloseStream,
    Cut,
    Estimation,
    Final,
    Gibberish,
    Heartbeat,
    LogLine,
    Message,
    ProcessCompleted,
    ProcessFailed,
    ProcessGenerating,
    ProcessStarts,
    StepProgress,
    UnexpectedError,
)

TOAST_SECONDS = 10  # how long Gradio shows an error or a log unless the app says otherwise

_ABOUT_NO_EVENT = (Heartbeat, CloseStream, UnexpectedError)


def queue_data(event_id: str | None, message: Message, dialect: Dialect) -> bytes:
    """Return the bytes that `GET /queue/data` sends for a message; empty for `Cut`."""
    if isinstance(message, Cut):
        return b""
    if isinstance(message, Gibberish):
        return b'data: {"msg":"process_generating","event_id":\n\n'
    name, fields = _fields(message, dialect)
    about = None if isinstance(message, _ABOUT_NO_EVENT) else event_id
    body = json.dumps({"msg": name, "event_id": about, **fields}, separators=(",", ":"), ensure_ascii=False)
    return f"data: {body}\n\n".encode()


def call(message: Message, dialect: Dialect) -> bytes:
    """Return the bytes that `GET /call/…` sends for a message; empty where it says nothing."""
    event: str
    data: object
    match message:
        case ProcessGenerating(data):
            event = "generating"
        case ProcessCompleted(data):
            event = "complete"
        case ProcessFailed():
            event, data = "error", _failure(message, dialect) if dialect.explains_on_call else None
        case UnexpectedError(data):
            event = "error"
        case Heartbeat():
            event, data = "heartbeat", None
        case Gibberish():
            return b'event: generating\ndata: [{"path": \n\n'
        case _:
            return b""
    return f"event: {event}\ndata: {json.dumps(data)}\n\n".encode()


def _fields(message: Message, dialect: Dialect) -> tuple[str, dict[str, Any]]:
    """Return a message's name, and its fields after `msg` and `event_id`."""
    fields: dict[str, Any] = {}
    match message:
        case Estimation(rank, size, eta):
            name, fields = "estimation", {"rank": rank, "queue_size": size, "rank_eta": eta}
        case ProcessStarts(eta):
            name, fields = "process_starts", {"eta": eta}
        case StepProgress():
            name, fields = "progress", {"progress_data": _bar(message)}
        case LogLine():
            name, fields = "log", _log(message, dialect)
        case ProcessGenerating():
            name, fields = "process_generating", _generating(message, dialect)
        case ProcessCompleted() | ProcessFailed():
            name, fields = "process_completed", _completed(message, dialect)
        case UnexpectedError(text, not_found):
            name = "unexpected_error"
            fields = {"message": text, "session_not_found": not_found, "success": False}
        case _:
            name = "close_stream" if isinstance(message, CloseStream) else "heartbeat"
    return name, fields


def _bar(message: StepProgress) -> list[dict[str, Any]]:
    if message.index is None:
        return []
    bar = {"index": message.index, "length": message.length, "unit": "steps", "progress": None, "desc": None}
    return [bar]


def _log(message: LogLine, dialect: Dialect) -> dict[str, Any]:
    title = {"title": message.title} if dialect.has_titles else {}
    duration = float(TOAST_SECONDS)
    return {"log": message.log, "level": message.level, "duration": duration, "visible": True, **title}


def _generating(message: ProcessGenerating, dialect: Dialect) -> dict[str, Any]:
    output = _output(dialect, message.data, message.duration, message.average, is_generating=True)
    limit = {"time_limit": None} if dialect.has_time_limit else {}
    return {"output": output, "success": True, **limit}


def _output(
    dialect: Dialect, data: list[Any], duration: float, average: float, *, is_generating: bool
) -> dict[str, Any]:
    cache = {"used_cache": None} if dialect.has_cache_fields else {}
    return {
        "data": data,
        "is_generating": is_generating,
        "duration": duration,
        "average_duration": average,
        "render_config": None,
        "changed_state_ids": [],
        **cache,
    }


def _completed(message: Final, dialect: Dialect) -> dict[str, Any]:
    output = _final_output(message, dialect)
    fields: dict[str, Any] = {"output": output, "success": isinstance(message, ProcessCompleted)}
    shown = isinstance(message, ProcessFailed) and message.previews_shown
    if dialect.has_titles:
        fields["title"] = message.title if isinstance(message, ProcessFailed) and not shown else None
    if dialect.has_cache_fields:
        # Gradio takes the cache's times from the output, where a failure has its toast's duration.
        seconds = None if isinstance(message, ProcessFailed) and not shown else output.get("duration")
        seconds = None if seconds is None else float(seconds)
        fields |= {"used_cache": None, "cache_duration": seconds, "avg_time": output.get("average_duration")}
    return fields


def _final_output(message: Final, dialect: Dialect) -> dict[str, Any]:
    if isinstance(message, ProcessFailed):
        return _failure(message, dialect)
    if message.data is None:
        return {}
    return _output(dialect, message.data, message.duration, message.average, is_generating=False)


def _failure(message: ProcessFailed, dialect: Dialect) -> dict[str, Any]:
    if message.error is None:
        return {"error": None}
    error = repr(message.error) if dialect.quotes_errors else message.error
    title = {"title": message.title} if dialect.has_titles else {}
    return {"error": error, "duration": TOAST_SECONDS, "visible": True, **title}
