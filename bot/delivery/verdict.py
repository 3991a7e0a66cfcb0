"""What a refusal of Discord means for a delivery. Pure.

discord.py has tried several times before it raises: all 5xx on an interaction's token, most of them on the
bot's own, and every 429. What is decided here is what comes after that.
"""

# Source: Discord's documentation, topics/opcodes-and-status-codes, "HTTP" and "JSON".

from dataclasses import dataclass, replace
from typing import Self, TypeAlias

UNKNOWN_CHANNEL, UNKNOWN_MESSAGE = 10003, 10008
UNKNOWN_WEBHOOK = 10015  # of an interaction that was never answered, or whose token has ended
ENTITY_TOO_LARGE = 40005

MAX_SHRINKS = 4  # each halves the limit on files


@dataclass(frozen=True, slots=True)
class Refusal:
    """How a request failed.

    Attributes:
        status: Discord's HTTP status; None when no answer came.
        code: Discord's JSON error code; 0 if it gave none.
        retry_after: Seconds that Discord asks for; 0 if it does not.
    """

    status: int | None
    code: int = 0
    retry_after: float = 0.0

    @property
    def is_ambiguous(self) -> bool:
        """Whether the request may have taken effect."""
        return self.status is None or self.status >= 500


@dataclass(frozen=True, slots=True)
class Retry:
    """The same again.

    Attributes:
        after: Seconds to wait before.
    """

    after: float


@dataclass(frozen=True, slots=True)
class Smaller:
    """The same with smaller files."""


@dataclass(frozen=True, slots=True)
class Plainer:
    """The files with the least around them: something in the card is not to Discord's liking."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """Not here, but perhaps in another place."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody deleted the reply, or its channel."""


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Nothing more; what may have been posted must not be posted again elsewhere."""


Verdict: TypeAlias = Retry | Smaller | Plainer | HandOver | Gone | GiveUp


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """What may still be tried for one delivery.

    Attributes:
        waits: Seconds before each further try.
        shrinks: How often the files may still become smaller.
        may_be_plain: Whether the plain form may still be tried.
        is_plain: Whether the plain form is what is tried.
    """

    waits: tuple[float, ...]
    shrinks: int = MAX_SHRINKS
    may_be_plain: bool = True
    is_plain: bool = False

    def after(self, verdict: Verdict) -> Self:
        """Return what is left once a verdict has been followed."""
        match verdict:
            case Retry():
                return replace(self, waits=self.waits[1:])
            case Smaller():
                return replace(self, shrinks=self.shrinks - 1)
            case Plainer():
                return replace(self, may_be_plain=False, is_plain=True)
            case _:
                return self


def judge(refusal: Refusal, tries: Tries, *, is_new: bool) -> Verdict:
    """Return what to do about a refusal.

    Args:
        refusal: It.
        tries: What may still be tried.
        is_new: Whether the request was to post a message, not to edit one.
    """
    if refusal.is_ambiguous or refusal.status == 429:
        return Retry(max(tries.waits[0], refusal.retry_after)) if tries.waits else GiveUp()
    if refusal.code in {UNKNOWN_MESSAGE, UNKNOWN_CHANNEL} and not is_new:
        return Gone()
    if refusal.status == 413 or refusal.code == ENTITY_TOO_LARGE:
        return Smaller() if tries.shrinks else GiveUp()
    if refusal.status == 400:
        return Plainer() if tries.may_be_plain else GiveUp()
    return HandOver()
