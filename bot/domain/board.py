"""Everything a reply shows at one moment: one slot for each picture of a job."""

from dataclasses import dataclass, replace
from typing import Self, TypeAlias

from bot.domain.errors import ImagineError, Interrupted, WordsWarned
from bot.domain.events import ImageEvent, ImagePreview, Started
from bot.domain.job import Job
from bot.domain.picture import Picture
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

    @property
    def is_for_all(self) -> bool:
        """Whether the reply itself says why: of a dead process, nobody knows what it said beside it."""
        return isinstance(self.error, Interrupted)


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
        parent_url: Where the picture is that this one was made from; None for none.
    """

    job: Job
    slots: tuple[Slot, ...]
    parent_url: str | None = None

    @classmethod
    def empty(cls, job: Job, parent_url: str | None = None) -> Self:
        """Return the board of a job of which nothing was drawn."""
        return cls(job=job, slots=(Waiting(),) * len(job.requests), parent_url=parent_url)

    @property
    def warning(self) -> ImagineError | None:
        """What the user alone is told although it is drawn; None for nothing."""
        return WordsWarned(self.job.notes.warned) if self.job.notes.warned else None

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

    @property
    def reason(self) -> NotDrawn | None:
        """What its user alone is told: why a picture is missing; None for nothing."""
        return next((slot for slot in self.errors if slot.error and not slot.is_for_all), None)

    def with_slot(self, index: int, slot: Slot) -> Self:
        """Return the board with one slot changed."""
        return replace(self, slots=(*self.slots[:index], slot, *self.slots[index + 1 :]))

    def after(self, index: int, event: ImageEvent, now: float) -> Self:
        """Return the board after an event of one of its pictures; `now` is Unix time in seconds."""
        if isinstance(event, ImagePreview) and not self.job.notes.has_previews:
            event = Started()  # that it is drawn is all that may be seen of it
        slot = self.slots[index]
        stage: Stage = slot if isinstance(slot, Waiting | Drawing) else Waiting()
        return self.with_slot(index, advance(stage, event, now))

    def ended(self, error: ImagineError | None, reference: str | None = None) -> Self:
        """Return the board with every open slot closed for one reason; None is a cancellation."""
        closed = NotDrawn(error, reference)
        slots = tuple(slot if isinstance(slot, Drawn | NotDrawn) else closed for slot in self.slots)
        return replace(self, slots=slots)
