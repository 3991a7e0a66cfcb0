"""One interaction's life: sent, acknowledged once and in time, answered until its token expires.

Pure: the moment is an argument.
"""

from dataclasses import dataclass, field
from enum import IntEnum

from bot.sandbox.discord import errors
from bot.sandbox.discord.model import Channel, Guild, Message, User
from bot.sandbox.discord.rules import Rules
from bot.sandbox.discord.validation.commands import GROUP, SUBCOMMAND
from bot.sandbox.discord.wire import Json


class InteractionType(IntEnum):
    """What the person did."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Callback(IntEnum):
    """How the application may acknowledge."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


ALLOWED = {
    InteractionType.COMMAND: {Callback.MESSAGE, Callback.DEFERRED_MESSAGE, Callback.MODAL},
    InteractionType.COMPONENT: set(Callback) - {Callback.CHOICES},
    InteractionType.AUTOCOMPLETE: {Callback.CHOICES},
    InteractionType.MODAL: set(Callback) - {Callback.CHOICES, Callback.MODAL},
}


@dataclass(slots=True, kw_only=True)
class Interaction:
    """One interaction.

    Attributes:
        token: The application's right to answer.
        data: The `data` object of INTERACTION_CREATE.
        created_at: Seconds since the epoch.
        upload_limit: Bytes a file of the answer may have.
        source: The message whose component was used, or that opened the modal.
        user_install: True when only the user, not the guild, has installed the application.
        callback: How it was acknowledged, None before.
        original: What `@original` means.
        choices: The suggestions, after an autocomplete answer.
        modal: The form, after a modal answer.
        abandoned: The person has been told that the application did not respond.
    """

    id: int
    token: str
    kind: InteractionType
    user: User
    channel: Channel
    guild: Guild | None
    data: Json
    created_at: float
    upload_limit: int
    source: Message | None = None
    metadata: Json = field(default_factory=dict)
    user_install: bool = False
    callback: Callback | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    choices: list[Json] | None = None
    modal: Json | None = None
    abandoned: bool = False

    @property
    def command(self) -> str | None:
        """The command's name with its subcommands, as it is typed; None for anything else."""
        if self.kind is not InteractionType.COMMAND:
            return None
        names, part = [self.data["name"]], self.data
        while (inner := part.get("options")) and inner[0]["type"] in (SUBCOMMAND, GROUP):
            part = inner[0]
            names.append(part["name"])
        return " ".join(names)

    def failed(self, now: float, rules: Rules) -> bool:
        """Say whether the person reads "The application did not respond"."""
        overdue = self.abandoned or now - self.created_at >= rules.ack_deadline
        return self.callback is None and overdue

    def acknowledge(self, callback: int, now: float, rules: Rules) -> Callback:
        """Take the one acknowledgement.

        Raises:
            ApiError: 40060 on the second, 10062 on a late one, 50035 on one that this kind does not allow.
        """
        if self.callback is not None:
            raise errors.already_acknowledged()
        if self.failed(now, rules):
            raise errors.unknown_interaction()
        allowed = ALLOWED[self.kind] - (set() if self.source else {Callback.UPDATE, Callback.DEFERRED_UPDATE})
        if callback not in allowed:
            choices = ", ".join(str(int(value)) for value in sorted(allowed))
            raise errors.invalid(("type",), "BASE_TYPE_CHOICES", f"Value must be one of {{{choices}}}.")
        return Callback(callback)

    def usable(self, now: float, rules: Rules) -> bool:
        """Say whether the token opens the webhook: acknowledged, and not expired."""
        return self.callback is not None and now - self.created_at < rules.token_life
