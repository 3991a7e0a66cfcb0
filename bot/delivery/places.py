"""The places where a reply can be, each with its way of putting something there.

The answer to the interaction comes first. When its token ends, a message of the bot's own in the channel
takes over, and where that may not be, a message to the user; a private reply goes to the user alone.
A message of the bot's own has a nonce, under which Discord makes no second one: posting it again is safe.
"""

# Source: Discord's documentation, resources/message, "Create Message", `enforce_nonce`.

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Protocol, cast

import discord
from discord import ui

from bot.domain.job import Job, Place

OWN_LIMIT = 10 * 2**20  # bytes; what every channel takes. Source: the change log of 2025-01-16


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to upload.

    Attributes:
        filename: Its name.
        data: Its bytes.
        description: Its alternative text.
    """

    filename: str
    data: bytes = field(repr=False)
    description: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a message shall be.

    Attributes:
        view: The card.
        kept: What is attached and stays; everything else goes.
        new: What is attached to it.
        is_plain: Whether it shall refer to no other message.
    """

    view: ui.LayoutView
    kept: Sequence[discord.Attachment] = ()
    new: Sequence[NewFile] = ()
    is_plain: bool = False

    @property
    def names(self) -> set[str]:
        """The names of all its files."""
        return {file.filename for file in self.kept} | {file.filename for file in self.new}

    @contextmanager
    def opened(self) -> Iterator[list[discord.File]]:
        """Open the new files as discord.py uploads them, and let go of them in the end."""
        files = [
            discord.File(BytesIO(one.data), one.filename, description=one.description) for one in self.new
        ]
        try:
            yield files
        finally:
            for file in files:
                vars(file.fp).clear()  # discord.py leaves a cycle there, which would keep the bytes for long


class Seat(Protocol):
    """One place of a reply."""

    place: Place

    @property
    def is_new(self) -> bool:
        """Whether its message has still to be posted."""
        ...

    async def put(self, draft: Draft) -> discord.Message:
        """Make the message what it shall be, and return it as Discord has it."""
        ...

    async def look(self) -> discord.Message:
        """Return the message as Discord has it."""
        ...


class Answer:
    """The answer to an interaction, edited with the interaction's token.

    Args:
        client: The client, which need not have seen the interaction.
        application_id: The bot's application.
        place: Where it is, with its token.
    """

    def __init__(self, client: discord.Client, application_id: int, place: Place) -> None:
        self.place = place
        self._client = client
        self._hook = discord.Webhook.partial(application_id, place.token or "", client=client)
        self._hook.type = discord.WebhookType.application
        # `partial` forgets the proxy that all other requests of the client take
        self._hook.proxy, self._hook.proxy_auth = client.http.proxy, client.http.proxy_auth

    @property
    def is_new(self) -> bool:
        """Never: Discord posted it when the interaction was acknowledged."""
        return False

    async def put(self, draft: Draft) -> discord.Message:
        """Edit it."""
        draft.view.stop()  # or the client would keep the view for as long as it runs
        with draft.opened() as files:
            attachments: list[discord.Attachment | discord.File] = [*draft.kept, *files]
            message = await self._hook.edit_message(self._id, view=draft.view, attachments=attachments)
        self.place = replace(self.place, message_id=message.id)
        return message

    async def look(self) -> discord.Message:
        """Return it as Discord has it."""
        return await self._hook.fetch_message(self._id)

    async def look_from_outside(self) -> discord.Message:
        """Return it as Discord has it, also when the token has ended; an ephemeral one is not found."""
        own = OwnMessage(self._client, self.place)
        return await own.look()

    async def tell(self, view: ui.LayoutView) -> None:
        """Send a message to the user alone."""
        view.stop()
        await self._hook.send(view=view, ephemeral=True)

    @property
    def _id(self) -> int:
        return self.place.message_id or cast("int", "@original")


class OwnMessage:
    """A message of the bot's own.

    Args:
        client: The client.
        place: Its channel, and the message once there is one.
        guild_id: The channel's server; None for a conversation.
        nonce: At most 25 characters; Discord makes no second message of the bot's under it for some minutes.
        refers_to: The message that it refers to; None for none.
    """

    def __init__(
        self,
        client: discord.Client,
        place: Place,
        *,
        guild_id: int | None = None,
        nonce: str = "",
        refers_to: discord.MessageReference | None = None,
    ) -> None:
        self.place = place
        self._client = client
        self._guild_id = guild_id
        self._nonce = nonce
        self._refers_to = refers_to
        self._was_tried = False

    @property
    def is_new(self) -> bool:
        """Whether it has still to be posted."""
        return self.place.message_id is None

    async def put(self, draft: Draft) -> discord.Message:
        """Post it, or edit it."""
        draft.view.stop()
        if not self.is_new:
            return await self._edit(draft)
        was_tried, self._was_tried = self._was_tried, True
        message = await self._post(draft)
        self.place = replace(self.place, channel_id=message.channel.id, message_id=message.id)
        # an earlier try may have posted something else under the nonce
        return await self._edit(draft) if was_tried else message

    async def look(self) -> discord.Message:
        """Return it as Discord has it."""
        return await self._channel.fetch_message(self.place.message_id or 0)

    @property
    def url(self) -> str:
        """Where people find it."""
        return f"{self._channel.jump_url}/{self.place.message_id}"

    async def _post(self, draft: Draft) -> discord.Message:
        with draft.opened() as files:
            if draft.is_plain or self._refers_to is None:
                return await self._channel.send(view=draft.view, files=files, nonce=self._nonce)
            return await self._channel.send(
                view=draft.view,
                files=files,
                nonce=self._nonce,
                reference=self._refers_to,
                mention_author=False,
            )

    async def _edit(self, draft: Draft) -> discord.Message:
        message = self._channel.get_partial_message(self.place.message_id or 0)
        with draft.opened() as files:
            return await message.edit(view=draft.view, attachments=[*draft.kept, *files])

    @property
    def _channel(self) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(self.place.channel_id, guild_id=self._guild_id)


class DirectMessage(OwnMessage):
    """A message to the user.

    Args:
        client: The client.
        user_id: The user.
        nonce: As above.
    """

    def __init__(self, client: discord.Client, user_id: int, *, nonce: str) -> None:
        super().__init__(client, Place(channel_id=0), nonce=nonce)
        self._user_id = user_id

    async def put(self, draft: Draft) -> discord.Message:
        """Post it, or edit it."""
        if not self.place.channel_id:
            channel = await self._client.create_dm(discord.Object(self._user_id))
            self.place = replace(self.place, channel_id=channel.id)
        return await super().put(draft)


def seats(client: discord.Client, application_id: int, job: Job, place: Place) -> Iterator[Seat]:
    """Yield the places of a job's reply, from where it is to where it may go.

    Args:
        client: The client.
        application_id: The bot's application.
        job: Whose reply it is.
        place: Where it is.
    """
    if place.token is None:
        yield OwnMessage(client, place, guild_id=job.guild_id)
    else:
        yield Answer(client, application_id, place)
        if not job.private and job.guild_id is not None:
            yield _beside(client, job, place, f"{job.id}-channel")
    yield DirectMessage(client, job.user_id, nonce=f"{job.id}-direct")


def later_seats(client: discord.Client, job: Job) -> Iterator[Seat]:
    """Yield the places of a reply that comes long after its request: a message that refers to the request."""
    if not job.private and job.guild_id is not None:
        yield _beside(client, job, job.place or Place(channel_id=job.channel_id), f"{job.id}-later")
    yield DirectMessage(client, job.user_id, nonce=f"{job.id}-later-dm")


def _beside(client: discord.Client, job: Job, place: Place, nonce: str) -> OwnMessage:
    """Return a message to come, in the channel of another one, that refers to it."""
    refers_to = place.message_id and discord.MessageReference(
        message_id=place.message_id,
        channel_id=place.channel_id,
        guild_id=job.guild_id,
        fail_if_not_exists=False,
    )
    return OwnMessage(
        client,
        Place(channel_id=place.channel_id),
        guild_id=job.guild_id,
        nonce=nonce,
        refers_to=refers_to or None,
    )
