"""Stability AI's Stable Diffusion 3.5 Large, on its public Gradio Space."""

import asyncio
import secrets
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from typing import Any, ClassVar, Self, assert_never

from bot.domain.aspect_ratio import AspectRatio
from bot.domain.errors import NoImage
from bot.domain.events import (
    ImageEvent,
    ImagePreview,
    ImageResponse,
    Log,
    Progress,
    Queued,
    Started,
)
from bot.domain.limits import DOCUMENTED, Limits
from bot.domain.request import ImageRequest, compose
from bot.ports import ImageProvider
from bot.providers.base import (
    AsyncGeneratorProvider,
    AsyncResult,
    Messages,
    ProviderModelMixin,
    ServiceOptions,
    format_image_prompt,
)
from bot.providers.gradio.messages import Completed, Failed, Generating
from bot.providers.gradio.outputs import image_file, reported_seed
from bot.providers.gradio.space import Space
from bot.providers.picture import MAX_BYTES, check_image


def draw_seed() -> int:
    """Return a random seed, any that the Space takes."""
    return secrets.randbelow(int(DOCUMENTED.seed.maximum) + 1)


class StabilityAI_SD35Large(AsyncGeneratorProvider, ProviderModelMixin):  # noqa: N801 - its public name
    """Draws with Stable Diffusion 3.5 Large.

    A subclass with another `url` draws on another Space of the same kind.
    """

    label = "StabilityAI SD-3.5-Large"
    url = "https://stabilityai-stable-diffusion-3-5-large.hf.space"
    api_endpoint: ClassVar[str] = "/gradio_api/call/infer"
    working = True

    default_model = "stabilityai-stable-diffusion-3-5-large"
    default_image_model = default_model
    model_aliases: ClassVar[dict[str, str]] = {"sd-3.5": default_model}
    image_models: ClassVar[list[str]] = list(model_aliases)
    models: ClassVar[list[str]] = image_models

    draw_seed: ClassVar = staticmethod(draw_seed)

    def __init__(self, space: Space) -> None:
        """Draw on an open Space; `open` opens one."""
        self._space = space

    @classmethod
    async def create_async_generator(
        cls,
        model: str,
        messages: Messages,
        prompt: str | None = None,
        negative_prompt: str | None = None,
        api_key: str | None = None,
        proxy: str | None = None,
        aspect_ratio: str = "1:1",
        width: int | None = None,
        height: int | None = None,
        guidance_scale: float = 4.5,
        num_inference_steps: int = 50,
        seed: int = 0,
        randomize_seed: bool = True,  # noqa: FBT001, FBT002 - the published signature
        **kwargs: Any,  # noqa: ARG003 - taken and left, as published
    ) -> AsyncResult:
        """Draw once, with a connection of its own; yield previews and the one finished picture.

        Use it under `contextlib.aclosing`: closing it early cancels the work at the Space.

        Args:
            model: A name of the model; empty for the default.
            messages: What the prompt is made of if there is none.
            prompt: What to draw, 1 to 1000 characters.
            negative_prompt: What to leave out.
            api_key: A Hugging Face token, whose GPU quota is used.
            proxy: An HTTP proxy for every request, as `http://user:password@host:port`.
            aspect_ratio: As `16:9`; decides each side that is not given.
            width: Pixels, made a size that the Space draws.
            height: Pixels, made a size that the Space draws.
            guidance_scale: 0.0 to 7.5.
            num_inference_steps: 1 to 50.
            seed: 0 to 2147483647; what the noise grows from.
            randomize_seed: Whether to draw a seed instead. It is drawn here and not at the Space, so that it
                is known and the picture can be made again.
            kwargs: Nothing is done with them.

        Raises:
            UserError: It cannot be drawn as asked, and nothing was sent; in one of its leaves.
            ResponseError: The Space refused or failed, as without GPU quota; in one of its leaves.
            RuntimeError: The Space's answer holds no picture, or cannot be read; each is a `ResponseError`.
            ProviderError: The Space could not be reached, or took too long; in one of its leaves.
        """
        request, _ = compose(
            prompt=format_image_prompt(messages, prompt),
            negative_prompt=negative_prompt or "",
            seed=cls.draw_seed() if randomize_seed else seed,
            aspect_ratio=AspectRatio.parse(aspect_ratio),
            width=width,
            height=height,
            guidance_scale=guidance_scale,
            steps=num_inference_steps,
            model=cls.get_model(model),
        )
        async with (
            cls.open(ServiceOptions(token=api_key, proxy=proxy)) as provider,
            aclosing(provider.stream(request)) as events,
        ):
            async for event in events:
                if isinstance(event, ImagePreview | ImageResponse):
                    yield event

    @classmethod
    @asynccontextmanager
    async def open(cls, options: ServiceOptions) -> AsyncGenerator[Self, None]:
        """Open the Space, for as long as the context lasts; nothing is sent yet."""
        async with Space.open(cls.url, cls.api_endpoint, options) as space:
            yield cls(space)

    def with_token(self, token: str) -> Self:
        """Return the same open Space, asked under a Hugging Face token, whose GPU quota is used."""
        return type(self)(self._space.with_token(token))

    async def limits(self) -> Limits:
        """Return the ranges of the Space's sliders.

        The documented ones serve until the Space has described itself, which is waited for a second at most.
        """
        return await self._space.limits()

    async def describe(self) -> Limits:
        """Return the ranges of the Space's sliders, as the Space states them now.

        Raises:
            ProviderError: It does not; in one of its leaves.
        """
        return await self._space.describe()

    async def stream(self, request: ImageRequest) -> AsyncGenerator[ImageEvent, None]:
        """Draw, and yield events until the one `ImageResponse`. Use under `contextlib.aclosing`.

        A preview that shows what the one before it showed is left out. Closing the generator early cancels
        the work at the Space.

        Raises:
            ProviderError: In one of its leaves; any other exception is a bug.
        """
        shown: ImagePreview | None = None
        async with aclosing(self._space.generate(_data(request))) as messages:
            async for message in messages:
                match message:
                    case Generating(outputs):
                        preview = self._preview(outputs, request)
                        if preview is not None and preview != shown:
                            shown = preview
                            yield preview
                    case Completed(outputs):
                        yield self._response(outputs, request)
                    case Failed(error):
                        raise error
                    case Queued() | Started() | Progress() | Log():
                        yield message
                    case _:
                        assert_never(message)

    async def download(self, image: ImagePreview | ImageResponse) -> bytes:
        """Return a picture's bytes, known to be a PNG, JPEG or WebP of a sane size.

        Raises:
            ProviderError: In one of its leaves; any other exception is a bug.
        """
        data = await self._space.download(image.url, MAX_BYTES)
        await asyncio.to_thread(check_image, data)
        return data

    def _preview(self, outputs: list[Any], request: ImageRequest) -> ImagePreview | None:
        try:
            url = self._space.image_url(image_file(outputs))
        except NoImage:  # an app may yield before it has one
            return None
        return ImagePreview(url, request.prompt, reported_seed(outputs))

    def _response(self, outputs: list[Any], request: ImageRequest) -> ImageResponse:
        seed = reported_seed(outputs)
        url = self._space.image_url(image_file(outputs))
        return ImageResponse(url, request.prompt, request.seed if seed is None else seed)


def _data(request: ImageRequest) -> list[object]:
    """Return the arguments of the Space's `infer`, in its order."""
    # Source: the Space's app.py as published, `inputs` of `gr.on`; GET /gradio_api/info has the same order.
    return [
        request.prompt,
        request.negative_prompt,
        request.seed,
        False,  # randomize_seed: the seed is drawn before, so that it is known
        request.size.width,
        request.size.height,
        request.guidance_scale,
        request.steps,
    ]


_: type[ImageProvider] = StabilityAI_SD35Large
