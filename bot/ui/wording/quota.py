"""What `/quota` says: what is left of which limit, when more frees, and how the GPU quota stands."""

from collections.abc import Iterator

from bot.domain.allowance import Rule, Scope
from bot.domain.quota_clock import QuotaClock, QuotaKind
from bot.domain.report import LimitUse, QuotaReport, WindowUse
from bot.ui.wording.language import N_, _
from bot.ui.wording.quoting import relative

NO_LIMITS = N_("Nothing limits how many pictures you may ask for here.")
USAGE = N_("This server's use")
LINK_TOKEN = N_("Link your own token")

_WHOSE = {
    Scope.USER: N_("**For you**"),
    Scope.CHANNEL: N_("**For this channel**"),
    Scope.SERVER: N_("**For this server**"),
    Scope.BOT: N_("**For the whole bot**"),
}
_LEFT = {
    Rule.PACE: N_("{left} of {number} pictures in quick succession left"),
    Rule.DAY: N_("{left} of {number} pictures in 24 hours left"),
}


def report(facts: QuotaReport) -> str:
    """Return what a user may ask for now."""
    limits = [line for use in facts.uses for line in _limit(use)] or [_(NO_LIMITS)]
    return "\n".join([*limits, *_gpu(facts)])


def _limit(use: LimitUse) -> Iterator[str]:
    yield _(_WHOSE[use.scope])
    if use.limit.at_once is not None:
        left = max(0, use.limit.at_once - use.live)
        yield _("- {left} of {number} requests at a time left").format(left=left, number=use.limit.at_once)
    yield from (f"- {_window(window)}" for window in use.windows)


def _window(use: WindowUse) -> str:
    line = _(_LEFT[use.window.rule]).format(left=use.left, number=use.window.pictures)
    if use.frees_at is None:
        return line
    more = _("one more {when}").format(when=relative(use.frees_at))
    return f"{line} · {more}"


def _gpu(facts: QuotaReport) -> Iterator[str]:
    yield _("**GPU quota of the image service**")
    whose = _("your own token, then the bot's") if facts.has_token else _("the bot's")
    if facts.clock is not None:
        used_up = _("- Used up: {whose}.").format(whose=whose)
        yield f"{used_up} {_returning(facts.clock)}"
    else:
        yield _("- Used for your pictures: {whose}").format(whose=whose)
        if facts.seconds_left is not None:
            yield _("- About {seconds:.0f} s of GPU time are left").format(seconds=facts.seconds_left)
    if facts.strikes_until is not None:
        text = _("- Your pictures met used-up quota lately: you may try again {when}")
        yield text.format(when=relative(facts.strikes_until))


def _returning(clock: QuotaClock) -> str:
    if clock.stated:
        text = _("It returns {when}.")
    elif clock.kind is QuotaKind.SPACE:
        text = _("It is the Space's own; when it returns is unknown. Next try {when}.")
    else:
        text = _("When it returns is unknown. Next try {when}.")
    return text.format(when=relative(clock.until))
