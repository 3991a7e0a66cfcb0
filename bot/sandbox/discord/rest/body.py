"""Request bodies: JSON, or multipart with `payload_json` and `files[n]`.

Source: Discord's documentation, reference, "Uploading Files".
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.discord import errors
from bot.sandbox.discord.drafts import Upload

_FILE = re.compile(r"files\[(\d+)\]")


@dataclass(slots=True)
class Body:
    """A parsed body; `value` is None where there was none."""

    value: Any = None
    uploads: list[Upload] = field(default_factory=list)


async def read(request: web.Request) -> Body:
    """Read a request's body.

    Raises:
        ApiError: The content type or the JSON is not Discord's.
    """
    if request.content_type == "multipart/form-data":
        return await _multipart(request)
    raw = await request.read()
    if not raw:
        return Body()
    if request.content_type != "application/json":
        text = "Expected \"Content-Type\" header to be one of {'application/json', 'multipart/form-data'}."
        raise errors.invalid((), "CONTENT_TYPE_INVALID", text)
    return Body(_parse(raw))


def _parse(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError as error:
        raise errors.ApiError(400, 50109, "The request body contains invalid JSON.") from error


async def _multipart(request: web.Request) -> Body:
    body = Body()
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        raw = bytes(await part.read())
        if part.name == "payload_json":
            body.value = _parse(raw)
        elif found := _FILE.fullmatch(part.name or ""):
            kind = part.headers.get("Content-Type", "application/octet-stream")
            name = part.filename or "unknown"
            upload = Upload(index=int(found[1]), filename=name, content_type=kind, data=raw)
            body.uploads.append(upload)
    return body
