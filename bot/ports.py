"""The seams: protocols of which there are at least two implementations."""

from collections.abc import AsyncGenerator
from typing import Protocol

from bot.domain.board import Board
from bot.domain.events import ImageEvent, ImagePreview, ImageResponse
from bot.domain.job import Job, JobState, KeptPicture, PictureRef, Place
from bot.domain.limits import Limits
from bot.domain.request import ImageRequest


class ImageProvider(Protocol):
    """Something that draws."""

    async def limits(self) -> Limits:
        """Return the ranges that requests must keep, within a second.

        The documented ones serve while the service does not say.
        """
        ...

    def stream(self, request: ImageRequest) -> AsyncGenerator[ImageEvent, None]:
        """Draw, and yield events until the one `ImageResponse`. Use under `contextlib.aclosing`.

        Closing the generator early cancels the work at the service.

        Raises:
            ProviderError: In one of its leaves; any other exception is a bug.
        """
        ...

    async def download(self, image: ImagePreview | ImageResponse) -> bytes:
        """Return a picture's bytes, known to be an image of a sane size.

        Raises:
            ProviderError: In one of its leaves; any other exception is a bug.
        """
        ...


class ImageProviders(Protocol):
    """The providers there are, by the names of their models."""

    @property
    def models(self) -> tuple[str, ...]:
        """The models that members may choose; the first is the default."""
        ...

    def get(self, model: str) -> ImageProvider:
        """Return the provider that draws with a model; an empty name is the default.

        Raises:
            UnknownModel: None does.
        """
        ...


class Reply(Protocol):
    """The one reply in which a job is shown to the user who asked for it."""

    @property
    def place(self) -> Place:
        """Where the reply is now."""
        ...

    def show(self, board: Board) -> None:
        """Show how far the job is. Returns at once; a board that a later one overtakes is never shown."""
        ...

    async def finish(self, board: Board) -> Place:
        """Show the final board, and nothing after it; return where it is.

        If a picture is missing, the user alone is told why.

        Raises:
            ReplyGone: Somebody deleted the reply.
            DeliveryFailed: It could be put nowhere.
        """
        ...

    async def until_gone(self) -> None:
        """Return when it is known that somebody deleted the reply."""
        ...


class JobStore(Protocol):
    """Keeps jobs and their pictures; each call is one transaction, done even if its caller is cancelled.

    Every call raises `StoreFailed` when the database fails.
    """

    async def add(self, job: Job) -> None:
        """Write a new job down."""
        ...

    async def get(self, job_id: str) -> Job | None:
        """Return a job; None if there is none."""
        ...

    async def move(self, job_id: str, to: JobState) -> bool:
        """Bring a job into a state; return whether it was in one from which it may go there."""
        ...

    async def set_place(self, job_id: str, place: Place) -> None:
        """Write down where a job's reply is."""
        ...

    async def keep(self, ref: PictureRef, image: bytes, seconds: float) -> None:
        """Keep a picture that was drawn, until it is delivered.

        Args:
            ref: Its name.
            image: The provider's file.
            seconds: Time it took.

        Raises:
            PictureUnknown: It is no picture of a job.
        """
        ...

    async def delivered(self, job_id: str, place: Place) -> bool:
        """Bring a job into `DELIVERED`, and its drawn pictures with it; return as `move` does.

        The files are let go, except those of private jobs, which nobody can fetch from Discord again.
        """
        ...

    async def image(self, ref: PictureRef) -> bytes | None:
        """Return a kept file; None if there is none any more."""
        ...

    async def picture(self, ref: PictureRef) -> KeptPicture | None:
        """Return what is known of a picture; None if there is none."""
        ...

    async def last(self, user_id: int, limit: int) -> list[KeptPicture]:
        """Return a user's drawn pictures, the newest job's first, those too that were not delivered."""
        ...

    async def favourites(self, user_id: int, limit: int) -> list[KeptPicture]:
        """Return a user's favourites, the newest favourite first; anybody's pictures may be among them."""
        ...

    async def set_favourite(self, user_id: int, ref: PictureRef, *, on: bool, now: float) -> None:
        """Put a picture among a user's favourites, or take it from there; done twice is done once.

        Raises:
            PictureUnknown: There is none to be put there.
        """
        ...

    async def at_message(self, message_id: int) -> list[KeptPicture]:
        """Return the pictures that were delivered in a message, in their order."""
        ...

    async def unfinished(self) -> list[Job]:
        """Return the jobs whose state is not final, oldest first."""
        ...

    async def let_go(self, before: float) -> int:
        """Let go of the files of jobs created before that Unix time; return how many there were."""
        ...
