"""Every text that a user reads, and nothing else.

Sentences are made of facts only: the words of a service are quoted as code, so that nothing in them is
rendered, and a path, a token or a trace never gets here.
"""

import re
from math import ceil

from bot.domain import errors
from bot.domain.aspect_ratio import AspectRatio
from bot.domain.picture import Picture
from bot.domain.request import CharactersRemoved, Correction, SizeCorrected
from bot.domain.stage import Drawing, Stage, Waiting

# --- the command ----------------------------------------------------------------------------------------

IMAGINE = "Draw a picture from your words"
PROMPT = "What the picture shows"
NEGATIVE_PROMPT = "What the picture should not show"
ASPECT_RATIO = "The picture's shape, width to height"
WIDTH = "Width in pixels; moved to the nearest multiple of 32"
HEIGHT = "Height in pixels; moved to the nearest multiple of 32"
GUIDANCE_SCALE = "How closely the picture follows the prompt; 4.5 is usual"
STEPS = "How many times the picture is refined; 40 is usual"
SEED = "The same seed with the same words draws the same picture"
MODEL = "What draws the picture"

_BAR = 12  # characters of a progress bar; more would wrap on a phone
_MAX_QUOTE = 200  # characters of a service's words that are shown


def ratio(shape: AspectRatio) -> str:
    """Return a ratio's name as members choose it, `16:9 landscape`."""
    across, down = shape.parts
    return f"{shape.value} {'square' if across == down else 'landscape' if across > down else 'portrait'}"


def bar(done: float, total: float) -> str:
    """Return a progress bar, `▰▰▰▱▱▱▱▱▱▱▱▱` at a quarter."""
    filled = round(_BAR * min(max(done / total, 0), 1)) if total > 0 else 0
    return "▰" * filled + "▱" * (_BAR - filled)


def relative(unix_time: float) -> str:
    """Return Discord's own countdown to a point in time; it counts in the reader's client."""
    return f"<t:{ceil(unix_time)}:R>"


def status(stage: Stage) -> str:
    """Return how far a picture is, one thought a line."""
    lines = _waiting(stage) if isinstance(stage, Waiting) else _drawing(stage)
    if stage.note:
        lines.append(f"-# {quote(stage.note)}")
    return "\n".join(lines)


def _waiting(stage: Waiting) -> list[str]:
    match stage.rank:
        case None:
            line = "⏳ Asking for a place in the queue…"
        case 0:
            line = "⏳ You are next."
        case ahead:
            line = f"⏳ {ahead} ahead of you."
    return [line if stage.ready_at is None else f"{line} Ready {relative(stage.ready_at)}."]


def _drawing(stage: Drawing) -> list[str]:
    if not stage.total:
        return ["🎨 Drawing…"]
    return [f"🎨 Drawing… step {stage.step:g} of {stage.total:g}", bar(stage.step, stage.total)]


def parameters(picture: Picture) -> str:
    """Return what the picture was drawn with, as one short line."""
    request = picture.request
    parts = [
        f"{request.size.width} × {request.size.height}",
        f"{request.steps} steps",
        f"guidance {request.guidance_scale:g}",
        f"seed `{request.seed}`",
        request.model,
        f"{picture.seconds:.1f} s",
    ]
    return " · ".join(part for part in parts if part)


def correction(change: Correction) -> str:
    """Return what had to be changed in what the user asked for."""
    match change:
        case SizeCorrected():
            return f"{change.asked} is not a size this model draws; the nearest is {change.size}."
        case CharactersRemoved():
            return "Invisible characters were taken out of the prompt."


def quote(words: str) -> str:
    """Return foreign words as code: neither mentions nor markup of theirs do anything."""
    kept = " ".join(words.replace("`", "ˋ").split())
    return f"`{kept[: _MAX_QUOTE - 1]}…`" if len(kept) > _MAX_QUOTE else f"`{kept}`"


# --- errors ---------------------------------------------------------------------------------------------

_FIELDS = {
    "prompt": "prompt",
    "negative_prompt": "negative prompt",
    "width": "width",
    "height": "height",
    "guidance_scale": "guidance scale",
    "steps": "number of steps",
    "seed": "seed",
}

_PLAIN: dict[type[errors.ImagineError], str] = {
    errors.InvalidRequest: "The image service would refuse this. Change it and try again.",
    errors.PromptMissing: "The prompt is empty. Say what the picture should show.",
    errors.AlreadyDrawing: "Your last picture is still being drawn. Try again when it is done.",
    errors.Restarting: "The bot is restarting. Your picture was not drawn; try again in a minute.",
    errors.Unforeseen: "Something went wrong in the bot itself. Trying again may help.",
    errors.DeliveryFailed: "Your picture was drawn, but Discord did not take it. Try again.",
    errors.ProviderUnreachable: "The image service cannot be reached. Try again in a few minutes.",
    errors.StreamCut: "The connection to the image service broke off. Try again.",
    errors.UntrustedImage: "The image service sent something that is no picture. It is not shown.",
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
        case errors.HeldByQuota():
            return _held(error)
        case errors.DeadlineExceeded():
            minutes = max(1, round(error.seconds / 60))
            return f"The image service did not finish in {minutes} min. Try again later."
        case errors.RequestRefused(message=str(words)):
            return f"The image service refused this: {quote(_without_paths(words))}"
        case _:
            return next(_PLAIN[kind] for kind in (*type(error).__mro__, errors.Unforeseen) if kind in _PLAIN)


def _invalid(error: errors.InvalidRequest | errors.UnknownModel) -> str:
    match error:
        case errors.PromptTooLong():
            name = _FIELDS[error.field]
            return f"The {name} has {error.length} characters; the model reads {error.maximum} at most."
        case errors.OutOfRange():
            return f"The {_FIELDS[error.field]} must be between {error.minimum:g} and {error.maximum:.10g}."
        case errors.UnknownAspectRatio():
            return f"There is no ratio {quote(error.name)}. There are {', '.join(error.known)}."
        case errors.UnknownModel():
            return f"There is no model {quote(error.name)}. There are {', '.join(error.known)}."
        case _:
            return _PLAIN[errors.InvalidRequest]


def _held(error: errors.HeldByQuota) -> str:
    if error.stated:
        return f"The image service's GPU quota is used up. Come back {relative(error.until)}."
    return (
        "The image service's GPU quota is used up, and it did not say when it returns. "
        f"Try again {relative(error.until)}."
    )


def _without_paths(words: str) -> str:
    return re.sub(r"(?<![\w/.])(?:[A-Za-z]:)?[\\/][\w.-]+(?:[\\/][\w.-]*)+", "…", words)


# --- the operator ---------------------------------------------------------------------------------------


def setting(error: errors.SettingMissing | errors.SettingRefused) -> str:
    """Return what is wrong with the configuration, for the person who starts the bot."""
    match error:
        case errors.SettingMissing():
            return f"{error.variable} is not set. Put it into the file .env; .env.example says how to get it."
        case errors.SettingRefused():
            return f"{error.variable} is not accepted: {error.rule}."


TOKEN_REFUSED = "Discord refused DISCORD_TOKEN. Copy it anew from the developer portal, page Bot."  # noqa: S105 # a sentence
DISCORD_UNREACHABLE = "Discord cannot be reached. Check the network, and the proxy if there is one."


# --- the command line -----------------------------------------------------------------------------------

CLI = "Imagine: the Discord bot for /imagine."
CLI_COMMANDS = "commands"
CLI_RUN = "run the bot (this is what happens without a command)"
CLI_DEMO = "try the bot on this machine: no token, no GPU, no network"
CLI_PROMPT = "what the picture shows"
CLI_OUT = "where the final picture is written"
CLI_SPACE = "draw at a real Space instead of the built-in painter"
CLI_MOOD = "how the built-in Space behaves"
DEMO_PROMPT = "a fox in the snow"
DEMO_NEIGHBOURS = {"bob": "an owl at midnight", "carol": "a lighthouse in a storm"}


def unknown_mood(name: str, known: tuple[str, ...]) -> str:
    """Return what is wrong with a mood."""
    return f"There is no mood {name!r}. There are {', '.join(known)}."


def demo_asks(prompt: str) -> str:
    """Return the line that begins the demo."""
    return f"alice uses /imagine prompt: {prompt}"


def demo_wrote(file: object, size: int) -> str:
    """Return the line that ends the demo; `size` is in bytes."""
    return f"The final picture is in {file} ({size / 1024:.0f} KiB)."
