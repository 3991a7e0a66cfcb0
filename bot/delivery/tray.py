"""The files of a reply: what is attached to it, and what has to be uploaded for a board.

A finished picture is encoded once, and each file uploaded once for a message: what is there stays there.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from itertools import count
from typing import TypeAlias

import discord

from bot.delivery.encoding import Encoder
from bot.delivery.places import NewFile
from bot.domain.board import Board, Drawn, ShownFile
from bot.domain.errors import ProviderError
from bot.domain.events import ImagePreview
from bot.domain.infotext import infotext
from bot.domain.picture import Picture, image_format
from bot.domain.stage import Drawing

Fetch: TypeAlias = Callable[[ImagePreview], Awaitable[bytes]]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Item:
    """A file for one slot of a board.

    Attributes:
        source: What it is made from.
        file: It.
        shrunk_to: As `ShownFile` has it.
    """

    source: ImagePreview | Picture
    file: NewFile
    shrunk_to: str | None = None

    @property
    def shown(self) -> ShownFile:
        """It, as a card knows it."""
        return ShownFile(self.file.filename, self.shrunk_to)


class Tray:
    """Makes the files of one reply.

    Args:
        fetch: Returns a preview's bytes, or raises a `ProviderError`.
        encoder: Makes the files of finished pictures.
        program: Who drew, as `Imagine 1.0`; it goes into the pictures' parameters.
        limit: Bytes that a file may have.
    """

    def __init__(self, fetch: Fetch, encoder: Encoder, program: str, limit: int) -> None:
        self._fetch = fetch
        self._encoder = encoder
        self._program = program
        self._limit = limit
        self._pictures: dict[int, Item] = {}
        self._previews: dict[int, Item] = {}
        self._making: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._attached: dict[str, tuple[Item, discord.Attachment]] = {}

    async def items(self, board: Board) -> dict[int, Item]:
        """Return the file of each slot that has one, made as far as it was not."""
        made = await asyncio.gather(*(self._item(board, index) for index in range(len(board.slots))))
        return {index: item for index, item in enumerate(made) if item}

    def stays(self, item: Item) -> discord.Attachment | None:
        """Return a file as it is attached; None if it is not."""
        known, attachment = self._attached.get(item.file.filename, (None, None))
        return attachment if known is item else None

    def attached(self, items: Iterable[Item], attachments: Iterable[discord.Attachment]) -> None:
        """Note what is attached now."""
        found = {attachment.filename: attachment for attachment in attachments}
        names = {item.file.filename: item for item in items}
        self._attached = {name: (names[name], found[name]) for name in names.keys() & found.keys()}

    def begin_anew(self, limit: int | None = None) -> None:
        """Note that nothing is attached, and, if a limit is given, that it holds from now on."""
        self._attached.clear()
        self._limit = self._limit if limit is None else min(self._limit, limit)

    def shrink(self) -> None:
        """Halve what the largest file may have."""
        largest = max((len(item.file.data) for item in self._pictures.values()), default=0)
        self.begin_anew(largest // 2)

    async def _item(self, board: Board, index: int) -> Item | None:
        match board.slots[index]:
            case Drawn(picture):
                return await self._picture(index, picture)
            case Drawing(preview=ImagePreview() as preview):
                return await self._preview(index, preview, board.job.requests[index].prompt)
            case _:
                return None

    async def _picture(self, index: int, picture: Picture) -> Item:
        async with self._making[index]:
            known = self._pictures.get(index)
            if known and known.source == picture and len(known.file.data) <= self._limit:
                return known
            text = infotext(picture.request, version=self._program)
            encoded = await self._encoder.encode(picture.image, text, self._limit)
            name = self._name(index, picture.filename, encoded.extension)
            item = Item(picture, NewFile(name, encoded.data, picture.request.prompt), encoded.shrunk_to)
            self._pictures[index] = item
            return item

    def _name(self, index: int, name: str, extension: str) -> str:
        """Return a file name that no other picture has."""
        taken = {item.file.filename for slot, item in self._pictures.items() if slot != index}
        names = (f"{name}{f'-{number}' * (number > 1)}.{extension}" for number in count(1))
        return next(name for name in names if name not in taken)

    async def _preview(self, index: int, preview: ImagePreview, prompt: str) -> Item | None:
        """Return a preview's file; if it cannot be had, or Discord would not have it, the one before it."""
        known = self._previews.get(index)
        if known and known.source == preview:
            return known
        try:
            image = await self._fetch(preview)
        except ProviderError as error:
            _log.info("a preview was not to be had: %r", error)
            return known
        extension = image_format(image)
        if extension is None or len(image) > self._limit:
            return known
        self._previews[index] = Item(preview, NewFile(f"preview-{index}.{extension}", image, prompt))
        return self._previews[index]
