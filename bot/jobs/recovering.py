"""What a process makes good at its start: charges that could not be settled when their jobs ended."""

from bot.domain.job import PictureRef
from bot.jobs.allowances import Allowances
from bot.ports import JobStore


async def settle_left(store: JobStore, allowances: Allowances) -> None:
    """Settle the live charges of jobs that have ended, for what was drawn of them.

    The store may have failed just then; those of jobs that are open are settled with them.
    """
    for job_id in await allowances.live():
        job = await store.get(job_id)
        if job is not None and job.is_open:
            continue
        refs = [PictureRef(job_id, index) for index in range(len(job.requests))] if job else []
        pictures = [await store.picture(ref) for ref in refs]
        drawn = sum(picture is not None and picture.seconds is not None for picture in pictures)
        await allowances.admission(job_id).settle(drawn)
