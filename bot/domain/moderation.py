"""What moderators do: reports of pictures, blocks of users, and the record of it all."""

from dataclasses import dataclass
from enum import Enum

MAX_REASON = 300  # characters
MAX_REPORTS = 5  # of one user
REPORT_SECONDS = 3600.0  # in so long a time


class Action(Enum):
    """What was done; the values are what is stored."""

    SETTINGS = "settings"
    STYLE = "style"
    REPORT = "report"
    HIDE = "hide"
    DELETE = "delete"
    BLOCK = "block"
    UNBLOCK = "unblock"
    DISMISS = "dismiss"
    PAUSE = "pause"
    RESUME = "resume"
    REVIEW = "review"
    REFUSED = "refused"  # somebody tried what they may not


class Outcome(Enum):
    """What became of a report."""

    OPEN = "open"
    DELETED = "deleted"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One user's report of a job's pictures.

    Attributes:
        job_id: The job.
        guild_id: The server.
        user_id: Who reports.
        reason: In their own words, up to `MAX_REASON` characters.
        at: Unix time in seconds.
        outcome: What became of it.
    """

    job_id: str
    guild_id: int
    user_id: int
    reason: str
    at: float
    outcome: Outcome = Outcome.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A user who may not draw in a server.

    Attributes:
        guild_id: The server.
        user_id: The user.
        by: The moderator.
        reason: Their words; empty for none.
        at: Unix time in seconds.
        until: Unix time in seconds; None for no end.
    """

    guild_id: int
    user_id: int
    by: int
    reason: str
    at: float
    until: float | None

    def holds(self, now: float) -> bool:
        """Whether it has not ended."""
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a server's audit log.

    Attributes:
        guild_id: The server.
        at: Unix time in seconds.
        user_id: Who did it.
        action: What.
        subject: To whom or what: a user's id, a job's, a setting's name; empty for none.
        detail: What else is to be known; no secrets.
    """

    guild_id: int
    at: float
    user_id: int
    action: Action
    subject: str = ""
    detail: str = ""


def hides(reports: int, threshold: int) -> bool:
    """Whether so many open reports hide a picture; a threshold of 0 never does."""
    return 0 < threshold <= reports
