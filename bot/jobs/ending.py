"""The end of a job: what it is written down as, and the last that its reply shows."""

import logging
from types import NoneType

from bot.domain.board import Board
from bot.domain.errors import DeliveryFailed, HeldByQuota, Interrupted, ReplyGone
from bot.domain.job import JobState
from bot.jobs.noting import noted
from bot.ports import JobStore, Reply

_log = logging.getLogger(__name__)


def held(board: Board) -> HeldByQuota | None:
    """Return what a job waits for of which nothing was drawn for want of quota; None for any other job."""
    reasons = (slot.error for slot in board.errors if isinstance(slot.error, HeldByQuota))
    return None if board.pictures else next(reasons, None)


def without_pictures(board: Board) -> JobState:
    """Return how a job ended of which nothing was drawn."""
    if held(board):
        return JobState.HELD
    reasons = {type(slot.error) for slot in board.errors}
    if Interrupted in reasons:
        return JobState.INTERRUPTED
    return JobState.CANCELLED if reasons == {NoneType} else JobState.FAILED


async def finish(board: Board, reply: Reply, store: JobStore) -> None:
    """Write the end down and show it; it is shown also when it cannot be written."""
    job_id = board.job.id
    if not board.pictures:  # before its controls are shown, which act on what is written
        await noted(store.move(job_id, without_pictures(board)))
    undelivered, place = JobState.FAILED, None
    try:
        place = await reply.finish(board)
    except ReplyGone:
        undelivered = JobState.CANCELLED
    except DeliveryFailed as error:
        _log.warning("job %s was not delivered and is kept: %r", job_id, error)
    if board.pictures and place:
        await noted(store.delivered(job_id, place))
    elif board.pictures:
        await noted(store.move(job_id, undelivered))
    await noted(store.close(job_id, place))
