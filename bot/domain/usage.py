"""What a server's members use."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Usage:
    """The pictures of one user on one day.

    Attributes:
        user_id: The user.
        day: The day, UTC.
        pictures: How many, 1 or more.
    """

    user_id: int
    day: date
    pictures: int


def by_user(usage: Iterable[Usage]) -> list[tuple[int, int]]:
    """Return each user with their pictures, the one with the most first."""
    totals: dict[int, int] = {}
    for one in usage:
        totals[one.user_id] = totals.get(one.user_id, 0) + one.pictures
    return sorted(totals.items(), key=lambda total: (-total[1], total[0]))


def by_day(usage: Iterable[Usage], days: Iterable[date]) -> list[tuple[date, int]]:
    """Return some days, each with its pictures."""
    known = tuple(usage)
    return [(day, sum(one.pictures for one in known if one.day == day)) for day in days]
