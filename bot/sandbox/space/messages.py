"""What a Gradio server tells the reader of a stream: a closed union, named as on the wire."""

# Source: gradio 6.31.0 and 5.50.0, gradio/server_messages.py; field order as recorded from both.

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Estimation:
    """An event waits.

    Attributes:
        rank: Events ahead of it.
        queue_size: Events that wait, this one included.
        rank_eta: Seconds until its result; None until one event has been worked on.
    """

    rank: int
    queue_size: int
    rank_eta: float | None


@dataclass(frozen=True, slots=True)
class ProcessStarts:
    """Work on an event starts.

    Attributes:
        eta: Seconds that past events took on average; None if there were none.
    """

    eta: float | None


@dataclass(frozen=True, slots=True)
class StepProgress:
    """A step of the progress bar.

    Attributes:
        index: Steps done; None removes the bar.
        length: Steps to do.
    """

    index: int | None
    length: int


@dataclass(frozen=True, slots=True)
class LogLine:
    """A toast for the Space's visitors.

    Attributes:
        log: Its words.
        title: Its heading.
        level: Its colour.
    """

    log: str
    title: str
    level: Literal["info", "warning", "success"] = "info"


@dataclass(frozen=True, slots=True)
class ProcessGenerating:
    """A generator yielded.

    Attributes:
        data: The function's outputs so far.
        duration: Seconds that this yield took.
        average: Seconds that a call takes on average.
    """

    data: list[Any]
    duration: float
    average: float


@dataclass(frozen=True, slots=True)
class ProcessCompleted:
    """A function returned.

    Attributes:
        data: The function's outputs; None when there are none, because the event was cancelled.
        duration: Seconds that the last step took.
        average: Seconds that a call takes on average.
    """

    data: list[Any] | None
    duration: float = 0.0
    average: float = 0.0


@dataclass(frozen=True, slots=True)
class ProcessFailed:
    """A function raised; on the wire a `process_completed` without success.

    Attributes:
        error: The words of a `gr.Error`; None for any other exception, which Gradio hides.
        title: The heading of a `gr.Error`.
        previews_shown: Whether the function had yielded before, which changes what Gradio says.
    """

    error: str | None
    title: str = "Error"
    previews_shown: bool = False


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Nothing new; the stream lives."""


@dataclass(frozen=True, slots=True)
class CloseStream:
    """No event of the session is left; the server ends the stream."""


@dataclass(frozen=True, slots=True)
class UnexpectedError:
    """The server itself failed; what follows is the end of the connection.

    Attributes:
        message: Its words.
        session_not_found: Whether the reader named a session that is not there.
    """

    message: str
    session_not_found: bool


@dataclass(frozen=True, slots=True)
class Gibberish:
    """A line that no Gradio server sends: what a broken proxy makes of one."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The connection dies here, without a last chunk."""


Message: TypeAlias = (
    Estimation
    | ProcessStarts
    | StepProgress
    | LogLine
    | ProcessGenerating
    | ProcessCompleted
    | ProcessFailed
    | Heartbeat
    | CloseStream
    | UnexpectedError
    | Gibberish
    | Cut
)
Final: TypeAlias = ProcessCompleted | ProcessFailed
