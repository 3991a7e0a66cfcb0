"""Which limit refuses a request, how much of it is left, and when it frees."""

from bot.domain import errors
from bot.domain.allowance import Rule, Scope
from bot.ui.wording.language import N_, _, ngettext
from bot.ui.wording.quoting import relative

_LIMITS = {
    Scope.USER: N_("The limit for you is {limit}"),
    Scope.CHANNEL: N_("The limit for this channel is {limit}"),
    Scope.SERVER: N_("The limit for this server is {limit}"),
    Scope.BOT: N_("The limit for the whole bot is {limit}"),
}


def pictures(number: int) -> str:
    """Return a number of pictures, `1 picture` or `2 pictures`."""
    return ngettext("{number} picture", "{number} pictures", number).format(number=number)


def refused(error: errors.RateLimited | errors.TooManyForLimit | errors.ParkingFull) -> str:
    """Return why a request has to wait, or is more than is ever allowed."""
    match error:
        case errors.TooManyAtOnce() | errors.TooManyForLimit() | errors.LimitReached():
            return _(_LIMITS[error.scope]).format(limit=_reached(error))
        case errors.HeldByStrikes():
            text = _("Your last pictures met used-up GPU quota, so you may try again {when}.")
            return text.format(when=relative(error.until))
        case errors.HeldByQuota():
            return _held(error)
        case errors.ParkingFull():
            text = ngettext(
                "The limit for you is {number} request waiting for quota. `/queue` can end one.",
                "The limit for you is {number} requests waiting for quota. `/queue` can end one.",
                error.maximum,
            )
            return text.format(number=error.maximum)
        case _:
            return _("You have to wait before you ask again.")


def _reached(error: errors.TooManyAtOnce | errors.TooManyForLimit | errors.LimitReached) -> str:
    if isinstance(error, errors.TooManyAtOnce):
        text = ngettext(
            "{number} request at a time; none is left until one of them is done.",
            "{number} requests at a time; none is left until one of them is done.",
            error.maximum,
        )
        return text.format(number=error.maximum)
    limit = _in_time(error.maximum, error.rule)
    if isinstance(error, errors.TooManyForLimit):
        return _("{limit}; this asks for more. Ask for fewer at once.").format(limit=limit)
    return _left(error.left).format(limit=limit, number=error.left, when=relative(error.frees_at))


def _in_time(number: int, rule: Rule) -> str:
    if rule is Rule.PACE:
        text = ngettext(
            "{number} picture in quick succession", "{number} pictures in quick succession", number
        )
    else:
        text = ngettext("{number} picture in 24 hours", "{number} pictures in 24 hours", number)
    return text.format(number=number)


def _held(error: errors.HeldByQuota) -> str:
    """Say when GPU quota returns, or that nobody knows and when it is tried next."""
    if error.stated:
        text = _("The image service's GPU quota is used up. Come back {when}.")
    else:
        text = _(
            "The image service's GPU quota is used up, and it did not say when it returns. "
            "Until the next try {when}, nothing is sent to it."
        )
    return text.format(when=relative(error.until))


def _left(number: int) -> str:
    if number == 0:
        return _("{limit}; none is left. There is room for this {when}.")
    return ngettext(
        "{limit}; {number} is left. There is room for this {when}.",
        "{limit}; {number} are left. There is room for this {when}.",
        number,
    )
