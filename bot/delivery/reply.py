"""A picture's reply on Discord: the answer to its interaction, edited until it is final."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Protocol, Self

import discord
from discord import ui

from bot.delivery.editor import LatestWins
from bot.delivery.encoding import Encoder
from bot.domain.errors import DeliveryFailed, ImagineError, ProviderError
from bot.domain.events import ImagePreview
from bot.domain.infotext import infotext
from bot.domain.picture import Picture, image_format
from bot.domain.request import ImageRequest
from bot.domain.stage import Drawing, Stage, Waiting

EDIT_INTERVAL = 1.0  # seconds; Discord lets about five edits pass in two seconds

_log = logging.getLogger(__name__)


class Look(Protocol):
    """What a reply looks like; `bot.ui` is the one implementation, and delivery must not import it."""

    def progress(self, request: ImageRequest, stage: Stage, preview: str | None) -> ui.LayoutView:
        """Return the card of a picture that is not done."""
        ...

    def finished(self, picture: Picture, filename: str) -> ui.LayoutView:
        """Return the card of a finished picture."""
        ...

    def failed(self, error: ImagineError, reference: str | None) -> ui.LayoutView:
        """Return the card that says why there is no picture."""
        ...


class InteractionReply:
    """Shows one picture in the answer to an interaction; a `bot.ports.Reply`.

    Use it as an async context manager, after the interaction was deferred; leaving it ends the editing.

    Args:
        interaction: The acknowledged interaction.
        request: What was asked for.
        look: What the reply looks like.
        fetch: Returns a preview's bytes, or raises a `ProviderError`.
        encoder: Makes the final file.
        program: Who drew, as `Imagine 1.0`; it goes into the picture's parameters.
        interval: Seconds between two edits.
    """

    def __init__(
        self,
        interaction: discord.Interaction,
        request: ImageRequest,
        *,
        look: Look,
        fetch: Callable[[ImagePreview], Awaitable[bytes]],
        encoder: Encoder,
        program: str,
        interval: float = EDIT_INTERVAL,
    ) -> None:
        self._interaction = interaction
        self._request = request
        self._look = look
        self._fetch = fetch
        self._encoder = encoder
        self._program = program
        self._editor: LatestWins[Stage] = LatestWins(self._edit, interval=interval)
        self._attached: ImagePreview | None = None
        self._is_loading = True  # nothing has been shown since the interaction was deferred
        self._preview: str | None = None  # the attached preview's file name

    async def __aenter__(self) -> Self:
        await self._editor.__aenter__()
        self.show(Waiting())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._editor.close()

    def show(self, stage: Stage) -> None:
        """Show how far the picture is, as soon as Discord allows."""
        self._editor.show(stage)

    async def deliver(self, picture: Picture) -> None:
        """Replace the reply by the finished picture.

        Raises:
            DeliveryFailed: Discord did not take it.
        """
        text = infotext(picture.request, version=self._program)
        image, _ = await asyncio.gather(self._encoder.png(picture.image, text), self._editor.close())
        filename = f"{picture.filename}.png"
        file = discord.File(BytesIO(image), filename, description=picture.request.prompt)
        try:
            await self._interaction.edit_original_response(
                view=self._look.finished(picture, filename), attachments=[file]
            )
        except discord.HTTPException as error:
            raise DeliveryFailed(error.status, error.code) from error

    async def fail(self, error: ImagineError, reference: str | None = None) -> None:
        """Tell the user alone, then take the reply away.

        Raises:
            DeliveryFailed: Discord did not take it.
        """
        await self._editor.close()
        if self._is_loading:  # a first follow-up would become the public reply itself
            await self._edit(Waiting())
        card = self._look.failed(error, reference)
        try:
            await self._interaction.followup.send(view=card, ephemeral=True)
            await self._interaction.delete_original_response()
        except discord.HTTPException as problem:
            raise DeliveryFailed(problem.status, problem.code) from problem

    async def _edit(self, stage: Stage) -> None:
        """Show one stage; what cannot be shown is left out, for another stage follows."""
        try:
            files = await self._new_preview(stage)
            card = self._look.progress(self._request, stage, self._preview)
            if files:
                await self._interaction.edit_original_response(view=card, attachments=files)
            else:
                await self._interaction.edit_original_response(view=card)
            self._is_loading = False
        except (discord.HTTPException, ProviderError) as error:
            _log.info("a stage was not shown: %r", error)

    async def _new_preview(self, stage: Stage) -> list[discord.File]:
        """Return the preview's file if the message does not have it yet."""
        preview = stage.preview if isinstance(stage, Drawing) else None
        if preview is None or preview == self._attached:
            return []
        image = await self._fetch(preview)
        self._attached, self._preview = preview, f"preview.{image_format(image)}"
        return [discord.File(BytesIO(image), self._preview, description=preview.alt)]
