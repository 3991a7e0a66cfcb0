"""What went wrong, in sentences that somebody can act on.

Sentences are made of facts only: the words of a service are quoted as code, so that nothing in them is
rendered, and a path, a token or a trace never gets here.
"""

import re

from bot.domain import errors
from bot.ui.wording import house_rules, limits, store
from bot.ui.wording.language import N_, _
from bot.ui.wording.quoting import quote
from bot.ui.wording.settings import refused

_FIELDS = {
    "prompt": N_("prompt"),
    "negative_prompt": N_("negative prompt"),
    "width": N_("width"),
    "height": N_("height"),
    "guidance_scale": N_("guidance scale"),
    "steps": N_("number of steps"),
    "seed": N_("seed"),
    "count": N_("number of pictures"),
}

# Discord's own names, as they stand in the settings of a channel.
_PERMISSIONS = {
    "view_channel": N_("View Channel"),
    "send_messages": N_("Send Messages"),
    "send_messages_in_threads": N_("Send Messages in Threads"),
    "embed_links": N_("Embed Links"),
    "attach_files": N_("Attach Files"),
    "read_message_history": N_("Read Message History"),
}

_PLAIN: dict[type[errors.ImagineError], str] = {
    errors.InvalidRequest: N_("The image service would refuse this. Change it and try again."),
    errors.PromptMissing: N_("The prompt is empty. Say what the picture should show."),
    errors.NotAllowed: N_("Only the person who asked for this picture, or a moderator, may do that."),
    errors.PictureUnknown: N_("The bot knows no such picture, or has let go of it."),
    errors.OfferGone: N_("This offer has run out. Use `/imagine` again."),
    errors.NothingToCancel: N_("This picture is not being drawn any more."),
    errors.ControlUnknown: N_("This button is from another version of the bot. Use `/imagine` again."),
    errors.NothingToPark: N_("This request does not wait for GPU quota any more. `/queue` shows what does."),
    errors.TokenRefused: N_(
        "Hugging Face does not accept your token, so it is not kept. Make a new one there."
    ),
    errors.TokensNotKept: N_("This bot keeps no tokens."),
    errors.Restarting: N_("The bot is restarting. Your picture was not drawn; try again in a minute."),
    errors.Interrupted: N_(
        "The bot was stopped while this was drawn, and did not ask for it twice. Press **Again** to draw it."
    ),
    errors.Unforeseen: N_("Something went wrong in the bot itself. Trying again may help."),
    errors.ReplyGone: N_("Somebody deleted the reply, so the picture is not drawn any further."),
    errors.DeliveryFailed: N_(
        "Your picture was drawn, but Discord did not take it. `/imagine-last` shows it."
    ),
    errors.StoreFailed: N_("The bot cannot reach its own records. Try again in a minute."),
    errors.StoreTooNew: N_("The database was made by a newer version of the bot. Update the bot."),
    errors.StoreInUse: store.IN_USE,
    errors.StoreDriverMissing: store.DRIVER_MISSING,
    errors.ProviderUnreachable: N_("The image service cannot be reached. Try again in a few minutes."),
    errors.StreamCut: N_("The connection to the image service broke off. Try again."),
    errors.UntrustedImage: N_("The image service sent something that is no picture. It is not shown."),
    errors.ParkingExpired: N_("The GPU quota did not return in time, so this was not drawn. Try again."),
    errors.GpuQuotaExceeded: N_("The image service's GPU quota is used up. Try again later."),
    errors.GpuCreditsPending: N_(
        "The image service is busy with other pictures of this bot. Try again soon."
    ),
    errors.GpuSpaceLimitReached: N_("The image service has used up its GPU time. Try again in a few hours."),
    errors.NoGpuAvailable: N_("No GPU is free right now. Try again in a minute."),
    errors.GpuDurationRefused: N_("The image service asks for more GPU time than it may. Try fewer steps."),
    errors.GpuTaskAborted: N_("The GPU was taken away while your picture was drawn. Try again."),
    errors.GpuWorkerFailed: N_("The GPU failed while your picture was drawn. Try again."),
    errors.GpuTokenExpired: N_("The image service lost the thread on its own side. Try again."),
    errors.GpuScheduleFailed: N_("The image service found no GPU for your picture. Try again in a minute."),
    errors.ServiceFailed: N_("The image service failed and did not say why. Try again."),
    errors.QueueFull: N_("The image service's queue is full. Try again in a minute."),
    errors.QueueStopped: N_("The image service is restarting. Try again in a few minutes."),
    errors.NotAuthenticated: N_(
        "The image service did not let the bot in. Its operator has to check the token."
    ),
    errors.EventNotFound: N_("The image service lost your request. Try again."),
    errors.WorkCancelled: N_("The image service cancelled your picture. Try again."),
    errors.NoImage: N_("The image service finished without a picture. Try again."),
    errors.UnreadableAnswer: N_("The image service gave an answer that makes no sense. Try again later."),
}


def explain(error: errors.ImagineError, reference: str | None = None) -> str:
    """Return a sentence that the user can act on.

    Args:
        error: What happened.
        reference: Under what the log has the details; it is shown so that the operator can be asked.
    """
    sentence = _sentence(error)
    if not reference:
        return sentence
    told = _("-# Reference {reference}").format(reference=reference)
    return f"{sentence}\n{told}"


def _sentence(error: errors.ImagineError) -> str:
    match error:
        case errors.InvalidRequest() | errors.UnknownModel() if type(error) not in _PLAIN:
            return _invalid(error)
        case errors.RateLimited() | errors.TooManyForLimit() | errors.ParkingFull():
            return limits.refused(error)
        case errors.HouseRule() | errors.ReportRefused() | errors.NotModerator() | errors.RulesNotAccepted():
            return house_rules.explain(error)
        case errors.SettingError() | errors.StyleRefused() | errors.StyleUnknown():
            return _unsaved(error)
        case errors.PermissionMissing():
            return _forbidden(error)
        case _:
            return _told(error)


def _told(error: errors.ImagineError) -> str:
    match error:
        case errors.DeadlineExceeded():
            minutes = max(1, round(error.seconds / 60))
            text = _("The image service did not finish in {minutes} min. Try again later.")
            return text.format(minutes=minutes)
        case errors.BackupRefused():
            return store.backup_refused(error.reason)
        case errors.RequestRefused(message=str(words)):
            text = _("The image service refused this: {words}")
            return text.format(words=quote(_without_paths(words)))
        case _:
            kinds = (*type(error).__mro__, errors.Unforeseen)
            return _(next(_PLAIN[kind] for kind in kinds if kind in _PLAIN))


def _unsaved(error: errors.SettingError | errors.StyleRefused | errors.StyleUnknown) -> str:
    return refused.setting(error) if isinstance(error, errors.SettingError) else refused.style(error)


def _invalid(error: errors.InvalidRequest | errors.UnknownModel) -> str:
    match error:
        case errors.PromptTooLong():
            text = _("The {name} has {length} characters; the model reads {maximum} at most.")
            name = _(_FIELDS[error.field])
            return text.format(name=name, length=error.length, maximum=error.maximum)
        case errors.OutOfRange():
            text = _("The {name} must be between {minimum:g} and {maximum:.10g}.")
            name = _(_FIELDS[error.field])
            return text.format(name=name, minimum=error.minimum, maximum=error.maximum)
        case errors.NotNumbers():
            text = _("Write the steps and the guidance as `40 · 4.5`, not as {text}.")
            return text.format(text=quote(error.text))
        case errors.UnknownAspectRatio():
            text = _("There is no ratio {name}. There are {known}.")
            return text.format(name=quote(error.name), known=", ".join(error.known))
        case errors.UnknownModel():
            text = _("There is no model {name}. There are {known}.")
            return text.format(name=quote(error.name), known=", ".join(error.known))
        case _:
            return _(_PLAIN[errors.InvalidRequest])


def _forbidden(error: errors.PermissionMissing) -> str:
    names = _(" and ").join(f"**{_(_PERMISSIONS.get(name, name))}**" for name in error.permissions)
    text = _(
        "The bot may not draw here: it needs {names}. "
        "Somebody with **Manage Channels** can grant that in this channel's settings."
    )
    return text.format(names=names)


def _without_paths(words: str) -> str:
    return re.sub(r"(?<![\w/.])(?:[A-Za-z]:)?[\\/][\w.-]+(?:[\\/][\w.-]*)+", "…", words)
