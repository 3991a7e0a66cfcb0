"""Who may draw now: one picture at a time, and none while the service's quota is known to be gone.

(state, now) → (state, decision); the clock is an argument, and nothing here remembers.
"""

from dataclasses import dataclass, replace

from bot.domain.errors import AlreadyDrawing, GpuQuotaExceeded, HeldByQuota

UNSTATED_HOLD = 3600.0  # seconds; quota of an unstated return comes back within hours, so ask once an hour


@dataclass(frozen=True, slots=True)
class Hold:
    """A time during which nothing of a user is sent to the service.

    Attributes:
        until: Unix time in seconds.
        stated: Whether the service itself stated that time; else it is our own guess.
    """

    until: float
    stated: bool


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one user may do.

    Attributes:
        drawing: Whether a picture of theirs is being drawn.
        hold: Until when they have to wait; None if they do not.
    """

    drawing: bool = False
    hold: Hold | None = None

    def is_whole(self, now: float) -> bool:
        """Whether nothing of it is taken, so that it need not be kept."""
        return not self.drawing and (self.hold is None or self.hold.until <= now)


def admit(state: Allowance, now: float) -> Allowance:
    """Take one picture.

    Args:
        state: The user's allowance.
        now: Unix time, seconds.

    Raises:
        AlreadyDrawing: A picture of theirs is being drawn.
        HeldByQuota: The quota has not returned.
    """
    if state.drawing:
        raise AlreadyDrawing
    if state.hold is not None and now < state.hold.until:
        raise HeldByQuota(state.hold.until, state.hold.stated)
    return Allowance(drawing=True)


def release(state: Allowance) -> Allowance:
    """Give the picture back: it is drawn, or never will be."""
    return replace(state, drawing=False)


def hold(error: GpuQuotaExceeded, now: float) -> Hold:
    """Return how long a user has to wait after the service said that quota is gone.

    Args:
        error: What the service said.
        now: Unix time, seconds.
    """
    wait = UNSTATED_HOLD if error.retry_after is None else error.retry_after
    return Hold(now + wait, stated=error.retry_after is not None)
