"""Blocks that end, and reports that hide."""

import pytest

from bot.domain.moderation import Block, hides


@pytest.mark.parametrize(
    ("until", "now", "holds"),
    [(None, 1e12, True), (100.0, 99.9, True), (100.0, 100.0, False), (100.0, 101.0, False)],
)
def test_a_block_holds_until_its_end(until: float | None, now: float, *, holds: bool) -> None:
    block = Block(guild_id=1, user_id=2, by=3, reason="", at=0.0, until=until)

    assert block.holds(now) is holds


@pytest.mark.parametrize(
    ("reports", "threshold", "hidden"),
    [(0, 0, False), (9, 0, False), (0, 1, False), (1, 1, True), (2, 3, False), (3, 3, True), (4, 3, True)],
)
def test_as_many_reports_as_moderators_set_hide_a_picture(
    reports: int, threshold: int, *, hidden: bool
) -> None:
    assert hides(reports, threshold) is hidden
