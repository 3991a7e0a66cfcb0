"""What moderators, or the operator, have decided, told to whoever meets it."""

from typing import TypeAlias

from bot.domain import errors
from bot.ui.wording.quoting import quote, relative, shortened

Decided: TypeAlias = errors.HouseRule | errors.ReportRefused | errors.NotModerator | errors.RulesNotAccepted

_MOST = 10  # channels or roles that are named
_OPTIONS = {
    "width": "width",
    "height": "height",
    "steps": "number of steps",
    "guidance_scale": "guidance scale",
    "count": "number of pictures",
}
_REPORTS = {
    "again": "You have reported this picture already.",
    "too many": "You have reported many pictures lately. Try again in an hour, or ask a moderator.",
    "own": "This is your own picture. **Delete** takes it away.",
    "nowhere": "Pictures can be reported in servers, to their moderators.",
}


def explain(error: Decided) -> str:
    """Return a sentence that the user can act on."""
    match error:
        case errors.HouseRule():
            return _ruled(error)
        case errors.ReportRefused():
            return _REPORTS.get(error.reason, "This cannot be reported.")
        case errors.NotModerator():
            return "Only moderators of this server may do that."
        case errors.RulesNotAccepted():
            return "Accept the rules of use first: `/imagine` shows them."


def _ruled(error: errors.HouseRule) -> str:
    match error:
        case errors.OptionClosed():
            return f"Moderators do not let you choose {quote(error.option)} here."
        case errors.AboveMaximum():
            name = _OPTIONS.get(error.field, error.field)
            return f"The {name} may be {error.maximum:g} at most here."
        case errors.UserBlocked():
            end = "" if error.until is None else f" It ends {relative(error.until)}."
            return f"Moderators have blocked you in this server.{end}{_saying(error.reason)}"
        case errors.WordsBlocked() | errors.WordsWarned():
            return _words(error)
        case _:
            return _placed(error)


def _placed(error: errors.HouseRule) -> str:
    match error:
        case errors.Paused():
            return f"Moderators have paused the bot here.{_saying(error.text)}"
        case errors.ChannelClosed():
            return f"The bot does not draw here, but in {_listed(error.channel_ids, '<#{}>')}."
        case errors.RoleMissing():
            return f"To draw here, you need one of these roles: {_listed(error.role_ids, '<@&{}>')}."
        case errors.AgeRestrictedOnly():
            what = "This prompt" if error.for_words else "Anything here"
            return f"{what} is drawn in age-restricted channels only."
        case _:
            return "The operator of this bot does not let it be used here."


def _words(error: errors.WordsBlocked | errors.WordsWarned) -> str:
    words = ", ".join(quote(word) for word in error.words[:_MOST])
    if isinstance(error, errors.WordsWarned):
        return f"Your picture is drawn, but moderators would rather not read {words} here."
    if error.is_review:
        return f"This was not drawn, and the moderators were told, because of {words}."
    return f"This server does not draw {words}. Say it in other words."


def _saying(words: str) -> str:
    return f" They say: “{shortened(' '.join(words.split()), 600)}”." if words.strip() else ""


def _listed(ids: tuple[int, ...], mention: str) -> str:
    named = [mention.format(one) for one in ids[:_MOST]]
    if len(ids) > _MOST:
        named.append(f"{len(ids) - _MOST} more")
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"
