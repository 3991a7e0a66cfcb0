"""What the answers to an interaction do to the world: acknowledge, write, rewrite, take back."""

from bot.sandbox.discord import errors
from bot.sandbox.discord.core import Core
from bot.sandbox.discord.drafts import Upload, write
from bot.sandbox.discord.interaction import Callback, Interaction, InteractionType
from bot.sandbox.discord.model import EPHEMERAL, LOADING, Message
from bot.sandbox.discord.payloads.interactions import metadata
from bot.sandbox.discord.validation import modals
from bot.sandbox.discord.wire import Json

CHOICES = 25


def acknowledge(core: Core, part: Interaction, body: Json, uploads: list[Upload], now: float) -> None:
    """Apply a callback.

    Raises:
        ApiError: It is the second, or late, or says what it may not.
    """
    callback = part.acknowledge(body.get("type") or 0, now, core.rules)
    data: Json = body.get("data") or {}
    match callback:
        case Callback.MESSAGE:
            part.original = _post(core, part, data, uploads, now)
        case Callback.DEFERRED_MESSAGE:
            part.original = _defer(core, part, data, now)
        case Callback.DEFERRED_UPDATE:
            part.original = part.source
        case Callback.UPDATE if part.source is not None:
            rewrite(core, part, part.source, data, uploads, now)
            part.original = part.source
        case Callback.CHOICES:
            part.choices = _choices(data)
        case Callback.MODAL:
            modals.check(data)
            part.modal = data
    part.callback = callback
    core.bell.ring()


def _choices(data: Json) -> list[Json]:
    choices: list[Json] = data.get("choices") or []
    problems = errors.Problems()
    problems.length(("data", "choices"), choices, CHOICES)
    for number, choice in enumerate(choices):
        problems.length(("data", "choices", number, "name"), choice.get("name"), 100, least=1)
        problems.length(("data", "choices", number, "value"), choice.get("value"), 100)
    problems.refuse()
    return choices


def _blank(core: Core, part: Interaction, now: float, *, flags: int) -> Message:
    return Message(
        id=core.world.snowflakes.next(now),
        channel=part.channel,
        author=core.world.bot,
        created_at=now,
        flags=flags,
        visible_to=part.user.id if flags & EPHEMERAL else None,
        application_id=core.world.bot.id,
        by_webhook=True,
        metadata=metadata(part),
        command=part.command,
    )


def _defer(core: Core, part: Interaction, data: Json, now: float) -> Message:
    """Source: interactions/receiving-and-responding: only EPHEMERAL means anything in a deferral."""
    flags = data.get("flags") or 0
    if flags & ~EPHEMERAL:
        text = "Only the EPHEMERAL flag may be set on a deferred response"
        raise errors.invalid(("data", "flags"), "BASE_TYPE_CHOICES", text)
    message = _blank(core, part, now, flags=flags | LOADING)
    core.posted(message)
    return message


def _post(core: Core, part: Interaction, data: Json, uploads: list[Upload], now: float) -> Message:
    message = _blank(core, part, now, flags=(data.get("flags") or 0) & EPHEMERAL)
    write(message, data, uploads, world=core.world, limit=part.upload_limit, now=now)
    core.posted(message)
    return message


def rewrite(
    core: Core, part: Interaction, message: Message, data: Json, uploads: list[Upload], now: float
) -> Json:
    """Edit a message; the first edit of a deferred one is what makes it a message. Return its payload."""
    waiting = message.loading
    write(message, data, uploads, world=core.world, limit=part.upload_limit, now=now)
    message.edited_at = message.edited_at if waiting else now
    return core.edited(message)


def follow_up(core: Core, part: Interaction, data: Json, uploads: list[Upload], now: float) -> Json:
    """Send a further message and return its payload.

    The first one after a deferral takes the place of "is thinking…", with the deferral's ephemeral state.
    Source: interactions/receiving-and-responding, "Followup Messages".
    """
    original = part.original
    if original is not None and original.loading and not original.deleted:
        return rewrite(core, part, original, data, uploads, now)
    if part.user_install and len(part.followups) >= core.rules.followups:
        raise errors.too_many_followups()
    message = _post(core, part, data, uploads, now)
    part.followups.append(message)
    return message.history[-1].payload or {}


def own_message(part: Interaction, name: str) -> Message:
    """Return what `@original` or an id means among an interaction's messages.

    Raises:
        ApiError: 404/10008.
    """
    own = [part.original, *part.followups] if part.kind is not InteractionType.AUTOCOMPLETE else []
    for message in own:
        if message is not None and not message.deleted and name in ("@original", str(message.id)):
            if name == "@original" and message is not part.original:
                break
            return message
    raise errors.unknown_message()
