"""What moderators, or the operator, have decided, told to whoever meets it."""

from collections.abc import Iterator
from typing import TypeAlias

from bot.domain import errors
from bot.ui.wording.language import N_, _
from bot.ui.wording.quoting import quote, relative, shortened

Decided: TypeAlias = errors.HouseRule | errors.ReportRefused | errors.NotModerator | errors.RulesNotAccepted

_MOST = 10  # channels or roles that are named
_OPTIONS = {
    "width": N_("width"),
    "height": N_("height"),
    "steps": N_("number of steps"),
    "guidance_scale": N_("guidance scale"),
    "count": N_("number of pictures"),
}
_REPORTS = {
    "again": N_("You have reported this picture already."),
    "too many": N_("You have reported many pictures lately. Try again in an hour, or ask a moderator."),
    "own": N_("This is your own picture. **Delete** takes it away."),
    "nowhere": N_("Pictures can be reported in servers, to their moderators."),
}
_UNREPORTABLE = N_("This cannot be reported.")


def explain(error: Decided) -> str:
    """Return a sentence that the user can act on."""
    match error:
        case errors.HouseRule():
            return _ruled(error)
        case errors.ReportRefused():
            return _(_REPORTS.get(error.reason, _UNREPORTABLE))
        case errors.NotModerator():
            return _("Only moderators of this server may do that.")
        case errors.RulesNotAccepted():
            return _("Accept the rules of use first: `/imagine` shows them.")


def _ruled(error: errors.HouseRule) -> str:
    match error:
        case errors.OptionClosed():
            text = _("Moderators do not let you choose {option} here.")
            return text.format(option=quote(error.option))
        case errors.AboveMaximum():
            name = _(_OPTIONS.get(error.field, error.field))
            return _("The {name} may be {maximum:g} at most here.").format(name=name, maximum=error.maximum)
        case errors.UserBlocked():
            return " ".join(_blocked(error))
        case errors.WordsBlocked() | errors.WordsWarned():
            return _words(error)
        case _:
            return _placed(error)


def _placed(error: errors.HouseRule) -> str:
    match error:
        case errors.Paused():
            return " ".join((_("Moderators have paused the bot here."), *_saying(error.text)))
        case errors.ChannelClosed():
            text = _("The bot does not draw here, but in {channels}.")
            return text.format(channels=_listed(error.channel_ids, "<#{}>"))
        case errors.RoleMissing():
            text = _("To draw here, you need one of these roles: {roles}.")
            return text.format(roles=_listed(error.role_ids, "<@&{}>"))
        case errors.AgeRestrictedOnly(for_words=True):
            return _("This prompt is drawn in age-restricted channels only.")
        case errors.AgeRestrictedOnly():
            return _("Anything here is drawn in age-restricted channels only.")
        case _:
            return _("The operator of this bot does not let it be used here.")


def _words(error: errors.WordsBlocked | errors.WordsWarned) -> str:
    words = ", ".join(quote(word) for word in error.words[:_MOST])
    if isinstance(error, errors.WordsWarned):
        text = _("Your picture is drawn, but moderators would rather not read {words} here.")
    elif error.is_review:
        text = _("This was not drawn, and the moderators were told, because of {words}.")
    else:
        text = _("This server does not draw {words}. Say it in other words.")
    return text.format(words=words)


def _blocked(error: errors.UserBlocked) -> Iterator[str]:
    yield _("Moderators have blocked you in this server.")
    if error.until is not None:
        yield _("It ends {when}.").format(when=relative(error.until))
    yield from _saying(error.reason)


def _saying(words: str) -> Iterator[str]:
    if words.strip():
        yield _("They say: “{words}”.").format(words=shortened(" ".join(words.split()), 600))


def _listed(ids: tuple[int, ...], mention: str) -> str:
    named = [mention.format(one) for one in ids[:_MOST]]
    if len(ids) > _MOST:
        named.append(_("{number} more").format(number=len(ids) - _MOST))
    if len(named) == 1:
        return named[0]
    return _("{names} or {last}").format(names=", ".join(named[:-1]), last=named[-1])
