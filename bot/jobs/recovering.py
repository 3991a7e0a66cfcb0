"""What a process does first: it ends what died with the one before it."""

from bot.domain.job import Job, JobState, PictureRef
from bot.jobs.allowances import Allowances
from bot.ports import JobStore


async def recover(store: JobStore, allowances: Allowances) -> None:
    """End the jobs that died with their process, and charge what was drawn of them.

    A parked job that had just begun is parked again. To be called once, before the first job.
    """
    for job in await store.unfinished():
        if job.parked_until is None or await _drawn(store, job):
            await store.move(job.id, JobState.INTERRUPTED)
        else:
            await store.park(job.id, until=job.parked_until)
    for job_id in await allowances.live():
        ended = await store.get(job_id)
        await allowances.settle(job_id, await _drawn(store, ended) if ended else 0)


async def _drawn(store: JobStore, job: Job) -> int:
    """Return how many of a job's pictures were drawn."""
    pictures = [await store.picture(PictureRef(job.id, index)) for index in range(len(job.requests))]
    return sum(picture is not None and picture.seconds is not None for picture in pictures)
