"""Messages with their attachments, embeds and components."""

from copy import deepcopy
from hashlib import sha256
from typing import Any

from bot.sandbox.discord.components import media
from bot.sandbox.discord.interaction import InteractionType
from bot.sandbox.discord.model import Attachment, Message
from bot.sandbox.discord.payloads.users import user
from bot.sandbox.discord.wire import Json, timestamp

APPLICATION_COMMAND, CONTEXT_MENU_COMMAND = 20, 23  # Source: resources/message, "Message Types"
LINK_LIFE = 86_400.0  # seconds; signed CDN links live about a day
SCHEME = "attachment://"


def message(part: Message, origin: str, now: float) -> Json:
    """Return a message as it looks now, with freshly signed links.

    Args:
        part: The message.
        origin: Where the CDN is reached.
        now: Seconds since the epoch.
    """
    payload: Json = {
        "id": str(part.id),
        "type": _type(part),
        "channel_id": str(part.channel.id),
        "author": user(part.author),
        "content": part.content,
        "timestamp": timestamp(part.created_at),
        "edited_timestamp": None if part.edited_at is None else timestamp(part.edited_at),
        "tts": False,
        "pinned": False,
        "flags": part.flags,
        "mentions": [user(person) for person in part.mentions],
        "mention_roles": [str(role_id) for role_id in part.mention_roles],
        "mention_everyone": part.mention_everyone,
        "attachments": [attachment(one, origin, now) for one in part.attachments],
        "embeds": _linked_embeds(part, origin, now),
        "components": _linked_components(part, origin, now),
    }
    if part.application_id:
        payload["application_id"] = str(part.application_id)
    if part.by_webhook:
        payload["webhook_id"] = str(part.application_id)
    if part.metadata:
        payload["interaction_metadata"] = part.metadata
    if part.metadata and part.command:  # Source: resources/message; deprecated, still sent
        known = {key: part.metadata[key] for key in ("id", "type", "user")}
        payload["interaction"] = known | {"name": part.command}
    return payload


def _type(part: Message) -> int:
    """Source: resources/message: an answer to a command is of its own type."""
    if (part.metadata or {}).get("type") != InteractionType.COMMAND:
        return 0
    return CONTEXT_MENU_COMMAND if "target_message_id" in (part.metadata or {}) else APPLICATION_COMMAND


def attachment(part: Attachment, origin: str, now: float) -> Json:
    """Return an attachment with a link that works for a day."""
    url = link(part, origin, now)
    payload: Json = {
        "id": str(part.id),
        "filename": part.filename,
        "size": len(part.data),
        "url": url,
        "proxy_url": url,
        "content_type": part.content_type,
        **_measures(part),
    }
    if part.description:
        payload["description"] = part.description
    return payload | ({"ephemeral": True} if part.ephemeral else {})


def _measures(part: Attachment) -> Json:
    return {"width": part.size[0], "height": part.size[1]} if part.size else {}


def link(part: Attachment, origin: str, now: float) -> str:
    """Return a CDN link with its end (`ex`), its beginning (`is`) and its signature (`hm`)."""
    family = "ephemeral-attachments" if part.ephemeral else "attachments"
    end = f"{int(now + LINK_LIFE):x}"
    query = f"ex={end}&is={int(now):x}&hm={signature(part.id, end)}"
    return f"{origin}/{family}/{part.channel_id}/{part.id}/{part.filename}?{query}"


def signature(attachment_id: int, end: str) -> str:
    """Return what makes a link's end tamper-proof."""
    return sha256(f"{attachment_id} {end}".encode()).hexdigest()


def named(part: Message, url: str) -> Attachment | None:
    """Return the attachment that an `attachment://` URL means."""
    if not url.startswith(SCHEME):
        return None
    return next((one for one in part.attachments if one.filename == url.removeprefix(SCHEME)), None)


def _linked_embeds(part: Message, origin: str, now: float) -> list[Json]:
    embeds = deepcopy(part.embeds)
    for embed in embeds:
        embed["type"] = "rich"
        for field in embed.get("fields") or []:
            field.setdefault("inline", False)
        for holder, key in _links(embed):
            if found := named(part, holder.get(key) or ""):
                holder[key] = link(found, origin, now)
                holder[f"proxy_{key}"] = holder[key]
    return embeds


def _links(embed: Json) -> list[tuple[Json, str]]:
    pairs: list[tuple[Any, str]] = [
        (embed.get("image"), "url"),
        (embed.get("thumbnail"), "url"),
        (embed.get("author"), "icon_url"),
        (embed.get("footer"), "icon_url"),
    ]
    return [(holder, key) for holder, key in pairs if holder]


def _linked_components(part: Message, origin: str, now: float) -> list[Json]:
    components = deepcopy(part.components)
    for number, (item, url) in enumerate(media(components), 1):
        found = named(part, url)
        target = link(found, origin, now) if found else url
        item.update(id=str(part.id + number), url=target, proxy_url=target)
        if found:
            item.update(attachment_id=str(found.id), content_type=found.content_type, **_measures(found))
    return components
