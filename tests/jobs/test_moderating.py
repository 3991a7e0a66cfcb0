"""Reports, blocks and the audit log, over the real store."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.domain.errors import PictureUnknown, ReportRefused, UserBlocked
from bot.domain.job import Job, Place
from bot.domain.moderation import MAX_REASON, Action, Outcome
from bot.jobs.houses import Houses
from bot.jobs.moderating import Moderating
from bot.storage.engine import Stores, open_store
from tests.fakes import all_houses
from tests.storage.samples import job

GUILD, ELSEWHERE = 7, 8
ALICE, BOB, CAROL, MOD = 1, 2, 3, 4


@dataclass(kw_only=True)
class Court:
    """A server with moderators.

    Attributes:
        stores: Where everything is kept.
        now: Unix time in seconds.
    """

    stores: Stores
    now: float = 1000.0

    @property
    def service(self) -> Moderating:
        return Moderating(self.stores.moderation, self.stores.jobs, lambda: self.now)

    @property
    def houses(self) -> Houses:
        return all_houses(self.stores, lambda: self.now)

    async def drawn(self, job_id: str = "j1", *, private: bool = False) -> Job:
        """Return a picture of alice's."""
        place = Place(channel_id=3, message_id=5)
        made = job(job_id, user_id=ALICE, guild_id=GUILD, private=private)
        await self.stores.jobs.add(made)
        await self.stores.jobs.set_place(job_id, place)
        return made

    async def audit(self, guild_id: int = GUILD) -> list[tuple[Action, int, str, str]]:
        entries = await self.stores.moderation.entries(guild_id, 100)
        return [(one.action, one.user_id, one.subject, one.detail) for one in reversed(entries)]


@pytest.fixture
async def court() -> AsyncIterator[Court]:
    async with open_store("sqlite://") as stores:
        yield Court(stores=stores)


async def test_a_report_is_kept_with_its_reason_and_written_down(court: Court) -> None:
    await court.drawn()
    reported = await court.service.report(GUILD, BOB, "j1", "  cruel \n", 0)

    assert [(one.user_id, one.reason) for one in reported.case.open] == [(BOB, "cruel")]
    assert reported.case.url == f"https://discord.com/channels/{GUILD}/3/5"
    assert not reported.hides
    assert await court.audit() == [(Action.REPORT, BOB, "j1", "cruel")]


async def test_a_reason_is_cut(court: Court) -> None:
    await court.drawn()
    reported = await court.service.report(GUILD, BOB, "j1", "x" * 1000, 0)

    assert len(reported.case.open[0].reason) == MAX_REASON


async def test_the_pictures_hide_from_the_threshold_on(court: Court) -> None:
    await court.drawn()
    hides = [(await court.service.report(GUILD, user, "j1", "", 2)).hides for user in (BOB, CAROL, MOD)]

    assert hides == [False, True, True]


async def test_reports_at_once_count_each(court: Court) -> None:
    await court.drawn()
    found = await asyncio.gather(*(court.service.report(GUILD, 10 + user, "j1", "", 5) for user in range(5)))

    assert [one.hides for one in found].count(True) == 1


@pytest.mark.parametrize(
    ("guild_id", "user_id", "reason"), [(None, BOB, "nowhere"), (GUILD, ALICE, "own"), (GUILD, BOB, "again")]
)
async def test_what_is_no_report(court: Court, guild_id: int | None, user_id: int, reason: str) -> None:
    await court.drawn()
    if reason == "again":
        await court.service.report(GUILD, BOB, "j1", "", 0)
    with pytest.raises(ReportRefused) as caught:
        await court.service.report(guild_id, user_id, "j1", "", 0)

    assert caught.value.reason == reason


async def test_nobody_reports_or_judges_what_they_do_not_see(court: Court) -> None:
    await court.drawn(private=True)
    for job_id in ("j1", "none"):
        with pytest.raises(PictureUnknown):
            await court.service.report(GUILD, BOB, job_id, "", 0)
        with pytest.raises(PictureUnknown):
            await court.service.case(GUILD, MOD, job_id)


async def test_who_names_a_picture_of_another_server_is_refused_and_written_down(court: Court) -> None:
    await court.drawn()
    with pytest.raises(PictureUnknown):
        await court.service.report(ELSEWHERE, BOB, "j1", "", 0)
    with pytest.raises(PictureUnknown):
        await court.service.case(ELSEWHERE, MOD, "j1")

    assert await court.audit(ELSEWHERE) == [
        (Action.REFUSED, BOB, "j1", ""),
        (Action.REFUSED, MOD, "j1", ""),
    ]
    assert await court.audit() == []


async def test_open_reports_are_in_the_order_in_which_they_came(court: Court) -> None:
    for job_id in ("j2", "j1"):
        await court.drawn(job_id)
        await court.service.report(GUILD, BOB, job_id, "", 0)
        court.now += 1
    await court.service.report(GUILD, CAROL, "j2", "", 0)

    assert await court.service.open_cases(GUILD) == ["j2", "j1"]
    assert await court.service.open_cases(ELSEWHERE) == []


@pytest.mark.parametrize(
    ("outcome", "action"), [(Outcome.DELETED, Action.DELETE), (Outcome.DISMISSED, Action.DISMISS)]
)
async def test_what_was_done_is_done_once(court: Court, outcome: Outcome, action: Action) -> None:
    await court.drawn()
    await court.service.report(GUILD, BOB, "j1", "", 0)
    case = await court.service.case(GUILD, MOD, "j1")
    both = await asyncio.gather(*(court.service.settle(case, outcome, MOD) for _ in range(2)))

    assert [entry is None for _, entry in both].count(True) == 1
    assert [settled.outcome for settled, _ in both] == [outcome] * 2
    assert (await court.audit())[1:] == [(action, MOD, "j1", str(ALICE))]
    assert await court.service.open_cases(GUILD) == []


async def test_a_new_report_opens_the_case_again(court: Court) -> None:
    await court.drawn()
    await court.service.report(GUILD, BOB, "j1", "", 0)
    await court.service.settle(await court.service.case(GUILD, MOD, "j1"), Outcome.DISMISSED, MOD)
    again = await court.service.report(GUILD, CAROL, "j1", "", 2)

    assert [one.user_id for one in again.case.open] == [CAROL]
    assert again.case.outcome is Outcome.OPEN
    assert not again.hides


async def test_a_block_ends_by_itself(court: Court) -> None:
    block, entry = await court.service.block(GUILD, ALICE, by=MOD, reason="enough", hours=1)
    with pytest.raises(UserBlocked) as caught:
        await court.houses.check_user(GUILD, ALICE)
    court.now = 4600.0
    await court.houses.check_user(GUILD, ALICE)

    assert (caught.value.until, caught.value.reason) == (4600.0, "enough")
    assert block.until == 4600.0
    assert (entry.action, entry.subject, entry.detail) == (Action.BLOCK, str(ALICE), "4600 enough")


async def test_a_block_holds_in_its_server_alone(court: Court) -> None:
    await court.service.block(GUILD, ALICE, by=MOD, reason="", hours=None)
    await court.houses.check_user(ELSEWHERE, ALICE)
    await court.houses.check_user(None, ALICE)

    assert [one.user_id for one in await court.service.blocks(GUILD)] == [ALICE]
    assert await court.service.blocks(ELSEWHERE) == []


async def test_a_block_can_be_taken_away_and_that_is_written_down_once(court: Court) -> None:
    await court.service.block(GUILD, ALICE, by=MOD, reason="", hours=None)
    taken = [await court.service.unblock(GUILD, ALICE, MOD) for _ in range(2)]
    await court.houses.check_user(GUILD, ALICE)

    assert [entry is None for entry in taken] == [False, True]
    assert await court.audit() == [
        (Action.BLOCK, MOD, str(ALICE), "- "),
        (Action.UNBLOCK, MOD, str(ALICE), ""),
    ]


async def test_a_case_says_whether_its_user_is_blocked(court: Court) -> None:
    await court.drawn()
    free = await court.service.case(GUILD, MOD, "j1")
    await court.service.block(GUILD, ALICE, by=MOD, reason="", hours=None)
    held = await court.service.case(GUILD, MOD, "j1")

    assert free.block is None
    assert held.block is not None
    assert held.block.by == MOD


async def test_what_hid_is_written_down(court: Court) -> None:
    await court.drawn()
    case = await court.service.case(GUILD, MOD, "j1")
    await court.service.hidden(case, 99, "spoiler")

    assert await court.audit() == [(Action.HIDE, 99, "j1", "spoiler")]
