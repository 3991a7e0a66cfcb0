"""What a server's members use, by user and by day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.usage import Usage, by_day, by_user

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 8, day) for day in (3, 4, 5))
USED = [Usage(10, MONDAY, 2), Usage(11, MONDAY, 5), Usage(10, TUESDAY, 4), Usage(9, TUESDAY, 5)]


def test_the_user_with_the_most_pictures_is_first() -> None:
    assert by_user(USED) == [(10, 6), (9, 5), (11, 5)]


def test_each_day_has_its_pictures_also_a_day_without_any() -> None:
    assert by_day(iter(USED), [MONDAY, TUESDAY, WEDNESDAY]) == [(MONDAY, 7), (TUESDAY, 9), (WEDNESDAY, 0)]


def test_where_nobody_drew_there_is_nobody() -> None:
    assert by_user([]) == []


@given(st.lists(st.builds(Usage, st.integers(1, 5), st.dates(MONDAY, WEDNESDAY), st.integers(1, 99))))
def test_both_ways_of_counting_come_to_the_same(used: list[Usage]) -> None:
    total = sum(one.pictures for one in used)

    assert sum(count for _, count in by_user(used)) == total
    assert sum(count for _, count in by_day(used, [MONDAY, TUESDAY, WEDNESDAY])) == total
