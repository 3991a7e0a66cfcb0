"""Limits on a message's text, embeds, attachments and components.

Source: Discord's documentation, resources/message, "Embed Limits" and "Create Message".
"""

from bot.sandbox.discord.components import media
from bot.sandbox.discord.errors import Problems
from bot.sandbox.discord.model import Message
from bot.sandbox.discord.payloads.messages import SCHEME
from bot.sandbox.discord.validation.components import check_tree
from bot.sandbox.discord.wire import Json

CONTENT, EMBEDS, EMBED_TOTAL, FIELDS = 2000, 10, 6000, 25
ATTACHMENTS, ALT_TEXT = 10, 1024
LEGACY = ("content", "embeds", "poll", "sticker_ids")  # what a message made of components may not have


def check(message: Message, body: Json, *, v2: bool) -> None:
    """Check a body before it changes a message.

    Args:
        message: The message as it is, blank when new.
        body: The request's JSON.
        v2: Whether the result is made of components alone.

    Raises:
        ApiError: 400/50035 with every field's errors.
    """
    problems = Problems()
    problems.length(("content",), body.get("content"), CONTENT)
    if v2:
        _no_legacy_fields(message, body, problems)
    check_embeds(body.get("embeds") or [], problems)
    _check_attachments(body.get("attachments") or [], problems)
    if body.get("components"):
        check_tree(body["components"], problems, v2=v2)
    problems.refuse()


def _no_legacy_fields(message: Message, body: Json, problems: Problems) -> None:
    standing = {"content": message.content, "embeds": message.embeds}
    for field in LEGACY:
        if body.get(field, standing.get(field)):
            text = f"The '{field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            problems.add((field,), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", text)


def check_embeds(embeds: list[Json], problems: Problems) -> None:
    """Check the embeds one by one, then their characters in total."""
    problems.length(("embeds",), embeds, EMBEDS)
    for number, embed in enumerate(embeds):
        _check_embed(embed, ("embeds", number), problems)
    if sum(characters(embed) for embed in embeds) > EMBED_TOTAL:
        text = f"Embed size exceeds maximum size of {EMBED_TOTAL}"
        problems.add(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", text)


def _check_embed(embed: Json, path: tuple[str | int, ...], problems: Problems) -> None:
    if not (set(embed) - {"type", "color", "timestamp", "flags"}):
        problems.require((*path, "description"), None)
    problems.length((*path, "title"), embed.get("title"), 256)
    problems.length((*path, "description"), embed.get("description"), 4096)
    problems.length((*path, "footer", "text"), (embed.get("footer") or {}).get("text"), 2048)
    problems.length((*path, "author", "name"), (embed.get("author") or {}).get("name"), 256)
    problems.length((*path, "fields"), embed.get("fields"), FIELDS)
    for number, field in enumerate(embed.get("fields") or []):
        for key, most in (("name", 256), ("value", 1024)):
            problems.require((*path, "fields", number, key), field.get(key))
            problems.length((*path, "fields", number, key), field.get(key), most)


def characters(embed: Json) -> int:
    """Return how many of the 6000 characters an embed takes."""
    parts = [embed.get("title"), embed.get("description")]
    parts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    parts += [field.get(key) for field in embed.get("fields") or [] for key in ("name", "value")]
    return sum(len(part) for part in parts if part)


def _check_attachments(attachments: list[Json], problems: Problems) -> None:
    problems.length(("attachments",), attachments, ATTACHMENTS)
    for number, attachment in enumerate(attachments):
        problems.require(("attachments", number, "id"), attachment.get("id"))
        problems.length(("attachments", number, "description"), attachment.get("description"), ALT_TEXT)


def check_media(components: list[Json], filenames: set[str]) -> None:
    """Check that each `attachment://name` in a tree means a file of the message.

    Raises:
        ApiError: 400/50035.
    """
    problems = Problems()
    for _, url in media(components):
        if url.startswith(SCHEME) and url.removeprefix(SCHEME) not in filenames:
            text = f'The referenced attachment "{url.removeprefix(SCHEME)}" was not found'
            problems.add(("components",), "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", text)
    problems.refuse()
