"""Which limit refuses a request, how much of it is left, and when it frees."""

from bot.domain import errors
from bot.domain.allowance import Rule, Scope
from bot.ui.wording.quoting import relative

WHOSE = {
    Scope.USER: "you",
    Scope.CHANNEL: "this channel",
    Scope.SERVER: "this server",
    Scope.BOT: "the whole bot",
}
SPAN = {Rule.PACE: "in quick succession", Rule.DAY: "in 24 hours"}


def counted(number: int, thing: str) -> str:
    """Return a number of things, `1 picture` or `2 pictures`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def refused(error: errors.RateLimited | errors.TooManyForLimit | errors.ParkingFull) -> str:
    """Return why a request has to wait, or is more than is ever allowed."""
    match error:
        case errors.TooManyAtOnce() | errors.TooManyForLimit() | errors.LimitReached():
            return f"The limit for {WHOSE[error.scope]} is {_reached(error)}"
        case errors.HeldByStrikes():
            return f"Your last pictures met used-up GPU quota, so you may try again {relative(error.until)}."
        case errors.HeldByQuota():
            return _held(error)
        case errors.ParkingFull():
            waiting = counted(error.maximum, "request")
            return f"The limit for you is {waiting} waiting for quota. `/queue` can end one."
        case _:
            return "You have to wait before you ask again."


def _reached(error: errors.TooManyAtOnce | errors.TooManyForLimit | errors.LimitReached) -> str:
    if isinstance(error, errors.TooManyAtOnce):
        return f"{counted(error.maximum, 'request')} at a time; none is left until one of them is done."
    limit = f"{counted(error.maximum, 'picture')} {SPAN[error.rule]}"
    if isinstance(error, errors.TooManyForLimit):
        return f"{limit}; this asks for more. Ask for fewer at once."
    return f"{limit}; {_left(error.left)}. There is room for this {relative(error.frees_at)}."


def _held(error: errors.HeldByQuota) -> str:
    """Say when GPU quota returns, or that nobody knows and when it is tried next."""
    if error.stated:
        return f"The image service's GPU quota is used up. Come back {relative(error.until)}."
    return (
        "The image service's GPU quota is used up, and it did not say when it returns. "
        f"Until the next try {relative(error.until)}, nothing is sent to it."
    )


def _left(number: int) -> str:
    return "none is left" if number == 0 else "1 is left" if number == 1 else f"{number} are left"
