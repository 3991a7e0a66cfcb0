"""Jobs in the store: written once, moved from state to state, and never lost."""

import pytest
from hypothesis import HealthCheck, given, settings

from bot.domain.job import Job, JobState, Place, may_move
from bot.domain.request import ImageRequest
from bot.storage.engine import open_store
from bot.storage.jobs import SqlJobStore
from tests.storage.raw import say
from tests.storage.samples import ANY_JOB, PLACE, job


async def test_a_job_that_was_never_written_is_none(store: SqlJobStore) -> None:
    assert await store.get("fox") is None


async def test_a_job_is_read_as_it_was_written(store: SqlJobStore) -> None:
    await store.add(job(pictures=4, place=PLACE))

    assert await store.get("fox") == job(pictures=4, place=PLACE)


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(written=ANY_JOB)
async def test_any_job_is_read_as_it_was_written(lasting_url: str, written: Job) -> None:
    async with open_store(lasting_url) as stores:
        say(lasting_url, "DELETE FROM pictures", "DELETE FROM jobs")
        await stores.jobs.add(written)

        assert await stores.jobs.get(written.id) == written


@pytest.mark.parametrize(
    "prompt",
    [
        "🦊🌨️",
        "👩‍👩‍👧‍👦",
        "ثعلب في الثلج",
        "شیر می‌خواهم",
        "'; DROP TABLE jobs; --",
        "%s ? :a {b} \\",
        "\ufdd0\U0010ffff",
        "ﬁ e\u0301",
    ],
)
async def test_a_prompt_comes_back_character_by_character(store: SqlJobStore, prompt: str) -> None:
    asked = job(requests=(ImageRequest(prompt, negative_prompt=prompt),))
    await store.add(asked)

    assert await store.get("fox") == asked


@pytest.mark.parametrize("to", JobState)
async def test_a_job_moves_only_where_it_may(store: SqlJobStore, to: JobState) -> None:
    for now in JobState:
        await store.add(job(now.value, state=now))

        assert await store.move(now.value, to) is may_move(now, to)
        assert await store.get(now.value) == job(now.value, state=to if may_move(now, to) else now)


async def test_a_job_that_there_is_not_does_not_move(store: SqlJobStore) -> None:
    assert not await store.move("fox", JobState.RUNNING)
    assert not await store.delivered("fox", PLACE)


async def test_the_other_jobs_stay_where_they_are(store: SqlJobStore) -> None:
    await store.add(job())
    await store.add(job("owl"))
    await store.move("fox", JobState.RUNNING)

    assert await store.get("owl") == job("owl")


async def test_the_place_of_a_reply_is_written_down_each_time_it_changes(store: SqlJobStore) -> None:
    await store.add(job(place=PLACE))
    own = Place(channel_id=31, message_id=41)
    await store.set_place("fox", own)

    assert await store.get("fox") == job(place=own)


async def test_unfinished_jobs_are_those_that_a_process_works_on(store: SqlJobStore) -> None:
    for number, state in enumerate(JobState):
        await store.add(job(state.value, state=state, created_at=100.0 - number))

    assert [kept.id for kept in await store.unfinished()] == ["running", "waiting"]
