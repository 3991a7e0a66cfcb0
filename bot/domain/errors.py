"""Everything that can go wrong, as one tree of facts; the words for them are `bot.ui.wording`'s.

The first fork is blame::

    ImagineError
    ├── UserError                     the user can mend it
    │   ├── InvalidRequest
    │   │   ├── PromptMissing
    │   │   ├── PromptTooLong
    │   │   ├── OutOfRange
    │   │   ├── NotNumbers
    │   │   └── UnknownAspectRatio
    │   ├── UnknownModel
    │   ├── NotAllowed
    │   ├── PictureUnknown
    │   ├── OfferGone
    │   ├── NothingToCancel
    │   ├── ControlUnknown
    │   ├── TooManyForLimit
    │   ├── ParkingFull
    │   ├── NothingToPark
    │   ├── TokenRefused
    │   ├── TokensNotKept
    │   ├── HouseRule                 a moderator decided so
    │   │   ├── OptionClosed
    │   │   ├── AboveMaximum
    │   │   ├── Paused
    │   │   ├── ChannelClosed
    │   │   ├── RoleMissing
    │   │   ├── AgeRestrictedOnly
    │   │   ├── WordsBlocked
    │   │   ├── WordsWarned
    │   │   └── UserBlocked
    │   ├── SettingError
    │   │   ├── SettingUnknown
    │   │   ├── SettingNotAllowed
    │   │   ├── ValueNotAllowed
    │   │   ├── DocumentRefused
    │   │   └── SettingsChanged
    │   ├── StyleUnknown
    │   ├── StyleRefused
    │   ├── ReportRefused
    │   ├── NotModerator
    │   ├── RulesNotAccepted
    │   └── RateLimited
    │       ├── TooManyAtOnce
    │       ├── LimitReached
    │       ├── HeldByStrikes
    │       └── HeldByQuota
    ├── OwnError                      we have to mend it
    │   ├── SettingMissing
    │   ├── SettingRefused
    │   ├── Restarting
    │   ├── Interrupted
    │   ├── Unforeseen
    │   ├── PermissionMissing
    │   ├── ReplyGone
    │   ├── DeliveryFailed
    │   ├── StoreFailed
    │   ├── StoreTooNew
    │   ├── StoreInUse
    │   ├── StoreDriverMissing
    │   └── BackupRefused
    └── ProviderError                 the service has to mend it
        ├── ProviderUnreachable
        ├── StreamCut
        ├── DeadlineExceeded
        ├── UntrustedImage
        ├── ParkingExpired
        └── ResponseError             the service answered with an error
            ├── GpuQuotaExceeded
            │   └── GpuRunsExceeded
            ├── GpuCreditsPending
            ├── GpuSpaceLimitReached
            ├── NoGpuAvailable
            ├── GpuDurationRefused
            ├── GpuTaskAborted
            ├── GpuWorkerFailed
            ├── GpuTokenExpired
            ├── GpuScheduleFailed
            ├── RequestRefused
            ├── ServiceFailed
            ├── QueueFull
            ├── QueueStopped
            ├── NotAuthenticated
            ├── EventNotFound
            ├── WorkCancelled
            └── UnreadableAnswer      also a RuntimeError
                └── NoImage
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # it raises these errors
    from bot.domain.allowance import Rule, Scope
    from bot.domain.settings.catalogue import Layer
    from bot.domain.settings.history import Change


@dataclass(eq=False)
class ImagineError(Exception):
    """The base of every error that Imagine raises on purpose; any other exception is a bug."""

    def __str__(self) -> str:
        return repr(self)


# --- the user's -----------------------------------------------------------------------------------------


@dataclass(eq=False)
class UserError(ImagineError):
    """Something the user asked for that cannot be done as asked."""


@dataclass(eq=False)
class InvalidRequest(UserError):
    """A request that the provider would refuse; nothing was sent."""


@dataclass(eq=False)
class PromptMissing(InvalidRequest):
    """The prompt holds nothing that could be drawn."""


@dataclass(eq=False)
class PromptTooLong(InvalidRequest):
    """A text is longer than the model reads.

    Attributes:
        field: `prompt` or `negative_prompt`.
        length: Characters given.
        maximum: Characters allowed.
    """

    field: str
    length: int
    maximum: int


@dataclass(eq=False)
class OutOfRange(InvalidRequest):
    """A number is outside of what the provider accepts.

    Attributes:
        field: The name of the request's field.
        value: The number given.
        minimum: The smallest number allowed.
        maximum: The largest number allowed.
    """

    field: str
    value: float
    minimum: float
    maximum: float


@dataclass(eq=False)
class NotNumbers(InvalidRequest):
    """A text does not hold the numbers that it should.

    Attributes:
        text: What was given.
    """

    text: str


@dataclass(eq=False)
class UnknownAspectRatio(InvalidRequest):
    """No such aspect ratio.

    Attributes:
        name: What was asked for.
        known: The ratios there are, as `16:9`.
    """

    name: str
    known: tuple[str, ...]


@dataclass(eq=False)
class UnknownModel(UserError):
    """No provider draws with this model.

    Attributes:
        name: What was asked for.
        known: The models there are.
    """

    name: str
    known: tuple[str, ...]


@dataclass(eq=False)
class NotAllowed(UserError):
    """The user may not do this with somebody else's picture."""


@dataclass(eq=False)
class PictureUnknown(UserError):
    """The bot does not know, or no longer has, the picture that was meant."""


@dataclass(eq=False)
class OfferGone(UserError):
    """What was offered is not kept any more: it was taken, it ran out, or the bot has restarted."""


@dataclass(eq=False)
class NothingToCancel(UserError):
    """The job is not running here."""


@dataclass(eq=False)
class ControlUnknown(UserError):
    """A button, menu or form that this version of the bot does not have."""


@dataclass(eq=False)
class TooManyForLimit(UserError):
    """More pictures were asked for together than a limit ever allows.

    Attributes:
        scope: The `bot.domain.allowance.Scope` of the limit.
        rule: The `bot.domain.allowance.Rule` that refuses.
        maximum: Pictures that it allows together.
    """

    scope: "Scope"
    rule: "Rule"
    maximum: int


@dataclass(eq=False)
class ParkingFull(UserError):
    """As many pictures of the user's as may be wait for quota to return.

    Attributes:
        maximum: How many may.
    """

    maximum: int


@dataclass(eq=False)
class NothingToPark(UserError):
    """The request was parked already, or is not one that waits for quota."""


@dataclass(eq=False)
class TokenRefused(UserError):
    """The image service does not know the token that the user linked."""


@dataclass(eq=False)
class TokensNotKept(UserError):
    """The operator has set no key under which users' tokens could be kept."""


@dataclass(eq=False)
class HouseRule(UserError):
    """A moderator, or the operator, has decided that this is not drawn; nothing was sent."""


@dataclass(eq=False)
class OptionClosed(HouseRule):
    """The user may not choose this option here.

    Attributes:
        option: Its name, as `/imagine` has it.
    """

    option: str


@dataclass(eq=False)
class AboveMaximum(HouseRule):
    """A number is greater than moderators allow here.

    Attributes:
        field: The name of the option.
        value: The number given.
        maximum: The largest number allowed.
    """

    field: str
    value: float
    maximum: float


@dataclass(eq=False)
class Paused(HouseRule):
    """Moderators have paused the bot here.

    Attributes:
        text: What they say to it; empty for nothing.
    """

    text: str


@dataclass(eq=False)
class ChannelClosed(HouseRule):
    """The bot draws in other channels of this server.

    Attributes:
        channel_ids: In which.
    """

    channel_ids: tuple[int, ...]


@dataclass(eq=False)
class RoleMissing(HouseRule):
    """Only members with certain roles may draw here.

    Attributes:
        role_ids: One of them is needed.
    """

    role_ids: tuple[int, ...]


@dataclass(eq=False)
class AgeRestrictedOnly(HouseRule):
    """This is drawn in age-restricted channels only.

    Attributes:
        for_words: Whether words of the prompt are the reason; else the channel's own setting is.
    """

    for_words: bool


@dataclass(eq=False)
class WordsBlocked(HouseRule):
    """The prompt holds words that are not drawn here.

    Attributes:
        words: As the user wrote them, without repetition.
        is_review: Whether moderators were sent the prompt.
    """

    words: tuple[str, ...]
    is_review: bool = False


@dataclass(eq=False)
class WordsWarned(HouseRule):
    """The prompt holds words that moderators would rather not read; it is drawn all the same.

    Attributes:
        words: As the user wrote them, without repetition.
    """

    words: tuple[str, ...]


@dataclass(eq=False)
class UserBlocked(HouseRule):
    """Moderators have blocked the user in this server.

    Attributes:
        until: Unix time in seconds; None for no end.
        reason: What they say to it; empty for nothing.
    """

    until: float | None
    reason: str


@dataclass(eq=False)
class SettingError(UserError):
    """Settings that cannot be saved as given; nothing was saved."""


@dataclass(eq=False)
class SettingUnknown(SettingError):
    """No such setting.

    Attributes:
        name: What was given.
    """

    name: str


@dataclass(eq=False)
class SettingNotAllowed(SettingError):
    """The setting cannot be set in this layer.

    Attributes:
        name: The setting.
        layer: The `bot.domain.settings.catalogue.Layer`.
    """

    name: str
    layer: "Layer"


@dataclass(eq=False)
class ValueNotAllowed(SettingError):
    """The setting does not hold this.

    Attributes:
        name: The setting, whose description says what it holds.
    """

    name: str


@dataclass(eq=False)
class DocumentRefused(SettingError):
    """A file that shall be taken in is not one that can be.

    Attributes:
        reason: `not JSON`, `not settings`, `another version`, `another server`, `not a value`, `not a place`,
            `not allowed` or `twice`.
        entry: The number of the entry at fault, from 1; None if it is the whole.
        name: The setting of that entry; None if it is not known.
    """

    reason: str
    entry: int | None = None
    name: str | None = None


@dataclass(eq=False)
class SettingsChanged(SettingError):
    """Somebody else saved settings meanwhile.

    Attributes:
        changes: What they changed, oldest first.
    """

    changes: "tuple[Change, ...]"


@dataclass(eq=False)
class StyleUnknown(UserError):
    """No such style in this server.

    Attributes:
        name: What was asked for.
    """

    name: str


@dataclass(eq=False)
class StyleRefused(UserError):
    """A style that cannot be saved as given.

    Attributes:
        reason: `exists`, `too many`, `too long`, `name`, `value` or `empty`.
    """

    reason: str


@dataclass(eq=False)
class ReportRefused(UserError):
    """A report that is not taken.

    Attributes:
        reason: `again`, `too many`, `own` or `nowhere`.
    """

    reason: str


@dataclass(eq=False)
class NotModerator(UserError):
    """Only those who manage the server may do this."""


@dataclass(eq=False)
class RulesNotAccepted(UserError):
    """The user has not accepted the rules of use yet."""


@dataclass(eq=False)
class RateLimited(UserError):
    """The user has to wait."""


@dataclass(eq=False)
class TooManyAtOnce(RateLimited):
    """As many jobs as a limit allows at once wait or are being drawn.

    Attributes:
        scope: The `bot.domain.allowance.Scope` of the limit.
        maximum: How many may.
    """

    scope: "Scope"
    maximum: int


@dataclass(eq=False)
class LimitReached(RateLimited):
    """A limit allows fewer pictures now than were asked for.

    Attributes:
        scope: The `bot.domain.allowance.Scope` of the limit.
        rule: The `bot.domain.allowance.Rule` that refuses.
        left: Pictures that it allows now.
        maximum: Pictures that it allows in its window.
        frees_at: Unix time in seconds from which on it allows what was asked for.
    """

    scope: "Scope"
    rule: "Rule"
    left: int
    maximum: int
    frees_at: float


@dataclass(eq=False)
class HeldByStrikes(RateLimited):
    """The user's pictures met used-up quota again and again.

    Attributes:
        until: Unix time in seconds from which on the user may try again.
    """

    until: float


@dataclass(eq=False)
class HeldByQuota(RateLimited):
    """The service's GPU quota is used up for every credential that may draw for this user.

    Attributes:
        until: Unix time in seconds from which on the user may try again.
        stated: Whether the service itself stated that time; else it is our own guess.
        job_id: The job that may be parked until then; None for none.
    """

    until: float
    stated: bool
    job_id: str | None = None


# --- ours -----------------------------------------------------------------------------------------------


@dataclass(eq=False)
class OwnError(ImagineError):
    """Something that the bot, or its operator, has to mend."""


@dataclass(eq=False)
class SettingMissing(OwnError):
    """A variable that the bot cannot do without is not set.

    Attributes:
        variable: Its name.
    """

    variable: str


@dataclass(eq=False)
class SettingRefused(OwnError):
    """A variable holds what it must not; its value is not kept, for it may be a secret.

    Attributes:
        variable: Its name.
        rule: What it must be, for the operator.
    """

    variable: str
    rule: str


@dataclass(eq=False)
class Restarting(OwnError):
    """The bot is about to stop and takes no new work."""


@dataclass(eq=False)
class Interrupted(OwnError):
    """The process that drew the picture died; whether the service drew it is not known."""


@dataclass(eq=False)
class Unforeseen(OwnError):
    """A bug: an exception that nobody foresaw; the log has it."""


@dataclass(eq=False)
class PermissionMissing(OwnError):
    """The bot may not do in this channel what it needs to; nothing was sent to a provider.

    Attributes:
        permissions: Discord's names of the missing ones, as `attach_files`.
    """

    permissions: tuple[str, ...]


@dataclass(eq=False)
class ReplyGone(OwnError):
    """Somebody deleted the reply; nobody waits for the picture."""


@dataclass(eq=False)
class DeliveryFailed(OwnError):
    """A picture was drawn, and Discord did not take it.

    Attributes:
        status: Discord's HTTP status, or None when no answer came.
        code: Discord's JSON error code; 0 if it gave none.
    """

    status: int | None = None
    code: int = 0


@dataclass(eq=False)
class StoreFailed(OwnError):
    """The database cannot be opened, or did not do what it was asked; nothing was written.

    Attributes:
        reason: The name of the driver's own error, for the log.
    """

    reason: str


@dataclass(eq=False)
class StoreTooNew(OwnError):
    """The database was made by a newer version of the program, whose schema this one does not know."""


@dataclass(eq=False)
class StoreInUse(OwnError):
    """Another process runs the jobs of this SQLite file, which is for one at a time."""


@dataclass(eq=False)
class StoreDriverMissing(OwnError):
    """The database is PostgreSQL's, and its driver is not installed."""


@dataclass(eq=False)
class BackupRefused(OwnError):
    """A copy of the database was not made.

    Attributes:
        reason: `not a file`, `no database`, `exists` or `failed`.
    """

    reason: str


# --- theirs ---------------------------------------------------------------------------------------------


@dataclass(eq=False)
class ProviderError(ImagineError):
    """The image service did not do its work."""


@dataclass(eq=False)
class ProviderUnreachable(ProviderError):
    """No connection to the service: refused, reset, unresolved.

    Attributes:
        reason: The name of the transport's own error, for the log.
    """

    reason: str


@dataclass(eq=False)
class StreamCut(ProviderError):
    """The service's stream ended before its last message."""


@dataclass(eq=False)
class DeadlineExceeded(ProviderError):
    """The service was silent, or at work, for too long.

    Attributes:
        deadline: Which one: `idle` (not a byte), `answer` (bytes, and nothing said), or `total`.
        seconds: How long it was.
    """

    deadline: str
    seconds: float


@dataclass(eq=False)
class UntrustedImage(ProviderError):
    """What the service gave as its picture is not to be believed.

    Attributes:
        reason: `foreign origin`, `redirect`, `too large`, `too many pixels` or `not an image`.
    """

    reason: str


@dataclass(eq=False)
class ParkingExpired(ProviderError):
    """The quota did not return in time for a picture that waited for it."""


@dataclass(eq=False)
class ResponseError(ProviderError):
    """The service answered, and the answer is an error.

    Attributes:
        message: The service's own words, without markup; None if it gave none.
        title: The service's own heading, as `ZeroGPU quota exceeded`; None if it gave none.
        status: The HTTP status; most errors of Gradio arrive with 200.
    """

    message: str | None = None
    title: str | None = None
    status: int = 200

    def __str__(self) -> str:
        return self.message or self.title or f"the service answered {self.status} and said nothing"


@dataclass(eq=False)
class GpuQuotaExceeded(ResponseError):
    """The GPU quota of this credential, or of this address, is used up.

    Attributes:
        requested: GPU seconds the work declares; None if not said.
        left: GPU seconds left; None if not said.
        retry_after: Seconds until quota returns; None if not said.
    """

    requested: int | None = None
    left: int | None = None
    retry_after: float | None = None


@dataclass(eq=False)
class GpuRunsExceeded(GpuQuotaExceeded):
    """The number of runs a day is used up."""


@dataclass(eq=False)
class GpuCreditsPending(ResponseError):
    """Too many credits are bound by tasks that run; it frees when some of them end."""


@dataclass(eq=False)
class GpuSpaceLimitReached(ResponseError):
    """The Space itself has used up its GPU allowance."""


@dataclass(eq=False)
class NoGpuAvailable(ResponseError):
    """No GPU was free in time."""


@dataclass(eq=False)
class GpuDurationRefused(ResponseError):
    """The Space asks for more GPU seconds than the service grants.

    Attributes:
        requested: GPU seconds the work declares; None if not said.
    """

    requested: float | None = None


@dataclass(eq=False)
class GpuTaskAborted(ResponseError):
    """The GPU was taken away while the work ran."""


@dataclass(eq=False)
class GpuWorkerFailed(ResponseError):
    """The GPU worker crashed; `message` is the name of its exception."""


@dataclass(eq=False)
class GpuTokenExpired(ResponseError):
    """The service's own proxy token ran out on the way."""


@dataclass(eq=False)
class GpuScheduleFailed(ResponseError):
    """The service could not schedule the work."""


@dataclass(eq=False)
class RequestRefused(ResponseError):
    """The app refused what was asked, and said why: a gr.Error of its own, or HTTP 422."""


@dataclass(eq=False)
class ServiceFailed(ResponseError):
    """The app crashed, or an HTTP 5xx came back; often without a word."""


@dataclass(eq=False)
class QueueFull(ResponseError):
    """The Space's queue takes no more."""


@dataclass(eq=False)
class QueueStopped(ResponseError):
    """The Space is shutting down or restarting."""


@dataclass(eq=False)
class NotAuthenticated(ResponseError):
    """The Space is private, or it refused the token."""


@dataclass(eq=False)
class EventNotFound(ResponseError):
    """The Space knows no such event: it was read before, or the Space restarted."""


@dataclass(eq=False)
class WorkCancelled(ResponseError):
    """The work was cancelled at the Space by somebody."""


@dataclass(eq=False)
class UnreadableAnswer(ResponseError, RuntimeError):
    """The answer is not what the protocol promises: HTML, no JSON, or JSON of another shape."""


@dataclass(eq=False)
class NoImage(UnreadableAnswer):
    """The answer is well-formed and holds no image URL."""
