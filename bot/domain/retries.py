"""Which failures of the service are worth a second try, and after how long."""

from bot.domain.errors import GpuTaskAborted, GpuWorkerFailed, NoGpuAvailable, ProviderError

NO_GPU = 10.0  # seconds; the service has then waited a minute for a GPU itself
BROKEN = 2.0  # seconds; an aborted or crashed run counts as a run, so there is one more and no third

TRIES = 2  # in all, of one picture


def back_off(error: ProviderError, tries: int, chance: float) -> float | None:
    """Return how long to wait before the next try, in seconds; None if there is none.

    Args:
        error: What happened.
        tries: How often it was tried, 1 or more.
        chance: A random number from 0 to 1, so that those who failed together do not come back together.
    """
    if tries >= TRIES:
        return None
    match error:
        case NoGpuAvailable():
            return NO_GPU * (0.5 + chance)
        case GpuTaskAborted() | GpuWorkerFailed():
            return BROKEN * (0.5 + chance)
        case _:
            return None
