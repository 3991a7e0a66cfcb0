"""A person in front of Discord: types commands, presses buttons, reads what comes back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.sandbox.discord.core import Core
from bot.sandbox.discord.interaction import InteractionType
from bot.sandbox.discord.journal import PeopleChanged
from bot.sandbox.discord.model import Channel, ChannelType, Guild, Message, Role, User
from bot.sandbox.discord.payloads.interactions import USER_INSTALL, metadata
from bot.sandbox.discord.people import pressing, typing
from bot.sandbox.discord.people.acting import Act, send
from bot.sandbox.discord.people.forms import submission
from bot.sandbox.discord.people.refused import Refused
from bot.sandbox.discord.people.reply import Download, Form, Reply
from bot.sandbox.discord.people.sight import Place, Seen, Sight
from bot.sandbox.discord.permissions import Permission
from bot.sandbox.discord.wire import Json

DEFAULT_CHANNEL = "general"
LONGEST = 2000  # characters of a text. Source: resources/message, "Create Message"


class Person:
    """Somebody with an account, in one guild.

    Every action returns once the application has acknowledged it, or once Discord says that it did not
    respond, and raises `Refused` when Discord's client would not have let it happen.

    Attributes:
        user: The account.
        guild: Where channel names are looked up.
        sight: What the person sees and reaches.
    """

    def __init__(self, core: Core, user: User, guild: Guild, download: Download) -> None:
        self.user = user
        self.guild = guild
        self._core = core
        self._download = download
        self.sight = Sight(core, user, guild)

    @property
    def dm(self) -> Channel:
        """The person's conversation with the bot."""
        return self._core.world.direct(self.user, self._core.clock())

    def change(self, *, locale: str | None = None, roles: Iterable[Role] | None = None) -> None:
        """Speak another language, or have these roles and no others; None leaves it as it is."""
        if locale is not None:
            self.user.locale = locale
        if roles is not None:
            self.guild.members[self.user.id].role_ids[:] = [role.id for role in roles]
        self._core.journal.note(PeopleChanged())

    async def command(
        self,
        name: str,
        /,
        *,
        channel: Place = DEFAULT_CHANNEL,
        unchecked: bool = False,
        user_install: bool = False,
        options: Mapping[str, Any] | None = None,
        **given: Any,
    ) -> Reply:
        """Use a slash command.

        Args:
            name: Like "imagine", or "settings limits" with its subcommands.
            channel: A channel's name, or a channel; `dm` is the direct conversation.
            unchecked: Send what no client would: unknown or missing options, values out of range.
            user_install: Act where only the person has installed the application.
            options: Option values whose names are taken by the arguments above.
            **given: Option values: plain ones, `Person`, `Channel`, `Role`, `File`.

        Raises:
            Refused: The client would not offer or send this.
        """
        place = self.sight.place(channel)
        values = {**(options or {}), **given}
        data = typing.slash(self.sight, place, name, values, checked=not unchecked)
        return await self._act(InteractionType.COMMAND, place, data, user_install=user_install)

    async def direct(self, name: str, /, **given: Any) -> Reply:
        """Use a slash command in the conversation with the bot."""
        return await self.command(name, channel=self.dm, **given)

    async def autocomplete(
        self,
        name: str,
        option: str,
        text: str,
        /,
        *,
        channel: Place = DEFAULT_CHANNEL,
        options: Mapping[str, Any] | None = None,
        **given: Any,
    ) -> list[Json]:
        """Type into an option and return what is suggested, each with `name` and `value`.

        Args:
            name: The command.
            option: The option typed into.
            text: What is in it so far.
            channel: Where.
            options: As above.
            **given: Options already filled in.

        Raises:
            Refused: The option suggests nothing.
            TimeoutError: The application did not answer.
        """
        place = self.sight.place(channel)
        values = {**(options or {}), **given, option: text}
        data = typing.unfinished(self.sight, place, name, option, values)
        reply = await self._act(InteractionType.AUTOCOMPLETE, place, data)
        if reply.interaction.choices is None:
            raise TimeoutError("Loading options failed")
        return reply.interaction.choices

    async def context_menu(
        self, name: str, target: "Seen | Person | User", /, *, channel: Place = DEFAULT_CHANNEL
    ) -> Reply:
        """Use an entry of the "Apps" menu of a message, or of a person met in a channel."""
        if isinstance(target, Person | User):
            account = target.user if isinstance(target, Person) else target
            place = self.sight.place(channel)
            data = typing.on_user(self.sight, name, place, account)
            more = {"target_user": data["resolved"]["users"][data["target_id"]]}
            return await self._act(InteractionType.COMMAND, place, data, more)
        message = self.sight.message(target)
        data = typing.on_message(self.sight, name, message)
        more = {"target_message_id": data["target_id"]}
        return await self._act(InteractionType.COMMAND, message.channel, data, more)

    async def click(
        self, message: Seen, /, label: str | None = None, *, custom_id: str | None = None
    ) -> Reply:
        """Press a button of a message, found by label, emoji or custom_id."""
        source = self.sight.message(message)
        pressed = pressing.button(source, custom_id=custom_id, label=label)
        return await self._use(source, pressed, {})

    async def choose(self, message: Seen, custom_id: str, values: Sequence[Any], /) -> Reply:
        """Choose from a select menu: its values, or people, channels and roles."""
        source = self.sight.message(message)
        chosen = pressing.menu(source, custom_id, list(values))
        resolver = self.sight.resolver(source.channel)
        ids = [resolver.convert(chosen["type"], value) for value in values]
        return await self._use(source, chosen, {"values": ids} | resolver.part)

    async def submit(
        self, form: Form | None, values: Mapping[str, Any], /, *, unchecked: bool = False
    ) -> Reply:
        """Fill in a form by its fields' custom_ids and send it; None stands for one that never opened."""
        if form is None:
            raise Refused("no form is open")
        opener = form.interaction
        resolver = self.sight.resolver(opener.channel)
        data = submission(form.payload, values, resolver.convert, checked=not unchecked)
        data |= resolver.part
        more = {"triggering_interaction_metadata": metadata(opener)}
        return await self._act(
            InteractionType.MODAL,
            opener.channel,
            data,
            more,
            source=opener.source,
            user_install=opener.user_install,
        )

    def say(self, text: str, /, *, channel: Place = DEFAULT_CHANNEL) -> Json:
        """Write a message, as people do, and return it.

        Raises:
            Refused: The client would not send it: there is nothing in it, too much, or no right to write.
        """
        place, now = self.sight.place(channel), self._core.clock()
        if not 0 < len(text.strip()) <= LONGEST:
            raise Refused(f"a message has 1 to {LONGEST} characters")
        threaded = place.kind is ChannelType.THREAD
        wanted = Permission.SEND_MESSAGES_IN_THREADS if threaded else Permission.SEND_MESSAGES
        if not self._core.world.permissions(self.user, place) & wanted:
            raise Refused(f"{self.user.name} may not write here")
        number = self._core.world.snowflakes.next(now)
        message = Message(id=number, channel=place, author=self.user, created_at=now, content=text)
        return self._core.posted(message)

    def sees(self, channel: Place = DEFAULT_CHANNEL, /) -> list[Json]:
        """Return the messages on the person's screen, oldest first: others' ephemeral ones are not there."""
        return self.sight.messages(channel)

    async def _use(self, source: Message, component: Json, chosen: Json) -> Reply:
        data = {
            "component_type": component["type"],
            "custom_id": component["custom_id"],
            "id": component["id"],
        }
        owners = (source.metadata or {}).get("authorizing_integration_owners", {})
        return await self._act(
            InteractionType.COMPONENT,
            source.channel,
            data | chosen,
            source=source,
            user_install=owners.keys() == {USER_INSTALL},
        )

    async def _act(
        self,
        kind: InteractionType,
        place: Channel,
        data: Json,
        more: Json | None = None,
        *,
        source: Message | None = None,
        user_install: bool = False,
    ) -> Reply:
        act = Act(
            kind=kind,
            user=self.user,
            channel=place,
            data=data,
            source=source,
            metadata=more,
            user_install=user_install,
        )
        skipped = len(source.history) if source else 0
        return Reply(self._core, await send(self._core, act), self._download, skipped=skipped)
