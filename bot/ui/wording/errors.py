"""What went wrong, in sentences that somebody can act on.

Sentences are made of facts only: the words of a service are quoted as code, so that nothing in them is
rendered, and a path, a token or a trace never gets here.
"""

import re

from bot.domain import errors
from bot.ui.wording import house_rules, limits
from bot.ui.wording.quoting import quote
from bot.ui.wording.settings import refused

_FIELDS = {
    "prompt": "prompt",
    "negative_prompt": "negative prompt",
    "width": "width",
    "height": "height",
    "guidance_scale": "guidance scale",
    "steps": "number of steps",
    "seed": "seed",
    "count": "number of pictures",
}

# Discord's own English names, as they stand in the settings of a channel.
_PERMISSIONS = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "embed_links": "Embed Links",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}

_PLAIN: dict[type[errors.ImagineError], str] = {
    errors.InvalidRequest: "The image service would refuse this. Change it and try again.",
    errors.PromptMissing: "The prompt is empty. Say what the picture should show.",
    errors.NotAllowed: "Only the person who asked for this picture, or a moderator, may do that.",
    errors.PictureUnknown: "The bot knows no such picture, or has let go of it.",
    errors.OfferGone: "This offer has run out. Use `/imagine` again.",
    errors.NothingToCancel: "This picture is not being drawn any more.",
    errors.ControlUnknown: "This button is from another version of the bot. Use `/imagine` again.",
    errors.NothingToPark: "This request does not wait for GPU quota any more. `/queue` shows what does.",
    errors.TokenRefused: "Hugging Face does not accept your token, so it is not kept. Make a new one there.",
    errors.TokensNotKept: "This bot keeps no tokens.",
    errors.Restarting: "The bot is restarting. Your picture was not drawn; try again in a minute.",
    errors.Unforeseen: "Something went wrong in the bot itself. Trying again may help.",
    errors.ReplyGone: "Somebody deleted the reply, so the picture is not drawn any further.",
    errors.DeliveryFailed: "Your picture was drawn, but Discord did not take it. `/imagine-last` shows it.",
    errors.StoreFailed: "The bot cannot reach its own records. Try again in a minute.",
    errors.StoreTooNew: "The database was made by a newer version of the bot. Update the bot.",
    errors.ProviderUnreachable: "The image service cannot be reached. Try again in a few minutes.",
    errors.StreamCut: "The connection to the image service broke off. Try again.",
    errors.UntrustedImage: "The image service sent something that is no picture. It is not shown.",
    errors.ParkingExpired: "The GPU quota did not return in time, so this was not drawn. Try again.",
    errors.GpuQuotaExceeded: "The image service's GPU quota is used up. Try again later.",
    errors.GpuCreditsPending: "The image service is busy with other pictures of this bot. Try again soon.",
    errors.GpuSpaceLimitReached: "The image service has used up its GPU time. Try again in a few hours.",
    errors.NoGpuAvailable: "No GPU is free right now. Try again in a minute.",
    errors.GpuDurationRefused: "The image service asks for more GPU time than it may. Try fewer steps.",
    errors.GpuTaskAborted: "The GPU was taken away while your picture was drawn. Try again.",
    errors.GpuWorkerFailed: "The GPU failed while your picture was drawn. Try again.",
    errors.GpuTokenExpired: "The image service lost the thread on its own side. Try again.",
    errors.GpuScheduleFailed: "The image service found no GPU for your picture. Try again in a minute.",
    errors.ServiceFailed: "The image service failed and did not say why. Try again.",
    errors.QueueFull: "The image service's queue is full. Try again in a minute.",
    errors.QueueStopped: "The image service is restarting. Try again in a few minutes.",
    errors.NotAuthenticated: "The image service did not let the bot in. Its operator has to check the token.",
    errors.EventNotFound: "The image service lost your request. Try again.",
    errors.WorkCancelled: "The image service cancelled your picture. Try again.",
    errors.NoImage: "The image service finished without a picture. Try again.",
    errors.UnreadableAnswer: "The image service gave an answer that makes no sense. Try again later.",
}


def explain(error: errors.ImagineError, reference: str | None = None) -> str:
    """Return a sentence that the user can act on.

    Args:
        error: What happened.
        reference: Under what the log has the details; it is shown so that the operator can be asked.
    """
    sentence = _sentence(error)
    return f"{sentence}\n-# Reference {reference}" if reference else sentence


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
            return f"The image service did not finish in {minutes} min. Try again later."
        case errors.RequestRefused(message=str(words)):
            return f"The image service refused this: {quote(_without_paths(words))}"
        case _:
            return next(_PLAIN[kind] for kind in (*type(error).__mro__, errors.Unforeseen) if kind in _PLAIN)


def _unsaved(error: errors.SettingError | errors.StyleRefused | errors.StyleUnknown) -> str:
    return refused.setting(error) if isinstance(error, errors.SettingError) else refused.style(error)


def _invalid(error: errors.InvalidRequest | errors.UnknownModel) -> str:
    match error:
        case errors.PromptTooLong():
            name = _FIELDS[error.field]
            return f"The {name} has {error.length} characters; the model reads {error.maximum} at most."
        case errors.OutOfRange():
            return f"The {_FIELDS[error.field]} must be between {error.minimum:g} and {error.maximum:.10g}."
        case errors.NotNumbers():
            return f"Write the steps and the guidance as `40 · 4.5`, not as {quote(error.text)}."
        case errors.UnknownAspectRatio():
            return f"There is no ratio {quote(error.name)}. There are {', '.join(error.known)}."
        case errors.UnknownModel():
            return f"There is no model {quote(error.name)}. There are {', '.join(error.known)}."
        case _:
            return _PLAIN[errors.InvalidRequest]


def _forbidden(error: errors.PermissionMissing) -> str:
    names = " and ".join(f"**{_PERMISSIONS.get(name, name)}**" for name in error.permissions)
    return (
        f"The bot may not draw here: it needs {names}. "
        "Somebody with **Manage Channels** can grant that in this channel's settings."
    )


def _without_paths(words: str) -> str:
    return re.sub(r"(?<![\w/.])(?:[A-Za-z]:)?[\\/][\w.-]+(?:[\\/][\w.-]*)+", "…", words)
