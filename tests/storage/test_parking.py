"""Jobs that wait for quota in the store: at most three a user, given up at a fixed time, drawn by one."""

import asyncio

import pytest

from bot.domain.errors import ParkingFull
from bot.domain.job import MAX_PARKED, JobState
from bot.storage.jobs import SqlJobStore
from tests.storage.samples import job


@pytest.mark.parametrize("state", [JobState.HELD, JobState.RUNNING])
async def test_a_job_that_is_held_or_runs_is_parked(store: SqlJobStore, state: JobState) -> None:
    await store.add(job(state=state))

    assert await store.park("fox", until=500.0)
    assert await store.parked() == [job(state=JobState.PARKED, parked_until=500.0)]


@pytest.mark.parametrize("state", sorted(set(JobState) - {JobState.HELD, JobState.RUNNING}, key=str))
async def test_no_other_job_is(store: SqlJobStore, state: JobState) -> None:
    await store.add(job(state=state))

    assert not await store.park("fox", until=500.0)
    assert await store.get("fox") == job(state=state)


async def test_a_job_that_there_is_not_is_not_parked(store: SqlJobStore) -> None:
    assert not await store.park("fox", until=500.0)


async def test_a_job_that_is_parked_again_is_given_up_when_it_was_to_be(store: SqlJobStore) -> None:
    await store.add(job(state=JobState.HELD))
    await store.park("fox", until=500.0)
    await store.move("fox", JobState.RUNNING)

    assert await store.park("fox", until=900.0)
    assert await store.get("fox") == job(state=JobState.PARKED, parked_until=500.0)


async def test_a_user_parks_no_more_than_may_be(store: SqlJobStore) -> None:
    for number in range(100):
        await store.add(job(str(number), state=JobState.HELD))
    parked = await asyncio.gather(
        *(store.park(str(number), until=500.0) for number in range(100)), return_exceptions=True
    )

    assert parked.count(True) == len(await store.parked()) == MAX_PARKED
    refused = [each for each in parked if isinstance(each, ParkingFull)]
    assert [each.maximum for each in refused] == [MAX_PARKED] * (100 - MAX_PARKED)


async def test_another_users_parked_jobs_take_nobodys_place(store: SqlJobStore) -> None:
    for number in range(MAX_PARKED):
        await store.add(job(str(number), state=JobState.PARKED, user_id=11))
    await store.add(job(state=JobState.HELD))

    assert await store.park("fox", until=500.0)


async def test_a_job_that_ran_goes_back_though_its_place_was_taken(store: SqlJobStore) -> None:
    for number in range(MAX_PARKED):
        await store.add(job(str(number), state=JobState.PARKED))
    await store.add(job(state=JobState.RUNNING, parked_until=500.0))

    assert await store.park("fox", until=900.0)


async def test_of_a_hundred_who_want_to_draw_a_parked_job_one_does(store: SqlJobStore) -> None:
    await store.add(job(state=JobState.PARKED))
    moved = await asyncio.gather(*(store.move("fox", JobState.RUNNING) for _ in range(100)))

    assert sorted(moved) == [False] * 99 + [True]


async def test_parked_jobs_are_the_oldest_first(store: SqlJobStore) -> None:
    for name, created_at in (("b", 2.0), ("c", 3.0), ("a", 1.0)):
        await store.add(job(name, state=JobState.PARKED, created_at=created_at))
    await store.add(job())

    assert [kept.id for kept in await store.parked()] == ["a", "b", "c"]


async def test_a_users_open_jobs_are_those_of_which_something_is_still_to_come(store: SqlJobStore) -> None:
    for number, state in enumerate(JobState):
        await store.add(job(state.value, state=state, created_at=100.0 - number))
    await store.add(job("others", user_id=11))

    assert [kept.id for kept in await store.open_of(10)] == ["parked", "running", "waiting"]
