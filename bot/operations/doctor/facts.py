"""What the doctor sees, before anybody has judged it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, TypeAlias

from bot.domain.errors import ProviderError, StoreDriverMissing, StoreFailed, TokenRefused
from bot.domain.limits import Limits
from bot.domain.revisions import Revisions

Command: TypeAlias = Mapping[str, Any]  # as Discord's API has it


class NoDiscord(Enum):
    """Why nothing is known of the application."""

    TOKEN_REFUSED = auto()
    UNREACHABLE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """The application as Discord knows it.

    Attributes:
        id: Its id, which is its bot's, too.
        name: Its name.
        public_key: 64 hexadecimal digits.
        endpoint: Where Discord posts interactions; None for the gateway.
        commands: Its commands for everybody.
        permissions: The bits of what its bot may do in servers, one number a server; at most 200 of them.
        skew: Seconds that this machine's clock is ahead of Discord's.
    """

    id: int
    name: str
    public_key: str
    endpoint: str | None
    commands: Sequence[Command]
    permissions: Sequence[int]
    skew: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One of the operator's Hugging Face accounts.

    Attributes:
        credential: Its name in the log, which tells nothing of the token.
        is_anonymous: Whether it is the address of this machine.
        left: GPU seconds; None if nobody says; an error if it is not known whether there is an account.
    """

    credential: str
    is_anonymous: bool = False
    left: float | TokenRefused | ProviderError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that the doctor sees.

    Attributes:
        discord: The application, or why nothing is known of it.
        commands: Those that this version registers.
        public_key: The operator's `DISCORD_PUBLIC_KEY`; empty for none.
        takes_posts: Whether interactions are to come over HTTP.
        space: What it draws, or why nobody knows.
        accounts: One or more.
        store: The revisions of the database, or why it cannot be used.
    """

    discord: Application | NoDiscord
    commands: Sequence[Command]
    public_key: str = field(default="")
    takes_posts: bool = False
    space: Limits | ProviderError
    accounts: Sequence[Account]
    store: Revisions | StoreFailed | StoreDriverMissing
