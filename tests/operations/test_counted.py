"""Jobs that are counted as they come into a state, once each."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.domain.allowance import DAY, Policy, RateLimit
from bot.domain.errors import LimitReached
from bot.domain.job import JobState
from bot.domain.wish import Asker
from bot.storage.counted import CountedJobStore, CountedLimitStore
from bot.storage.engine import open_store
from tests.storage.samples import PLACE, job

ALICE = Asker(user_id=10, guild_id=20, channel_id=30, locale="en-US")


@dataclass
class Counted:
    """The stores, and what they counted."""

    jobs: CountedJobStore
    limits: CountedLimitStore
    states: list[JobState]


@pytest.fixture
async def stores() -> AsyncIterator[Counted]:
    states: list[JobState] = []
    async with open_store("sqlite://") as plain:
        database = plain.jobs.database
        yield Counted(
            CountedJobStore(database, states.append), CountedLimitStore(database, states.append), states
        )


async def test_a_job_is_counted_in_each_of_its_states(stores: Counted) -> None:
    await stores.limits.admit(job(), ALICE, Policy().limits, 1000.0)
    await stores.jobs.move("fox", JobState.RUNNING)
    await stores.jobs.delivered("fox", PLACE)

    assert stores.states == [JobState.WAITING, JobState.RUNNING, JobState.DELIVERED]


async def test_a_job_that_is_held_and_parked_is_counted(stores: Counted) -> None:
    await stores.jobs.add(job(state=JobState.HELD))
    await stores.jobs.park("fox", until=2000.0)

    assert stores.states == [JobState.HELD, JobState.PARKED]


async def test_a_move_that_did_not_happen_is_not_counted(stores: Counted) -> None:
    await stores.jobs.add(job())
    await stores.jobs.move("fox", JobState.CANCELLED)
    await stores.jobs.move("fox", JobState.RUNNING)
    await stores.jobs.move("owl", JobState.RUNNING)

    assert stores.states == [JobState.WAITING, JobState.CANCELLED]


async def test_a_job_that_a_limit_refuses_is_not_counted(stores: Counted) -> None:
    one_a_day = Policy(user=RateLimit(daily=1)).limits
    await stores.limits.admit(job(), ALICE, one_a_day, 1000.0)
    with pytest.raises(LimitReached):
        await stores.limits.admit(job("owl"), ALICE, one_a_day, 1000.0 + DAY / 2)

    assert stores.states == [JobState.WAITING]


async def test_open_jobs_are_counted_by_their_states(stores: Counted) -> None:
    await stores.jobs.add(job())
    await stores.jobs.add(job("owl"))
    await stores.jobs.add(job("cat", state=JobState.PARKED))
    await stores.jobs.add(job("dog", state=JobState.DELIVERED))

    assert await stores.jobs.open_jobs() == {JobState.WAITING: 2, JobState.PARKED: 1}
