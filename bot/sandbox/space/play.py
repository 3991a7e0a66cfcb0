"""What the Space does for one request, act by act. Pure: a mood in, acts out."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from bot.sandbox.space.messages import LogLine
from bot.sandbox.space.moods import Mood, Scene
from bot.sandbox.space.wordings import NO_GPU_CAME, QUOTA_GONE, Wording

WAITING_FOR_GPU = LogLine("Waiting for a GPU to become available", "ZeroGPU queue")
GPU_ACQUIRED = LogLine("Successfully acquired a GPU", "ZeroGPU queue", "success")


class Result(Enum):
    """What the function's first output is, or what the whole result is."""

    PICTURE = auto()
    HUGE = auto()
    BOMB = auto()
    NOT_AN_IMAGE = auto()
    FOREIGN_URL = auto()
    REDIRECT = auto()
    NO_IMAGE = auto()
    EMPTY = auto()
    NULL = auto()


class Fault(Enum):
    """A way for the stream to go wrong."""

    CUT = auto()
    SILENT = auto()
    STOPPED = auto()
    MALFORMED = auto()


@dataclass(frozen=True, slots=True)
class Denoise:
    """One step of work.

    Attributes:
        index: Steps done before it.
        total: Steps to do.
    """

    index: int
    total: int


@dataclass(frozen=True, slots=True)
class Preview:
    """The unfinished picture is shown.

    Attributes:
        step: Steps done.
        total: Steps to do.
    """

    step: int
    total: int


@dataclass(frozen=True, slots=True)
class Deliver:
    """The end, with success.

    Attributes:
        result: What is delivered.
    """

    result: Result


@dataclass(frozen=True, slots=True)
class Fail:
    """The end, with an exception.

    Attributes:
        wording: What a `gr.Error` says; None for any other exception.
    """

    wording: Wording | None


Act: TypeAlias = LogLine | Denoise | Preview | Deliver | Fail | Fault

_FAULTS: dict[Scene, Act] = {
    Mood.CUT: Fault.CUT,
    Mood.STOPPED: Fault.STOPPED,
    Mood.MALFORMED: Fault.MALFORMED,
    Mood.MID_QUOTA: Fail(QUOTA_GONE),
}
_MIDWAY = 2  # previews after which the moods above strike


def acts(scene: Scene, steps: int, previews: int) -> Iterator[Act]:
    """Yield what happens, in order; the last act ends the event.

    Args:
        scene: A mood, or a wording to fail with.
        steps: Steps of work, at least 1.
        previews: Unfinished pictures shown on the way; 0 is a plain function, as the real Space's is.
    """
    match scene:
        case Wording():
            yield Fail(scene)
        case Mood.QUOTA:
            yield Fail(QUOTA_GONE)
        case Mood.CRASH:
            yield Fail(None)
        case Mood.NO_GPU:
            yield WAITING_FOR_GPU
            yield Fail(NO_GPU_CAME)
        case Mood.SILENT:
            yield Fault.SILENT
        case Mood.CUT | Mood.STOPPED | Mood.MALFORMED | Mood.MID_QUOTA:
            yield from _interrupted(steps, max(previews, _MIDWAY))
            yield _FAULTS[scene]
        case _:
            yield from _work(steps, previews)
            # A mood that only spoils the result has its result's name.
            yield Deliver(Result.__members__.get(scene.name, Result.PICTURE))


def _work(steps: int, previews: int) -> Iterator[Act]:
    yield WAITING_FOR_GPU
    yield GPU_ACQUIRED
    shown_after = {round(steps * number / (previews + 1)) for number in range(1, previews + 1)}
    for index in range(steps):
        yield Denoise(index, steps)
        if index + 1 in shown_after and index + 1 < steps:
            yield Preview(index + 1, steps)


def _interrupted(steps: int, previews: int) -> Iterator[Act]:
    shown = 0
    for act in _work(max(steps, previews + 1), previews):
        yield act
        shown += isinstance(act, Preview)
        if shown == _MIDWAY:
            return
