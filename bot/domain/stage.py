"""How far a picture is: what the provider's events add up to.

A reply shows the latest stage; `advance` is all that decides which one that is.
"""

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from bot.domain.events import (
    ImageEvent,
    ImagePreview,
    ImageResponse,
    Log,
    Progress,
    Queued,
    Retrying,
    Started,
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The picture has not been started.

    Attributes:
        rank: Requests ahead of it at the provider; 0 means next, None that the provider has not said.
        ready_at: Unix time in seconds at which it may be done; None if nobody knows.
        note: What the service says meanwhile, in its own words; empty for nothing.
        retry_at: Unix time in seconds at which it is tried again after a failure; None for a first try.
    """

    rank: int | None = None
    ready_at: float | None = None
    note: str = ""
    retry_at: float | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture is being drawn.

    Attributes:
        step: Steps done.
        total: Steps to do; None if the provider does not say.
        preview: The latest unfinished picture; None before the first.
        note: What the service says meanwhile, in its own words; empty for nothing.
    """

    step: float = 0
    total: float | None = None
    preview: ImagePreview | None = None
    note: str = ""


Stage: TypeAlias = Waiting | Drawing


def advance(stage: Stage, event: ImageEvent, now: float) -> Stage:
    """Return the stage after an event.

    Args:
        stage: The stage before it.
        event: What the provider said.
        now: Unix time in seconds, to make a point in time of an ETA.
    """
    match event:
        case Queued():
            ready_at = None if event.eta is None else now + event.eta
            return Waiting(event.rank, ready_at, stage.note)
        case Log():
            return replace(stage, note=event.message)
        case Retrying():
            return Waiting(retry_at=event.at)
        case Started() | ImageResponse():
            return _drawing(stage)
        case Progress():
            return replace(_drawing(stage), step=event.step, total=event.total, note="")
        case ImagePreview():
            return replace(_drawing(stage), preview=event)
        case _:
            assert_never(event)


def _drawing(stage: Stage) -> Drawing:
    return stage if isinstance(stage, Drawing) else Drawing(note=stage.note)
