"""Everything a reply shows at one moment: one slot for each picture of a job."""

from dataclasses import dataclass, replace
from typing import Self, TypeAlias

from bot.domain.errors import ImagineError
from bot.domain.events import ImageEvent, ImagePreview, Started
from bot.domain.job import Job
from bot.domain.picture import Picture
from bot.domain.request import Correction
from bot.domain.stage import Drawing, Stage, Waiting, advance


@dataclass(frozen=True, slots=True)
class Drawn:
    """The picture is done.

    Attributes:
        picture: It.
    """

    picture: Picture


@dataclass(frozen=True, slots=True)
class NotDrawn:
    """There will be no picture.

    Attributes:
        error: Why; None if it was cancelled.
        reference: Under what the log has the details; None if it has none.
    """

    error: ImagineError | None = None
    reference: str | None = None


Slot: TypeAlias = Waiting | Drawing | Drawn | NotDrawn


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file that is attached to the reply.

    Attributes:
        filename: Its name; a card refers to it as `attachment://<filename>`.
        shrunk_to: What it became because Discord takes no larger file, as `JPEG`; None if as drawn.
    """

    filename: str
    shrunk_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What a reply shows.

    Attributes:
        job: What was asked for.
        slots: One for each of the job's requests.
        corrections: What had to be changed in what the user asked for.
        parent_url: Where the picture is that this one was made from; None for none.
        has_previews: Whether unfinished pictures are shown.
        warning: What the user alone is told although it is drawn; None for nothing.
    """

    job: Job
    slots: tuple[Slot, ...]
    corrections: tuple[Correction, ...] = ()
    parent_url: str | None = None
    has_previews: bool = True
    warning: ImagineError | None = None

    @classmethod
    def empty(
        cls,
        job: Job,
        corrections: tuple[Correction, ...] = (),
        parent_url: str | None = None,
        *,
        has_previews: bool = True,
        warning: ImagineError | None = None,
    ) -> Self:
        """Return the board of a job of which nothing was drawn."""
        return cls(
            job=job,
            slots=(Waiting(),) * len(job.requests),
            corrections=corrections,
            parent_url=parent_url,
            has_previews=has_previews,
            warning=warning,
        )

    @property
    def is_final(self) -> bool:
        """Whether nothing on it will change any more."""
        return all(isinstance(slot, Drawn | NotDrawn) for slot in self.slots)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures that are done."""
        return tuple(slot.picture for slot in self.slots if isinstance(slot, Drawn))

    @property
    def errors(self) -> tuple[NotDrawn, ...]:
        """The slots that will stay empty."""
        return tuple(slot for slot in self.slots if isinstance(slot, NotDrawn))

    def with_slot(self, index: int, slot: Slot) -> Self:
        """Return the board with one slot changed."""
        return replace(self, slots=(*self.slots[:index], slot, *self.slots[index + 1 :]))

    def after(self, index: int, event: ImageEvent, now: float) -> Self:
        """Return the board after an event of one of its pictures; `now` is Unix time in seconds."""
        if isinstance(event, ImagePreview) and not self.has_previews:
            event = Started()  # that it is drawn is all that may be seen of it
        slot = self.slots[index]
        stage: Stage = slot if isinstance(slot, Waiting | Drawing) else Waiting()
        return self.with_slot(index, advance(stage, event, now))

    def ended(self, error: ImagineError | None, reference: str | None = None) -> Self:
        """Return the board with every open slot closed for one reason; None is a cancellation."""
        closed = NotDrawn(error, reference)
        slots = tuple(slot if isinstance(slot, Drawn | NotDrawn) else closed for slot in self.slots)
        return replace(self, slots=slots)
