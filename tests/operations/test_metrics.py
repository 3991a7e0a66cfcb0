"""`/metrics`: figures of what the bot does, of nobody in particular."""

import asyncio

from bot.domain.errors import GpuQuotaExceeded, StreamCut
from bot.domain.job import JobState
from bot.operations.stall import watch
from tests.operations.conftest import Patient


async def test_jobs_are_counted_by_the_state_they_came_into(patient: Patient) -> None:
    patient.metrics.moved(JobState.WAITING)
    patient.metrics.moved(JobState.WAITING)
    patient.metrics.moved(JobState.DELIVERED)
    read = await patient.figures()

    assert read["imagine_jobs_total{state=waiting}"] == 2
    assert read["imagine_jobs_total{state=delivered}"] == 1
    assert read["imagine_jobs_total{state=failed}"] == 0  # a rate of it can be asked for from the start


async def test_open_jobs_are_those_of_the_store(patient: Patient) -> None:
    patient.jobs = {JobState.PARKED: 3}
    read = await patient.figures()

    assert {name: value for name, value in read.items() if name.startswith("imagine_open_jobs")} == {
        "imagine_open_jobs{state=waiting}": 0,
        "imagine_open_jobs{state=running}": 0,
        "imagine_open_jobs{state=parked}": 3,
    }


async def test_what_the_store_does_not_say_is_missing_and_not_old(patient: Patient) -> None:
    patient.jobs, patient.left = {JobState.PARKED: 3}, {"token-1": 9.0}
    await patient.figures()
    patient.jobs = patient.left = None
    read = await patient.figures()

    assert not any("open_jobs" in name or "quota" in name for name in read)


async def test_errors_of_the_service_are_counted_by_their_kind(patient: Patient) -> None:
    patient.metrics.failed(StreamCut())
    patient.metrics.failed(GpuQuotaExceeded("Come back in 1:00:00", None, 200))
    read = await patient.figures()

    assert read["imagine_provider_errors_total{kind=StreamCut}"] == 1
    assert read["imagine_provider_errors_total{kind=GpuQuotaExceeded}"] == 1


async def test_edits_are_counted_and_so_are_refusals(patient: Patient) -> None:
    for status in (200, 200, 429):
        patient.metrics.answered("PATCH", status)
    read = await patient.figures()

    assert read["imagine_edits_total"] == 2
    assert read["imagine_discord_answers_total{method=PATCH,status=429}"] == 1


async def test_the_quota_and_the_line_are_what_they_are_now(patient: Patient) -> None:
    patient.left, patient.line = {"token-1": 12.5}, 4
    read = await patient.figures()

    assert read["imagine_gpu_quota_seconds{credential=token-1}"] == 12.5
    assert read["imagine_line_pictures"] == 4


async def test_what_people_wait_for_is_measured(patient: Patient) -> None:
    patient.metrics.acknowledged(0.15)
    patient.metrics.previewed(4.0)
    patient.metrics.delivered(14.0)
    read = await patient.figures()

    assert read["imagine_acknowledgement_seconds_bucket{le=0.1}"] == 0
    assert read["imagine_acknowledgement_seconds_bucket{le=0.2}"] == 1
    assert read["imagine_first_preview_seconds_sum"] == 4
    assert read["imagine_delivery_seconds_sum"] == 14


async def test_a_loop_that_was_held_up_shows(patient: Patient) -> None:
    loop = asyncio.get_running_loop()
    stalls: asyncio.Queue[float] = asyncio.Queue()
    watching = asyncio.create_task(watch(stalls.put_nowait, every=0.01))
    await stalls.get()
    until = loop.time() + 0.3
    while loop.time() < until:  # as a computation would that does not give way
        pass
    stall = await stalls.get()
    watching.cancel()

    assert stall > 0.2


async def test_the_process_itself_measures_its_loop(patient: Patient) -> None:
    async with asyncio.timeout(10):
        while not (await patient.figures())["imagine_loop_stall_seconds_count"]:
            await asyncio.sleep(0.05)
