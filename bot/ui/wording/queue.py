"""What is said of requests that are under way, and of those that wait for GPU quota to return."""

from bot.domain.errors import HeldByQuota
from bot.domain.job import MAX_PARKED_SECONDS, Job, JobState
from bot.domain.quota_clock import QuotaClock
from bot.domain.report import OpenJob
from bot.ui.wording.limits import counted
from bot.ui.wording.quoting import relative

PARK = "Draw it when quota returns"
UNPARK = "Don't draw it"
UNPARKED = "🚫 It is not drawn."

EMPTY = "Nothing of yours waits or is being drawn. `/imagine` draws a picture."

_RETURNED = "Quota has returned; it is about to be drawn."
_HOURS = round(MAX_PARKED_SECONDS / 3600)


def parked(held: HeldByQuota, now: float) -> str:
    """Return that a request was parked, and until when; `now` is Unix time in seconds."""
    return (
        f"🅿️ It waits for GPU quota, {counted(_HOURS, 'hour')} at most. "
        f"{_returning(held) if held.until > now else _RETURNED}\n"
        "-# The picture comes as a new message. `/queue` shows what waits."
    )


def heading(number: int) -> str:
    """Return what a list of so many requests is."""
    return f"**{counted(number, 'request')} of yours**"


def more(number: int) -> str:
    """Return that there are more requests than the list shows."""
    return f"-# and {number} more"


def pictures(job: Job) -> str:
    """Return how many pictures a request asks for; empty for one."""
    return f" · {len(job.requests)} pictures" if len(job.requests) > 1 else ""


def status(one: OpenJob) -> str:
    """Return how far a request is."""
    if one.job.state is JobState.PARKED:
        given_up = "" if one.job.parked_until is None else f" Given up {relative(one.job.parked_until)}."
        return f"🅿️ {_parked(one.clock)}{given_up}"
    match one.ahead:
        case None if one.job.state is JobState.RUNNING:
            return f"🎨 Being drawn; you asked for it {relative(one.job.created_at)}."
        case None:
            return "⏳ About to be drawn."
        case 0:
            return "⏳ You are next."
        case ahead:
            return f"⏳ {counted(ahead, 'picture')} ahead of you."


def asked(job: Job) -> str:
    """Return whose request a message answers that comes long after it."""
    return f"Asked for by <@{job.user_id}> {relative(job.created_at)}."


def _parked(clock: QuotaClock | None) -> str:
    if clock is None:
        return _RETURNED
    return _returning(HeldByQuota(clock.until, stated=clock.stated))


def _returning(held: HeldByQuota) -> str:
    if held.stated:
        return f"Quota returns {relative(held.until)}."
    return f"When quota returns is unknown; the next try is {relative(held.until)}."
