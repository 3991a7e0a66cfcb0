"""The seams: protocols of which there are at least two implementations."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any, Protocol

from bot.domain.allowance import Charge, Policy, RateLimit, Scope
from bot.domain.board import Board
from bot.domain.errors import ImagineError
from bot.domain.events import ImageEvent, ImagePreview, ImageResponse
from bot.domain.job import Job, JobState, KeptPicture, PictureRef, Place
from bot.domain.limits import Limits
from bot.domain.moderation import Block, Entry, Outcome, Report
from bot.domain.quota_clock import QuotaClock
from bot.domain.request import ImageRequest
from bot.domain.settings.history import Change, Edit
from bot.domain.settings.layers import Stored
from bot.domain.strikes import Strikes
from bot.domain.styles import Style
from bot.domain.usage import Usage
from bot.domain.wish import Asker


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

    def get(self, model: str, token: str | None = None) -> ImageProvider:
        """Return the provider that draws with a model.

        Args:
            model: A name; an empty one is the default.
            token: The API key whose quota is used; None for none.

        Raises:
            UnknownModel: None does.
        """
        ...


class Hub(Protocol):
    """What the image service knows of its accounts."""

    async def check(self, token: str) -> None:
        """Check that a token is an account's.

        Raises:
            TokenRefused: It is not.
            ProviderError: The service did not say, in one of its leaves.
        """
        ...

    async def seconds_left(self, token: str) -> float | None:
        """Return the GPU seconds that an account has left, within a second; None if nobody says.

        Raises:
            TokenRefused: The token is no account's.
        """
        ...


class Policies(Protocol):
    """The limits that hold where somebody asks."""

    async def policy(self, asker: Asker) -> Policy:
        """Return them."""
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

    async def tell(self, error: ImagineError) -> None:
        """Tell the user alone something that is not about a picture; where that cannot be, leave it."""
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

    async def close(self, job_id: str, place: Place | None = None) -> None:
        """Note that nobody waits for a job's end any more, and where its reply is if that has changed."""
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
        """Bring a job into `DELIVERED`, and its drawn pictures with it, and close it; return as `move` does.

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
        """Return the jobs whose users have not seen their end, but for the parked ones, oldest first."""
        ...

    async def park(self, job_id: str, *, until: float) -> bool:
        """Bring a job that is held or runs into `PARKED`; return whether it was.

        Args:
            job_id: The job.
            until: Unix time in seconds at which it is given up. A job that was parked before keeps its own.

        Raises:
            ParkingFull: The user has `MAX_PARKED` parked jobs; never raised for a job that runs.
        """
        ...

    async def parked(self) -> list[Job]:
        """Return all parked jobs, the oldest first."""
        ...

    async def open_of(self, user_id: int) -> list[Job]:
        """Return the jobs of a user that wait, run or are parked, the oldest first."""
        ...

    async def let_go(self, before: float) -> int:
        """Let go of the files of jobs created before that Unix time; return how many there were."""
        ...


class Jobs(Protocol):
    """The jobs under way in this process, as an engine sees them."""

    def __contains__(self, job_id: str) -> bool:
        """Whether a job is admitted, or run, here at this moment."""
        ...

    def run(self, job_id: str) -> Awaitable[None]:
        """Bring a job to its end, whatever became of it so far; twice is once."""
        ...

    def stop(self, job_id: str) -> bool:
        """Cancel a job that is run here; return whether there was anything to."""
        ...

    async def look_at_parked(self) -> None:
        """Look at what other processes have parked."""
        ...


class JobEngine(Protocol):
    """Decides where and when admitted jobs are run."""

    @property
    def draws(self) -> bool:
        """Whether jobs are drawn in this process."""
        ...

    async def open(self, jobs: Jobs) -> None:
        """Begin, with what died with its process; to be called once, when replies can be shown."""
        ...

    async def start(self, job_id: str, place: Place) -> None:
        """See to it that an admitted job is run.

        Args:
            job_id: The job.
            place: Where its reply is.

        Raises:
            StoreFailed: It is not known whether it will be.
        """
        ...

    async def cancel(self, job_id: str) -> bool:
        """Cancel a job that is not run here; return whether there was anything to."""
        ...

    async def ahead(self, job_id: str) -> int | None:
        """Return the turns before a job's; None if it does not wait."""
        ...

    def stop_taking(self) -> None:
        """Take no new job: this process is about to end."""
        ...

    async def close(self) -> None:
        """End, when nothing is under way any more."""
        ...


class JobQueue(Protocol):
    """The line in front of several processes; each call is one transaction, as in `JobStore`.

    Whoever is free takes the job whose turn it is, as `bot.domain.fair_line` decides; a job is one turn.
    """

    async def put(self, job_id: str, place: Place) -> None:
        """Put a job that this process has admitted in line, and announce it.

        Args:
            job_id: The job; it is put there once.
            place: Where its reply is.
        """
        ...

    async def take(self) -> str | None:
        """Take the job whose turn it is out of the line, for this process; None if nobody waits."""
        ...

    async def in_line(self) -> list[str]:
        """Return the jobs in line, in the order in which they are taken if nobody else comes."""
        ...

    async def withdraw(self, job_id: str) -> bool:
        """Cancel a job that is in line, whose end this process shows then; return whether it was there."""
        ...

    async def ask_cancel(self, job_id: str) -> bool:
        """Ask the process of a job to cancel it, within a second; return whether there is anything to."""
        ...

    async def beat(self) -> dict[str, bool]:
        """Say that this process lives; return its jobs that have not ended, and whether each is cancelled."""
        ...

    async def inherit(self, silent: float) -> list[str]:
        """Take over what dead processes left, and return what this process has to end.

        What had not been sent to the provider is put back in line.

        Args:
            silent: Seconds without a beat after which a process is dead.
        """
        ...

    async def leave(self) -> None:
        """Say that this process ends."""
        ...

    async def identify_in(self, bucket: int, interval: float) -> float:
        """Let a shard identify with the gateway now, if none of its bucket has for a while.

        Args:
            bucket: Which.
            interval: Seconds from here on in which no other one of the bucket may.

        Returns:
            0 if it may; else the seconds after which it may ask again.
        """
        ...


class Listen(Protocol):
    """Hears of jobs that come into the line."""

    def __call__(self, take: Callable[[], Awaitable[None]], at_once: int) -> Coroutine[None, None, None]:
        """Call something for each of them, until it is cancelled; it ends when the last call has.

        Args:
            take: What is called.
            at_once: How many calls there may be at the same time, 1 or more.
        """
        ...


class LimitStore(Protocol):
    """Keeps what is charged to allowances; each call is one transaction, as in `JobStore`."""

    async def admit(self, job: Job, asker: Asker, limits: Mapping[Scope, RateLimit], now: float) -> None:
        """Write a new job down and charge it, as `reserve` does; else do neither."""
        ...

    async def reserve(
        self, job_id: str, asker: Asker, pictures: int, limits: Mapping[Scope, RateLimit], now: float
    ) -> None:
        """Charge a job to the scopes that it is in, if all of their limits allow it; else to none.

        Of any number of calls at once, as many succeed as are allowed.

        Args:
            job_id: The job; charged once.
            asker: Who asks, and where.
            pictures: How many, 1 or more.
            limits: The limit of each scope.
            now: Unix time in seconds.

        Raises:
            TooManyAtOnce: As `bot.domain.allowance.check` does.
            TooManyForLimit: Likewise.
            LimitReached: Likewise.
        """
        ...

    async def begin(self, job_id: str, now: float) -> None:
        """Date a job's charge anew: its work starts now."""
        ...

    async def settle(self, job_id: str, pictures: int) -> None:
        """End a live charge: it counts for so many pictures, and for 0 was never charged.

        Done twice is done once.
        """
        ...

    async def live(self) -> list[Charge]:
        """Return the charges of jobs that wait or are drawn."""
        ...

    async def charges(self, scope: Scope, key: int, since: float) -> list[Charge]:
        """Return the charges of a scope, those that are live and those made from `since` on.

        Args:
            scope: Which.
            key: The user, the channel, or the server; nothing for the bot.
            since: Unix time in seconds.
        """
        ...

    async def usage(self, guild_id: int, since: float) -> list[Usage]:
        """Return who used how many pictures in a server, by day of UTC, from a Unix time on."""
        ...

    async def strikes(self, user_id: int) -> Strikes | None:
        """Return a user's strikes; None for none."""
        ...

    async def strike(self, user_id: int, now: float) -> Strikes:
        """Count one more strike of a user's, and return them."""
        ...


class QuotaStore(Protocol):
    """Keeps the clocks of GPU quota; each call is one transaction, as in `JobStore`."""

    async def clocks(self, now: float) -> list[QuotaClock]:
        """Return the clocks that run."""
        ...

    async def start(self, clock: QuotaClock) -> None:
        """Start a clock, in place of another one of its credential and kind."""
        ...


class TokenStore(Protocol):
    """Keeps users' own tokens, encrypted; each call is one transaction, as in `JobStore`."""

    @property
    def can_keep(self) -> bool:
        """Whether the operator has set a key."""
        ...

    async def link(self, user_id: int, token: str) -> None:
        """Keep a user's token, in place of an earlier one.

        Raises:
            TokensNotKept: The operator has set no key.
        """
        ...

    async def linked(self, user_id: int) -> str | None:
        """Return a user's token; None if there is none that can be read with today's keys."""
        ...

    async def forget(self, user_id: int, token: str | None = None) -> bool:
        """Forget a user's token, or only that very one; return whether it was there."""
        ...


class SettingsStore(Protocol):
    """Keeps servers' settings and their history; each call is one transaction, as in `JobStore`."""

    async def stored(self, guild_id: int) -> tuple[int, list[Stored]]:
        """Return a server's revision, 0 for none, and its values."""
        ...

    async def save(
        self, guild_id: int, edits: Sequence[Edit], *, user_id: int, revision: int | None, now: float
    ) -> list[Change]:
        """Save edits, all or none, with their history; return what has changed, nothing if nothing has.

        Args:
            guild_id: The server.
            edits: What shall change; what changes nothing makes no history.
            user_id: Who does it.
            revision: The revision that the user has seen; None for whichever there is.
            now: Unix time in seconds.

        Raises:
            SettingError: In one of its leaves; `SettingsChanged` if one of the values that shall change has
                changed since that revision.
        """
        ...

    async def history(self, guild_id: int, *, since: float = 0.0, limit: int = 1000) -> list[Change]:
        """Return a server's changes later than a Unix time, the newest first."""
        ...

    async def change(self, guild_id: int, change_id: int) -> Change | None:
        """Return a change; None if there is none in this server."""
        ...


class StyleStore(Protocol):
    """Keeps servers' own styles; each call is one transaction, as in `JobStore`."""

    async def of(self, guild_id: int) -> list[Style]:
        """Return a server's own styles."""
        ...

    async def put(self, guild_id: int, style: Style, *, is_new: bool) -> None:
        """Keep a style.

        Raises:
            StyleRefused: A new one exists already, or there are `bot.domain.styles.MOST`.
            StyleUnknown: One that is to be changed does not exist.
        """
        ...

    async def remove(self, guild_id: int, name: str) -> bool:
        """Forget a style; return whether there was one."""
        ...


class ModerationStore(Protocol):
    """Keeps reports, blocks and the audit log; each call is one transaction, as in `JobStore`."""

    async def report(self, report: Report) -> int:
        """Keep a report, and return how many open ones its job has.

        Raises:
            ReportRefused: The user reported this job before, or too many lately.
        """
        ...

    async def reports(self, job_id: str) -> list[Report]:
        """Return a job's reports, the oldest first."""
        ...

    async def open_reports(self, guild_id: int) -> list[Report]:
        """Return a server's open reports, the oldest first."""
        ...

    async def close(self, job_id: str, outcome: Outcome) -> int:
        """Close a job's open reports, and return how many there were."""
        ...

    async def block(self, block: Block) -> None:
        """Block a user, in place of an earlier block."""
        ...

    async def unblock(self, guild_id: int, user_id: int) -> bool:
        """Take a block away; return whether there was one."""
        ...

    async def blocked(self, guild_id: int, user_id: int, now: float) -> Block | None:
        """Return a user's block; None if none holds."""
        ...

    async def blocks(self, guild_id: int, now: float) -> list[Block]:
        """Return a server's blocks that hold, the newest first."""
        ...

    async def note(self, entry: Entry) -> None:
        """Write a line into a server's audit log."""
        ...

    async def entries(self, guild_id: int, limit: int) -> list[Entry]:
        """Return a server's audit log, the newest line first."""
        ...


class PrivacyStore(Protocol):
    """Keeps who accepted the rules of use, and lets go of people's and servers' data."""

    async def accepted(self, user_id: int) -> bool:
        """Whether a user has accepted the rules of use."""
        ...

    async def accept(self, user_id: int, now: float) -> None:
        """Note that they have."""
        ...

    async def export(self, user_id: int) -> dict[str, Any]:
        """Return all that is kept about a user, as JSON holds it; secrets only as the fact that there are."""
        ...

    async def delete_user(self, user_id: int, now: float) -> int:
        """Forget all that is kept about a user but their blocks; return how many pictures that were.

        What keeps others from harm stays: blocks, and the audit log of moderators' actions; and for as long
        as it counts, what was charged to the user's allowance.
        """
        ...

    async def servers(self) -> list[int]:
        """Return the servers of which anything is kept beside the jobs of those who brought the bot along."""
        ...

    async def left(self, guild_id: int, now: float) -> None:
        """Note that the bot is no member of a server any more."""
        ...

    async def joined(self, guild_id: int) -> None:
        """Note that the bot is a member of a server."""
        ...

    async def forget(self, now: float, grace: float) -> int:
        """Forget servers left more than `grace` seconds ago, and jobs older than their servers keep them.

        What guests asked for in a server after it was left is their own, and stays.

        Returns:
            How many jobs that were.
        """
        ...
