"""A member's request, acknowledged by the real client, and a reply to it that has yet to be opened."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import discord
from discord import app_commands, ui

from bot.delivery import wire
from bot.delivery.encoding import Encoder
from bot.delivery.reply import Delivery, DiscordReply, Look, answer_place, open_reply
from bot.delivery.times import Times
from bot.domain.board import Board, Drawn, ShownFile, Slot
from bot.domain.errors import ImagineError, ProviderUnreachable
from bot.domain.events import ImagePreview
from bot.domain.job import Job, Place
from bot.domain.picture import Picture
from bot.domain.request import ImageRequest
from bot.domain.stage import Drawing
from bot.ports import Reply
from bot.sandbox.discord import Fault, LoopbackDiscord, Permission, Person
from bot.sandbox.discord import Reply as Seen
from bot.sandbox.discord.wire import Json
from bot.sandbox.terminal import texts
from tests.fakes import webp

EDIT = "/webhooks/*/messages/*"
Answered: TypeAlias = discord.InteractionCallbackResponse[Any] | None
Asked: TypeAlias = tuple[discord.Interaction[Any], Answered]
QUICK = Times(interval=0.0, settle=0.0, retries=(0.0, 0.0))
"""No waiting but where a test is about waiting."""


class PlainLook:
    """Says in one line for each slot what is there."""

    def card(self, board: Board, files: Mapping[int, ShownFile]) -> ui.LayoutView:
        lines = [self._line(slot) for slot in board.slots]
        shrunk = [f"shrunk to {file.shrunk_to}" for file in files.values() if file.shrunk_to]
        view = self._say("\n".join([*lines, *shrunk]))
        media = [discord.MediaGalleryItem(f"attachment://{file.filename}") for file in files.values()]
        return view.add_item(ui.MediaGallery[ui.LayoutView](*media)) if media else view

    def told(self, error: ImagineError | None, reference: str | None, locale: str) -> ui.LayoutView:
        return self._say(f"told {type(error).__name__} {reference}")

    def moved(self, url: str, locale: str) -> ui.LayoutView:
        return self._say(f"moved to {url}")

    def _line(self, slot: Slot) -> str:
        return f"step {slot.step:g}" if isinstance(slot, Drawing) else type(slot).__name__.lower()

    def _say(self, text: str) -> ui.LayoutView:
        return ui.LayoutView(timeout=None).add_item(ui.TextDisplay[ui.LayoutView](text))


@dataclass(kw_only=True)
class Bed:
    """A client on a Discord, and what a reply needs.

    Attributes:
        client: The unmodified client.
        server: The loopback Discord.
        delivery: What the replies share; a test may replace it.
        answers: Each interaction so far, with what its deferral returned.
        fetched: The previews that were downloaded.
        lost: The previews that cannot be.
        preview: The file of each of them.
    """

    client: discord.Client
    server: LoopbackDiscord
    delivery: Delivery
    asked: asyncio.Queue[Asked] = field(default_factory=asyncio.Queue)
    answers: list[Asked] = field(default_factory=list)
    fetched: list[ImagePreview] = field(default_factory=list)
    lost: set[ImagePreview] = field(default_factory=set)
    preview: bytes = field(default_factory=webp)

    def wait(self, **seconds: Any) -> None:
        """Change how long delivery waits for what."""
        self.delivery = replace(self.delivery, times=replace(self.delivery.times, **seconds))

    async def fetch(self, preview: ImagePreview) -> bytes:
        if preview in self.lost:
            raise ProviderUnreachable("gone")
        self.fetched.append(preview)
        return self.preview

    async def ask(
        self, *, private: bool = False, count: int = 1, person: Person | None = None
    ) -> tuple[Seen, DiscordReply, Board]:
        """Let a member ask, and return what they see, the reply that is not open yet, and its first board."""
        seen = await (person or self.server.person("alice")).command("imagine", private=private)
        interaction, answered = await self.asked.get()
        self.answers.append((interaction, answered))
        job = Job(
            id="job-1",
            user_id=interaction.user.id,
            guild_id=interaction.guild_id,
            channel_id=interaction.channel_id or 0,
            locale="en-US",
            requests=tuple(request(7 + number) for number in range(count)),
            private=private,
            created_at=0.0,
        )
        board = Board.empty(job)
        return seen, self.open(interaction, answered, board), board

    def open(self, interaction: discord.Interaction[Any], answered: Answered, board: Board) -> DiscordReply:
        return self.again(board, answer_place(interaction, answered, self.delivery))

    def again(self, board: Board, place: Place) -> DiscordReply:
        """Return a job's reply as it is opened after a restart."""
        board = replace(board, job=replace(board.job, place=place))
        return open_reply(self.client, board, fetch=self.fetch, delivery=self.delivery)

    async def within_margin(self) -> tuple[Seen, DiscordReply, Board]:
        """Return what `ask` does, with the reply not entered, so that only its end moves it elsewhere."""
        self.wait(margin=self.delivery.times.token_life)
        return await self.ask()

    async def carry_out_late(self, board: Board) -> None:
        """Do to the first reply what an edit does that Discord had kept for a while."""
        interaction, _ = self.answers[0]
        await interaction.edit_original_response(view=PlainLook().card(board, {}), attachments=[])

    def fault(self, **what: Any) -> Fault:
        return self.server.faults.add(Fault(**({"method": "PATCH", "path": EDIT} | what)))

    def forbid(self, channel: str = "general") -> None:
        """Take from the bot what it needs to write in a channel."""
        self.server.forbid(self.server.channel(channel), Permission.SEND_MESSAGES)

    def refuse_direct_messages(self) -> None:
        """Let everybody have closed their conversations to the bot."""
        channels = "/users/@me/channels"
        no = {"message": "Cannot send messages to this user", "code": 50007}
        self.fault(method="POST", path=channels, status=403, body=no, times=None)

    def url(self, place: Place, *, direct: bool = False) -> str:
        """Return where people find a message."""
        where = "@me" if direct else self.server.guild.id
        return f"https://discord.com/channels/{where}/{place.channel_id}/{place.message_id}"

    def posted(self, channel: str = "general", *, name: str = "alice") -> list[Json]:
        """Return what a member sees in a channel, or in the conversation with the bot."""
        person = self.server.person(name)
        return person.sees(person.dm if channel == "dm" else channel)


_look: Look = PlainLook()
_reply: type[Reply] = DiscordReply


@asynccontextmanager
async def open_bed(server: LoopbackDiscord, encoder: Encoder) -> AsyncIterator[Bed]:
    """Log a client in that hands each `/imagine` to the test."""
    client = discord.Client(
        intents=discord.Intents.none(),
        allowed_mentions=discord.AllowedMentions.none(),
        http_trace=wire.trace(),
    )
    delivery = Delivery(look=PlainLook(), encoder=encoder, program="Imagine 1.0", times=QUICK)
    bed = Bed(client=client, server=server, delivery=delivery)
    tree = app_commands.CommandTree(client)

    @tree.command(description="Draw.")
    async def imagine(interaction: discord.Interaction, private: bool) -> None:  # noqa: FBT001
        answered = await interaction.response.defer(ephemeral=private, thinking=True)
        bed.asked.put_nowait((interaction, answered))

    async with client:
        await client.login(server.token)
        await tree.sync()
        running = asyncio.create_task(client.connect())
        await server.wait_for_command("imagine")
        yield bed
        await client.close()
        await running


def words(message: Json | None) -> str:
    """Return what a message says."""
    return "\n".join(texts(message or {}, now=0.0))


def names(message: Json | None) -> list[str]:
    """Return the names of a message's files."""
    return [file["filename"] for file in (message or {}).get("attachments", [])]


def request(seed: int = 7, prompt: str = "a fox") -> ImageRequest:
    return ImageRequest(prompt=prompt, seed=seed)


def preview(number: int = 1) -> ImagePreview:
    return ImagePreview(f"http://space/{number}.webp", "a fox")


def drawing(board: Board, step: int, index: int = 0, *, seen: bool = True) -> Board:
    """Return the board with a picture at some step, and its preview."""
    return board.with_slot(index, Drawing(step, 20, preview(step) if seen else None))


def drawn(board: Board, *indices: int, image: bytes | None = None) -> Board:
    """Return the board with pictures done; all of them if none is named."""
    for index in indices or range(len(board.slots)):
        picture = Picture(request=board.job.requests[index], image=image or webp(), seconds=1.0)
        board = board.with_slot(index, Drawn(picture))
    return board
