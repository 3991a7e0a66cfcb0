"""How much the members of a server use, for those who manage it."""

from collections.abc import Sequence
from datetime import date

from bot.ui.wording.language import N_, _
from bot.ui.wording.limits import pictures

NOT_FOR_YOU = N_("Only those with **Manage Server** see what a server uses.")


def days(counts: Sequence[tuple[date, int]]) -> str:
    """Return the pictures of some days."""
    return "\n".join([_("**Pictures by day**, UTC"), *(f"- `{day}` {count}" for day, count in counts)])


def users(counts: Sequence[tuple[int, int]], span: int) -> str:
    """Return the users with the most pictures, as they are numbered in the chart.

    Args:
        counts: Users with their pictures, the one with the most first.
        span: Days that are counted.
    """
    if not counts:
        return _("Nobody here asked for a picture in the last {days} days.").format(days=span)
    lines = [f"#{number} <@{user}> {pictures(n)}" for number, (user, n) in enumerate(counts, 1)]
    return "\n".join([_("**Most pictures in {days} days**").format(days=span), *lines])


def alt(counts: Sequence[tuple[int, int]], span: int) -> str:
    """Return what a chart of these users shows, for those who do not see it."""
    bars = ", ".join(f"#{number}: {count}" for number, (_user, count) in enumerate(counts, 1))
    return _("Bar chart of the pictures by user in {days} days. {bars}.").format(days=span, bars=bars)
