"""Writing: what a request's body and files make of a message. Pure.

A new message is a blank one that is edited; validation has the first word.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from bot.sandbox.discord import errors, mentions
from bot.sandbox.discord.components import numbered, texts
from bot.sandbox.discord.model import COMPONENTS_V2, LOADING, Attachment, Message
from bot.sandbox.discord.validation import messages as validation
from bot.sandbox.discord.validation import shape
from bot.sandbox.discord.wire import Json
from bot.sandbox.discord.world import World

SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS = 1 << 2, 1 << 12
SETTABLE = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2
MOST_ATTACHMENTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One `files[n]` part of a request.

    Attributes:
        index: The n.
        filename: As the application named it.
    """

    index: int
    filename: str
    content_type: str
    data: bytes


def write(
    message: Message, body: Json, uploads: list[Upload], *, world: World, limit: int, now: float
) -> None:
    """Apply a body's fields to a message, or leave it untouched.

    Args:
        message: The message, or a blank one.
        body: The request's JSON; absent keys change nothing.
        uploads: The request's files.
        world: Keeps the files, and knows the users whom a text may name.
        limit: Bytes a file may have.
        now: Seconds since the epoch.

    Raises:
        ApiError: Discord would refuse this.
    """
    shape.check(body)
    if any(len(upload.data) > limit for upload in uploads):
        raise errors.too_large()
    mentions.check(body.get("allowed_mentions"))
    v2 = message.v2 or bool((body.get("flags") or 0) & COMPONENTS_V2)
    validation.check(message, body, v2=v2)
    attachments = _attachments(message, body, uploads, lambda: world.snowflakes.next(now))
    components = message.components if "components" not in body else numbered(body["components"] or [])
    if v2:
        validation.check_media(components, {one.filename for one in attachments})
    content = "" if v2 else body.get("content", message.content) or ""
    embeds = [] if v2 else body.get("embeds", message.embeds) or []
    if not (content or embeds or components or attachments):
        raise errors.empty_message()
    message.content, message.embeds = content, embeds
    message.components, message.attachments = components, attachments
    message.flags = _flags(message.flags, body.get("flags"))
    world.attachments |= {one.id: one for one in attachments}
    said = "\n".join((content, *texts(components)))
    mentions.ping(message, said, body.get("allowed_mentions"), world.users.get)


def _flags(standing: int, given: int | None) -> int:
    """Suppressed embeds come and go; a message of components stays one, and an ephemeral one does too."""
    kept = standing & ~LOADING
    return kept if given is None else (kept & ~SUPPRESS_EMBEDS) | (given & SETTABLE)


def _attachments(
    message: Message, body: Json, uploads: list[Upload], next_id: Callable[[], int]
) -> list[Attachment]:
    """Keep the attachments whose ids are listed, and add the files.

    Source: Discord's documentation, reference, "Editing Message Attachments".
    """
    if "attachments" not in body:
        new = [_attach(message, upload, {}, next_id) for upload in uploads]
        return _counted([*message.attachments, *new])
    listed = {str(entry.get("id")): entry for entry in body["attachments"] or []}
    kept = [one for one in message.attachments if str(one.id) in listed]
    for one in kept:
        one.description = listed[str(one.id)].get("description", one.description)
    by_index = {str(upload.index): upload for upload in uploads}
    missing = set(listed) - {str(one.id) for one in kept} - set(by_index)
    if missing:
        raise errors.ApiError(400, 50146, "Uploaded file not found.")
    new = [
        _attach(message, by_index[key], entry, next_id) for key, entry in listed.items() if key in by_index
    ]
    return _counted([*kept, *new])


def _counted(attachments: list[Attachment]) -> list[Attachment]:
    if len(attachments) > MOST_ATTACHMENTS:
        raise errors.ApiError(400, 30015, "Maximum number of attachments in a message reached (10)")
    return attachments


def _attach(message: Message, upload: Upload, entry: Json, next_id: Callable[[], int]) -> Attachment:
    return Attachment(
        id=next_id(),
        channel_id=message.channel.id,
        filename=safe_name(entry.get("filename") or upload.filename),
        content_type=upload.content_type,
        data=upload.data,
        description=entry.get("description"),
        size=pixels(upload.data),
        ephemeral=message.visible_to is not None,
    )


def safe_name(filename: str) -> str:
    """Return the name under which the CDN keeps a file: blanks become underscores, oddities go."""
    return re.sub(r"[^\w.\-]", "", re.sub(r"\s+", "_", filename.strip()), flags=re.ASCII) or "unknown"


def pixels(data: bytes) -> tuple[int, int] | None:
    """Return an image's width and height, None for anything else."""
    try:
        with Image.open(BytesIO(data)) as image:
            return image.size
    except (UnidentifiedImageError, Image.DecompressionBombError):
        return None
