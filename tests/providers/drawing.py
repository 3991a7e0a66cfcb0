"""Drawing at a Space on loopback, as the bot does."""

from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from typing import Any

from bot.domain.events import ImageEvent
from bot.domain.request import ImageRequest
from bot.providers.options import Deadlines, ServiceOptions
from bot.providers.stability_sd35 import StabilityAI_SD35Large

FOX = ImageRequest("a fox", seed=7)
PATH = "/data/gradio/6b54/image.webp"


def file(url: str, path: str | None = PATH) -> dict[str, Any]:
    return {"path": path, "url": url, "size": None, "orig_name": "image.webp", "mime_type": None}


def step(*outputs: Any) -> dict[str, Any]:
    return {"msg": "process_generating", "output": {"data": outputs, "is_generating": True}, "success": True}


def result(*outputs: Any) -> dict[str, Any]:
    return {"msg": "process_completed", "output": {"data": outputs, "is_generating": False}, "success": True}


@asynccontextmanager
async def opened(
    url: str, deadlines: Deadlines | None = None, **options: Any
) -> AsyncGenerator[StabilityAI_SD35Large, None]:
    chosen = ServiceOptions(url=url, deadlines=deadlines or Deadlines(), **options)
    async with StabilityAI_SD35Large.open(chosen) as provider:
        yield provider


async def drawn(url: str, deadlines: Deadlines | None = None, **options: Any) -> list[ImageEvent]:
    """Return all events of a picture."""
    async with (
        opened(url, deadlines, **options) as provider,
        aclosing(provider.stream(FOX)) as events,
    ):
        return [event async for event in events]
