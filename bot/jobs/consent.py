"""The rules of use: who has accepted them, where the operator has set any."""

from collections.abc import Callable

from bot.domain.errors import RulesNotAccepted
from bot.ports import PrivacyStore


class Consent:
    """Knows who has accepted the rules of use.

    Args:
        store: Keeps it.
        rules_url: Where the rules stand; empty where there are none, and then nobody is asked.
        clock: Returns Unix time in seconds.

    Attributes:
        rules_url: As above.
    """

    def __init__(self, store: PrivacyStore, rules_url: str, clock: Callable[[], float]) -> None:
        self._store = store
        self.rules_url = rules_url
        self._clock = clock

    async def check(self, user_id: int) -> None:
        """Check that a user may go on.

        Raises:
            RulesNotAccepted: They have to accept the rules first.
        """
        if self.rules_url and not await self._store.accepted(user_id):
            raise RulesNotAccepted

    async def accept(self, user_id: int) -> None:
        """Note that a user has accepted the rules."""
        await self._store.accept(user_id, self._clock())
