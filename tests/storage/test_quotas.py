"""The clocks of quota in the store: one of each kind for each credential, known to every process."""

from dataclasses import replace

import pytest

from bot.domain.quota_clock import EVERYBODY, QuotaClock, QuotaKind
from bot.storage.engine import Stores, open_store
from bot.storage.quotas import SqlQuotaStore

CLOCK = QuotaClock(
    credential="token-a",
    kind=QuotaKind.SECONDS,
    until=500.0,
    stated=True,
    requested=60,
    left=-3,
    noted_at=100.0,
)


@pytest.fixture
def quotas(stores: Stores) -> SqlQuotaStore:
    return stores.quotas


async def test_a_clock_is_read_as_it_was_started(quotas: SqlQuotaStore) -> None:
    await quotas.start(CLOCK)

    assert await quotas.clocks(100.0) == [CLOCK]


@pytest.mark.parametrize("kind", QuotaKind)
async def test_so_is_one_of_each_kind_of_which_nothing_is_known(
    quotas: SqlQuotaStore, kind: QuotaKind
) -> None:
    unknown = QuotaClock(credential=EVERYBODY, kind=kind, until=500.0, stated=False, noted_at=100.0)
    await quotas.start(unknown)

    assert await quotas.clocks(100.0) == [unknown]


async def test_a_clock_that_has_run_out_is_none(quotas: SqlQuotaStore) -> None:
    await quotas.start(CLOCK)

    assert await quotas.clocks(499.0) == [CLOCK]
    assert await quotas.clocks(500.0) == []


@pytest.mark.parametrize("until", [300.0, 900.0])
async def test_a_clock_takes_the_place_of_the_one_before(quotas: SqlQuotaStore, until: float) -> None:
    await quotas.start(CLOCK)
    later = replace(CLOCK, until=until, requested=None, noted_at=200.0)
    await quotas.start(later)

    assert await quotas.clocks(200.0) == [later]


async def test_clocks_of_other_credentials_and_kinds_run_beside_it(quotas: SqlQuotaStore) -> None:
    clocks = [CLOCK, replace(CLOCK, credential="token-b"), replace(CLOCK, kind=QuotaKind.RUNS)]
    for clock in clocks:
        await quotas.start(clock)
    running = await quotas.clocks(100.0)

    assert len(running) == 3
    assert all(clock in running for clock in clocks)


async def test_when_the_machines_clock_is_set_back_a_clock_runs_no_longer_than_it_did(
    quotas: SqlQuotaStore,
) -> None:
    await quotas.start(CLOCK)
    moved = replace(CLOCK, until=450.0, noted_at=50.0)

    assert await quotas.clocks(50.0) == [moved]
    assert await quotas.clocks(100.0) == [moved]
    assert await quotas.clocks(450.0) == []


async def test_a_restart_and_another_process_know_the_clocks(lasting_url: str) -> None:
    async with open_store(lasting_url) as one, open_store(lasting_url) as other:
        await one.quotas.start(CLOCK)

        assert await other.quotas.clocks(100.0) == [CLOCK]
    async with open_store(lasting_url) as again:
        assert await again.quotas.clocks(100.0) == [CLOCK]
