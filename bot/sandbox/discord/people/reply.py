"""What a person sees come back: the message as it changes, a form, or "The application did not respond"."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import NamedTuple, TypeAlias

from bot.sandbox.discord.core import Core
from bot.sandbox.discord.interaction import Interaction
from bot.sandbox.discord.model import Snapshot
from bot.sandbox.discord.wire import Json

Download: TypeAlias = Callable[[str], Awaitable[bytes]]


class ReceivedFile(NamedTuple):
    """A file as the person downloads it; `description` is its alternative text."""

    filename: str
    data: bytes
    description: str | None


@dataclass(frozen=True, slots=True)
class Form:
    """A modal on somebody's screen.

    Attributes:
        interaction: What opened it.
        payload: `custom_id`, `title` and `components`.
    """

    interaction: Interaction
    payload: Json


class Reply:
    """The answer to one action, seen by the person who acted.

    Args:
        core: Where it happens.
        interaction: The action.
        download: Fetches a file.
        skipped: States that the message, when it was there before, had before the action.

    Attributes:
        interaction: The action.
    """

    def __init__(self, core: Core, interaction: Interaction, download: Download, *, skipped: int = 0) -> None:
        self.interaction = interaction
        self._core = core
        self._download = download
        self._skipped = skipped

    @property
    def failed(self) -> bool:
        """Whether the person reads "The application did not respond"."""
        return self.interaction.failed(self._core.clock(), self._core.rules)

    @property
    def message(self) -> Json | None:
        """The message as it is now; None before it is there, and when it was deleted."""
        original = self.interaction.original
        return None if original is None or original.deleted else self._core.render(original)

    @property
    def history(self) -> list[Snapshot]:
        """Every state of the message since the person acted, oldest first, with its time."""
        original = self.interaction.original
        skipped = self._skipped if original is self.interaction.source else 0
        return original.history[skipped:] if original else []

    @property
    def followups(self) -> list[Json]:
        """The further messages that are still there."""
        return [self._core.render(one) for one in self.interaction.followups if not one.deleted]

    @property
    def modal(self) -> Form | None:
        """The form that opened, if one did."""
        return Form(self.interaction, self.interaction.modal) if self.interaction.modal else None

    async def changes(self) -> AsyncGenerator[Json, None]:
        """Yield each state of the message, from the first; end when it is deleted or nobody answers."""
        for number in count():
            state = await self._core.bell.until(partial(self._state, number))
            if state.payload is None:
                return
            yield state.payload

    def _state(self, number: int) -> Snapshot | None:
        if len(self.history) > number:
            return self.history[number]
        return Snapshot(self._core.clock(), None) if self.failed else None

    async def until(self, wanted: Callable[[Json], object], timeout: float = 10) -> Json:  # noqa: ASYNC109
        """Return the message's first state that is wanted: one that was, is, or comes.

        Args:
            wanted: Called with each state.
            timeout: Seconds.

        Raises:
            TimeoutError: It did not come, or never can because the application did not respond.
        """
        try:
            found = await self._core.bell.until(lambda: self._first(wanted), timeout)
        except TimeoutError:
            raise TimeoutError(f"not in {timeout} s; last seen: {self.message}") from None
        if found.payload is None:
            raise TimeoutError("The application did not respond")
        return found.payload

    def _first(self, wanted: Callable[[Json], object]) -> Snapshot | None:
        for state in self.history:
            if state.payload and wanted(state.payload):
                return state
        return Snapshot(self._core.clock(), None) if self.failed else None

    async def until_followup(self, wanted: Callable[[Json], object], timeout: float = 10) -> Json:  # noqa: ASYNC109
        """Return the first follow-up that is wanted, now or within `timeout` seconds.

        Raises:
            TimeoutError: None came.
        """

        def look() -> Json | None:
            return next((one for one in self.followups if wanted(one)), None)

        return await self._core.bell.until(look, timeout)

    async def files(self) -> list[ReceivedFile]:
        """Download what is attached to the message now."""
        attached = (self.message or {}).get("attachments") or []
        return [
            ReceivedFile(one["filename"], await self._download(one["url"]), one.get("description"))
            for one in attached
        ]
