"""What the panel remembers, in the custom_ids of its own controls: nothing of it is kept anywhere else.

The longest key has 61 characters: ids and the revision are hexadecimal.
"""

import re
from dataclasses import dataclass, replace
from typing import Self

from bot.domain.errors import ControlUnknown
from bot.domain.settings.catalogue import Group, Layer
from bot.domain.settings.layers import SERVER, Spot, Target

_LETTERS = {"s": Layer.SERVER, "g": Layer.CATEGORY, "c": Layer.CHANNEL, "r": Layer.ROLE}
_HEX = "[0-9a-f]{1,16}"
_KEY = re.compile(
    rf"(?P<layer>[sgcr])-(?P<id>{_HEX})-(?P<category>{_HEX})-(?P<revision>[0-9a-f]{{1,8}})-(?P<topic>[a-z0-9_]+)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Where in the panel somebody is, and what they have seen.

    Attributes:
        target: Whose values are shown.
        category_id: The category of a channel; None for none, or where Discord does not say.
        revision: The server's revision that is shown.
        topic: A page, a setting, or what shall be applied; lower-case letters, digits and `_`.
    """

    target: Target = SERVER
    category_id: int | None = None
    revision: int = 0
    topic: str = Group.DEFAULTS.value

    def about(self, topic: str) -> Self:
        """Return the same place with another topic."""
        return replace(self, topic=topic)

    @property
    def spot(self) -> Spot:
        """Who and where the values are asked for that are shown."""
        match self.target.layer:
            case Layer.SERVER:
                return Spot(channel_id=0)
            case Layer.CATEGORY:
                return Spot(channel_id=0, category_id=self.target.id)
            case Layer.CHANNEL:
                return Spot(channel_id=self.target.id, category_id=self.category_id)
            case Layer.ROLE:
                return Spot(channel_id=0, role_ids=frozenset({self.target.id}))

    def __str__(self) -> str:
        letter = next(letter for letter, layer in _LETTERS.items() if layer is self.target.layer)
        return f"{letter}-{self.target.id:x}-{self.category_id or 0:x}-{self.revision:x}-{self.topic}"


def read(key: str) -> Seen:
    """Return what a key says.

    Raises:
        ControlUnknown: Somebody made it themselves.
    """
    found = _KEY.fullmatch(key)
    if found is None:
        raise ControlUnknown
    target = Target(_LETTERS[found["layer"]], int(found["id"], 16))
    if (target.layer is Layer.SERVER) != (target.id == 0):
        raise ControlUnknown
    return Seen(
        target=target,
        category_id=int(found["category"], 16) or None,
        revision=int(found["revision"], 16),
        topic=found["topic"],
    )
