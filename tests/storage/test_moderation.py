"""Reports, blocks and the audit log in the store."""

import asyncio
from dataclasses import replace

import pytest

from bot.domain.errors import ReportRefused
from bot.domain.moderation import MAX_REPORTS, REPORT_SECONDS, Action, Block, Entry, Outcome, Report
from bot.storage.engine import Stores, open_store
from bot.storage.moderation import KEPT, SqlModerationStore
from tests.storage.samples import job

NOW = 1_000_000.0
REPORT = Report(job_id="fox", guild_id=20, user_id=11, reason="not a fox", at=NOW)
BLOCK = Block(guild_id=20, user_id=10, by=99, reason="spam", at=NOW, until=NOW + 60)
ENTRY = Entry(guild_id=20, at=NOW, user_id=99, action=Action.BLOCK, subject="10", detail="for a minute")


@pytest.fixture
async def store(stores: Stores) -> SqlModerationStore:
    for name in ("fox", "owl", *(f"fox-{number}" for number in range(MAX_REPORTS))):
        await stores.jobs.add(job(name))
    await stores.jobs.add(job("far", guild_id=21))
    return stores.moderation


async def test_open_reports_of_a_job_are_counted(store: SqlModerationStore) -> None:
    assert await store.report(REPORT) == 1
    assert await store.report(replace(REPORT, user_id=12, at=NOW - 1)) == 2
    assert await store.report(replace(REPORT, job_id="owl")) == 1

    assert await store.reports("fox") == [replace(REPORT, user_id=12, at=NOW - 1), REPORT]


async def test_a_job_is_reported_once_by_each_user_even_after_it_was_dismissed(
    store: SqlModerationStore,
) -> None:
    await store.report(REPORT)
    await store.close("fox", Outcome.DISMISSED)
    with pytest.raises(ReportRefused, match="again"):
        await store.report(replace(REPORT, at=NOW + KEPT / 2))

    assert await store.reports("fox") == [replace(REPORT, outcome=Outcome.DISMISSED)]


async def test_a_hundred_clicks_are_one_report(store: SqlModerationStore) -> None:
    results = await asyncio.gather(*(store.report(REPORT) for _ in range(100)), return_exceptions=True)

    assert [each for each in results if not isinstance(each, ReportRefused)] == [1]


async def test_a_user_reports_so_many_in_an_hour_and_server(store: SqlModerationStore) -> None:
    for number in range(MAX_REPORTS):
        await store.report(replace(REPORT, job_id=f"fox-{number}"))
    with pytest.raises(ReportRefused, match="too many"):
        await store.report(replace(REPORT, at=NOW + REPORT_SECONDS - 1))
    await store.report(replace(REPORT, user_id=12))
    await store.report(replace(REPORT, job_id="far", guild_id=21))

    assert await store.report(replace(REPORT, at=NOW + REPORT_SECONDS)) == 2


@pytest.mark.parametrize("name", ["far", "nothing"])
async def test_only_the_servers_own_jobs_are_reported(store: SqlModerationStore, name: str) -> None:
    with pytest.raises(ReportRefused, match="nowhere"):
        await store.report(replace(REPORT, job_id=name))

    assert await store.reports(name) == []


async def test_reports_are_closed_once_and_later_ones_count_anew(store: SqlModerationStore) -> None:
    await store.report(REPORT)
    await store.report(replace(REPORT, user_id=12))
    await store.report(replace(REPORT, job_id="owl"))

    assert await store.close("fox", Outcome.DELETED) == 2
    assert await store.close("fox", Outcome.DISMISSED) == 0
    assert [one.outcome for one in await store.reports("fox")] == [Outcome.DELETED] * 2
    assert await store.report(replace(REPORT, user_id=13)) == 1


async def test_a_servers_open_reports_are_listed(store: SqlModerationStore) -> None:
    first, far = replace(REPORT, job_id="owl", at=NOW - 9), replace(REPORT, job_id="far", guild_id=21)
    for report in (REPORT, first, far, replace(REPORT, job_id="fox-1")):
        await store.report(report)
    await store.close("fox-1", Outcome.DISMISSED)

    assert await store.open_reports(20) == [first, REPORT]
    assert await store.open_reports(21) == [far]


async def test_a_block_holds_in_its_server_until_it_ends(store: SqlModerationStore) -> None:
    await store.block(BLOCK)

    assert await store.blocked(20, 10, NOW + 59) == BLOCK
    assert await store.blocked(20, 10, NOW + 60) is None
    assert await store.blocked(21, 10, NOW) is None
    assert await store.blocked(20, 11, NOW) is None


async def test_a_later_block_takes_the_place_of_an_earlier_one(store: SqlModerationStore) -> None:
    await store.block(BLOCK)
    longer = replace(BLOCK, until=None, reason="again", by=98)
    await store.block(longer)

    assert await store.blocked(20, 10, NOW + 1e9) == longer
    assert await store.blocks(20, NOW) == [longer]


async def test_the_blocks_that_hold_are_listed_newest_first(store: SqlModerationStore) -> None:
    ended = replace(BLOCK, user_id=11, until=NOW)
    newer = replace(BLOCK, user_id=12, at=NOW + 1, until=None)
    for block in (BLOCK, ended, newer, replace(BLOCK, guild_id=21)):
        await store.block(block)

    assert await store.blocks(20, NOW) == [newer, BLOCK]


async def test_a_block_is_taken_away_once(store: SqlModerationStore) -> None:
    await store.block(BLOCK)

    assert not await store.unblock(21, 10)
    assert await store.unblock(20, 10)
    assert not await store.unblock(20, 10)
    assert await store.blocked(20, 10, NOW) is None


async def test_the_audit_log_is_read_newest_first_and_each_server_its_own(store: SqlModerationStore) -> None:
    entries = [replace(ENTRY, action=action, detail=action.value) for action in Action]
    for entry in (*entries, replace(ENTRY, guild_id=21)):
        await store.note(entry)

    assert await store.entries(20, 99) == entries[::-1]
    assert await store.entries(20, 2) == entries[:-3:-1]
    assert await store.entries(21, 99) == [replace(ENTRY, guild_id=21)]


async def test_the_audit_log_goes_back_a_year(store: SqlModerationStore) -> None:
    for at in (NOW, NOW + 1):
        await store.note(replace(ENTRY, at=at))
        await store.note(replace(ENTRY, at=at, guild_id=21))
    latest = replace(ENTRY, at=NOW + KEPT + 1)
    await store.note(latest)

    assert await store.entries(20, 9) == [latest, replace(ENTRY, at=NOW + 1)]
    assert await store.entries(21, 9) == [replace(ENTRY, at=NOW + 1, guild_id=21)]


async def test_lines_written_at_once_over_two_connections_are_all_there(lasting_url: str) -> None:
    async with open_store(lasting_url) as mine, open_store(lasting_url) as theirs:
        lines = [replace(ENTRY, subject=str(number)) for number in range(40)]
        await asyncio.gather(*((mine, theirs)[n % 2].moderation.note(line) for n, line in enumerate(lines)))
        found = await mine.moderation.entries(20, 99)

    assert {line.subject for line in found} == {line.subject for line in lines}


async def test_a_block_and_a_report_outlive_the_process(lasting_url: str) -> None:
    async with open_store(lasting_url) as stores:
        await stores.jobs.add(job())
        await stores.moderation.block(BLOCK)
        await stores.moderation.report(REPORT)
        await stores.moderation.note(ENTRY)
    async with open_store(lasting_url) as stores:
        assert await stores.moderation.blocked(20, 10, NOW) == BLOCK
        assert await stores.moderation.reports("fox") == [REPORT]
        assert await stores.moderation.entries(20, 9) == [ENTRY]
