"""What is said of requests that are under way, and of those that wait for GPU quota to return."""

from collections.abc import Iterator

from bot.domain.errors import HeldByQuota
from bot.domain.job import MAX_PARKED_SECONDS, Job, JobState
from bot.domain.quota_clock import QuotaClock
from bot.domain.report import OpenJob
from bot.ui.wording import limits
from bot.ui.wording.language import N_, _, ngettext
from bot.ui.wording.quoting import relative

PARK = N_("Draw it when quota returns")
UNPARK = N_("Don't draw it")
UNPARKED = N_("🚫 It is not drawn.")

EMPTY = N_("Nothing of yours waits or is being drawn. `/imagine` draws a picture.")

_RETURNED = N_("Quota has returned; it is about to be drawn.")
_HOURS = round(MAX_PARKED_SECONDS / 3600)


def parked(held: HeldByQuota, now: float) -> str:
    """Return that a request was parked, and until when; `now` is Unix time in seconds."""
    waits = ngettext(
        "🅿️ It waits for GPU quota, {hours} hour at most.",
        "🅿️ It waits for GPU quota, {hours} hours at most.",
        _HOURS,
    ).format(hours=_HOURS)
    returning = _returning(held) if held.until > now else _(_RETURNED)
    comes = _("-# The picture comes as a new message. `/queue` shows what waits.")
    return f"{waits} {returning}\n{comes}"


def heading(number: int) -> str:
    """Return what a list of so many requests is."""
    text = ngettext("**{number} request of yours**", "**{number} requests of yours**", number)
    return text.format(number=number)


def more(number: int) -> str:
    """Return that there are more requests than the list shows."""
    return _("-# and {number} more").format(number=number)


def pictures(job: Job) -> str:
    """Return how many pictures a request asks for; empty for one."""
    return f" · {limits.pictures(len(job.requests))}" if len(job.requests) > 1 else ""


def status(one: OpenJob) -> str:
    """Return how far a request is."""
    if one.job.state is JobState.PARKED:
        return "🅿️ " + " ".join(_parked(one.clock, one.job.parked_until))
    match one.ahead:
        case None if one.job.state is JobState.RUNNING:
            text = _("🎨 Being drawn; you asked for it {when}.")
            return text.format(when=relative(one.job.created_at))
        case None:
            return _("⏳ About to be drawn.")
        case 0:
            return _("⏳ You are next.")
        case ahead:
            text = ngettext("⏳ {number} picture ahead of you.", "⏳ {number} pictures ahead of you.", ahead)
            return text.format(number=ahead)


def asked(job: Job) -> str:
    """Return whose request a message answers that comes long after it."""
    text = _("Asked for by <@{user}> {when}.")
    return text.format(user=job.user_id, when=relative(job.created_at))


def _parked(clock: QuotaClock | None, given_up: float | None) -> Iterator[str]:
    if clock is None:
        yield _(_RETURNED)
    else:
        yield _returning(HeldByQuota(clock.until, stated=clock.stated))
    if given_up is not None:
        yield _("Given up {when}.").format(when=relative(given_up))


def _returning(held: HeldByQuota) -> str:
    if held.stated:
        return _("Quota returns {when}.").format(when=relative(held.until))
    text = _("When quota returns is unknown; the next try is {when}.")
    return text.format(when=relative(held.until))
