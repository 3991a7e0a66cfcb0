"""A place, as settings know it."""

from dataclasses import dataclass

from bot.domain.settings.layers import Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What Discord says of a place.

    Attributes:
        channel_id: The channel; of a thread, its parent.
        category_id: The channel's category; None for none, or where Discord does not say.
        is_age_restricted: Whether Discord marks it; a thread takes its parent's mark.
        role_ids: The member's roles.
    """

    channel_id: int
    category_id: int | None = None
    is_age_restricted: bool = False
    role_ids: frozenset[int] = frozenset()

    @property
    def spot(self) -> Spot:
        """Where settings are asked for."""
        return Spot(channel_id=self.channel_id, category_id=self.category_id, role_ids=self.role_ids)
