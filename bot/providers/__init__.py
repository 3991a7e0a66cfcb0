"""The image services, one file each."""

from bot.domain.errors import ResponseError
from bot.domain.events import ImagePreview, ImageResponse
from bot.providers.base import (
    AsyncGeneratorProvider,
    ProviderModelMixin,
    format_image_prompt,
    use_aspect_ratio,
)
from bot.providers.stability_sd35 import StabilityAI_SD35Large

__all__ = [
    "AsyncGeneratorProvider",
    "ImagePreview",
    "ImageResponse",
    "ProviderModelMixin",
    "ResponseError",
    "StabilityAI_SD35Large",
    "format_image_prompt",
    "use_aspect_ratio",
]
