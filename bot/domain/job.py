"""A job: what one member asked for, where its reply is, and how far it got.

A job has one picture or several; each is one request to a provider. A state that is not terminal is never
lost: it is written before what it stands for happens.
"""

from dataclasses import dataclass, field
from enum import Enum

from bot.domain.request import Correction, ImageRequest

MAX_COUNT = 4  # pictures of one prompt
MAX_PICTURES = 8  # a gallery shows ten, and the GPU quota of a day fewer
MAX_PARKED = 3  # jobs of a user
MAX_PARKED_SECONDS = 86400.0


class JobState(Enum):
    """How far a job is; the values are what is stored."""

    WAITING = "waiting"  # admitted; nothing was sent to the provider
    RUNNING = "running"  # the provider has been asked
    PARKED = "parked"  # waits for the quota to return
    DELIVERED = "delivered"  # at least one picture is in its reply
    FAILED = "failed"  # no picture; the user was told why
    HELD = "held"  # no picture for want of quota; the user may park it
    CANCELLED = "cancelled"  # by the user, a moderator, or the deletion of its reply
    INTERRUPTED = "interrupted"  # its process died

    @property
    def is_final(self) -> bool:
        """Whether nothing happens to the job any more."""
        return self not in {JobState.WAITING, JobState.RUNNING, JobState.PARKED}


_MOVES = {
    JobState.WAITING: frozenset(JobState) - {JobState.WAITING},
    JobState.RUNNING: frozenset(JobState) - {JobState.WAITING, JobState.RUNNING},
    JobState.PARKED: frozenset({JobState.RUNNING, JobState.FAILED, JobState.CANCELLED}),
    JobState.HELD: frozenset({JobState.PARKED}),
}


def may_move(now: JobState, to: JobState) -> bool:
    """Whether a job may go from one state to another."""
    return to in _MOVES.get(now, frozenset())


def states_before(to: JobState) -> frozenset[JobState]:
    """Return the states from which a job may go to another."""
    return frozenset(state for state in JobState if may_move(state, to))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a reply is.

    Attributes:
        channel_id: The channel.
        message_id: The message; None until Discord has said.
        token: The interaction's token, with which it is edited; None for a message of the bot's own. Secret.
        token_ends_at: Unix time in seconds from which on Discord refuses the token.
        file_limit: Bytes that a file may have there; None if nobody has said.
    """

    channel_id: int
    message_id: int | None = None
    token: str | None = field(default=None, repr=False)
    token_ends_at: float = 0.0
    file_limit: int | None = None


@dataclass(frozen=True, slots=True)
class PictureRef:
    """One picture of a job.

    Attributes:
        job_id: The job.
        index: 0 for its first picture.
    """

    job_id: str
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What was found out about a job when it was prepared, for whoever draws it.

    Attributes:
        corrections: What had to be changed in what the user asked for.
        has_previews: Whether unfinished pictures are shown.
        warned: The words for which the user alone is warned although it is drawn.
        language: The language of a reply that everybody sees, as `de`; empty for the user's own.
    """

    corrections: tuple[Correction, ...] = ()
    has_previews: bool = True
    warned: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What one member asked for.

    Attributes:
        id: Short, of letters, digits, `-` and `_`; at most 16 characters.
        user_id: Who asked.
        guild_id: Where; None in a direct message.
        channel_id: Where.
        locale: The language of the user's client, as `en-US`.
        requests: One for each picture, 1 to `MAX_PICTURES`.
        private: Whether only the user sees the reply.
        spoiler: Whether the pictures are hidden until they are clicked.
        parent: The picture that this one was made from; None for none.
        created_at: Unix time in seconds.
        state: How far it is.
        place: Where the reply is; None before there is one.
        parked_until: Unix time in seconds at which a parked job is given up; None if it never was parked.
        notes: What was found out about it.
        is_open: Whether its user may not have seen its end.
    """

    id: str
    user_id: int
    guild_id: int | None
    channel_id: int
    locale: str
    requests: tuple[ImageRequest, ...]
    private: bool = False
    spoiler: bool = False
    parent: PictureRef | None = None
    created_at: float
    state: JobState = JobState.WAITING
    place: Place | None = None
    parked_until: float | None = None
    notes: Notes = field(default_factory=Notes)
    is_open: bool = field(default=True, compare=False)

    def __post_init__(self) -> None:
        if not 1 <= len(self.requests) <= MAX_PICTURES:
            raise ValueError(f"a job has 1 to {MAX_PICTURES} pictures")

    @property
    def language(self) -> str:
        """The language of its reply, as `de`; it never changes."""
        return self.notes.language or self.locale


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPicture:
    """A picture as the store has it.

    Attributes:
        job: Its job.
        index: 0 for the job's first picture.
        seconds: Time it took; None while it is not drawn.
        message_id: The message that it was delivered in; None while it was not.
        channel_id: The channel of that message.
        has_image: Whether the store still has its file: until it is delivered, and for private ones longer.
        favourite: Whether it is a favourite: of the user whose favourites were asked for, else of its own.
    """

    job: Job
    index: int
    seconds: float | None = None
    message_id: int | None = None
    channel_id: int | None = None
    has_image: bool = False
    favourite: bool = False

    @property
    def request(self) -> ImageRequest:
        """What it was drawn from."""
        return self.job.requests[self.index]

    @property
    def url(self) -> str | None:
        """Where people see it; None while it is nowhere, or only its user may see it."""
        if self.message_id is None or self.channel_id is None or self.job.private:
            return None
        return (
            f"https://discord.com/channels/{self.job.guild_id or '@me'}/{self.channel_id}/{self.message_id}"
        )

    @property
    def ref(self) -> PictureRef:
        """Its name."""
        return PictureRef(self.job.id, self.index)
