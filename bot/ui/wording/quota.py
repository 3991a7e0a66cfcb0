"""What `/quota` says: what is left of which limit, when more frees, and how the GPU quota stands."""

from collections.abc import Iterator

from bot.domain.quota_clock import QuotaClock, QuotaKind
from bot.domain.report import LimitUse, QuotaReport, WindowUse
from bot.ui.wording.limits import SPAN, WHOSE
from bot.ui.wording.quoting import relative

NO_LIMITS = "Nothing limits how many pictures you may ask for here."
USAGE = "This server's use"
LINK_TOKEN = "Link your own token"  # noqa: S105 # the label of a button


def report(facts: QuotaReport) -> str:
    """Return what a user may ask for now."""
    limits = [line for use in facts.uses for line in _limit(use)] or [NO_LIMITS]
    return "\n".join([*limits, *_gpu(facts)])


def _limit(use: LimitUse) -> Iterator[str]:
    yield f"**For {WHOSE[use.scope]}**"
    if use.limit.at_once is not None:
        left = max(0, use.limit.at_once - use.live)
        yield f"- {left} of {use.limit.at_once} requests at a time left"
    yield from (f"- {_window(window)}" for window in use.windows)


def _window(use: WindowUse) -> str:
    line = f"{use.left} of {use.window.pictures} pictures {SPAN[use.window.rule]} left"
    return line if use.frees_at is None else f"{line} · one more {relative(use.frees_at)}"


def _gpu(facts: QuotaReport) -> Iterator[str]:
    yield "**GPU quota of the image service**"
    whose = "your own token, then the bot's" if facts.has_token else "the bot's"
    if facts.clock is not None:
        yield f"- Used up: {whose}. {_returning(facts.clock)}"
    else:
        yield f"- Used for your pictures: {whose}"
        if facts.seconds_left is not None:
            yield f"- About {facts.seconds_left:.0f} s of GPU time are left"
    if facts.strikes_until is not None:
        yield f"- Your pictures met used-up quota lately: you may try again {relative(facts.strikes_until)}"


def _returning(clock: QuotaClock) -> str:
    if clock.stated:
        return f"It returns {relative(clock.until)}."
    if clock.kind is QuotaKind.SPACE:
        return f"It is the Space's own; when it returns is unknown. Next try {relative(clock.until)}."
    return f"When it returns is unknown. Next try {relative(clock.until)}."
