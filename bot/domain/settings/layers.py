"""What holds for a member in a channel, and where each value comes from.

The operator's ceilings bound it; the server, its category, its channel and the member's roles set it, later
ones winning. Of several roles, the more generous number counts; else the role whose value was set last.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from bot.domain.errors import SettingNotAllowed, SettingUnknown, ValueNotAllowed
from bot.domain.settings.catalogue import BY_NAME, SETTINGS, Generous, Layer, Setting
from bot.domain.settings.kinds import Value

Ceilings: TypeAlias = Mapping[str, float]  # by a setting's name, the most generous number


@dataclass(frozen=True, slots=True)
class Target:
    """Where a value is set.

    Attributes:
        layer: The layer.
        id: The category, the channel or the role; 0 for the server.
    """

    layer: Layer
    id: int = 0


SERVER = Target(Layer.SERVER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A value as somebody set it.

    Attributes:
        target: Where.
        name: The setting.
        value: To what.
        revision: The server's revision in which it was set; later ones are greater.
    """

    target: Target
    name: str
    value: Value
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Who and where a value is asked for.

    Attributes:
        channel_id: The channel; of a thread, its parent.
        category_id: The channel's category; None for none, or where Discord does not say.
        role_ids: The member's roles.
    """

    channel_id: int
    category_id: int | None = None
    role_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A value that holds, and why.

    Attributes:
        value: It; None for nothing.
        source: Where it was set; None for the bot's own default.
        asked: What was set there, if the operator's ceiling made it less; else None.
    """

    value: Value | None
    source: Target | None = None
    asked: Value | None = None


Effective: TypeAlias = Mapping[str, Given]  # every setting, by name


def check(name: str, layer: Layer, value: Value | None) -> None:
    """Check that a setting may have a value in a layer; None takes the value away.

    Raises:
        SettingUnknown: There is no such setting.
        SettingNotAllowed: It is not one of this layer.
        ValueNotAllowed: It does not hold this.
    """
    setting = BY_NAME.get(name)
    if setting is None:
        raise SettingUnknown(name)
    if layer not in setting.layers:
        raise SettingNotAllowed(name, layer)
    if value is not None and not setting.kind.holds(value):
        raise ValueNotAllowed(name)


def resolve(stored: Iterable[Stored], spot: Spot, ceilings: Ceilings) -> Effective:
    """Return what holds at a spot.

    Args:
        stored: All values of a server.
        spot: Who and where.
        ceilings: The operator's.
    """
    by_name: dict[str, list[Stored]] = {}
    for one in stored:
        if _applies(one.target, spot):
            by_name.setdefault(one.name, []).append(one)
    return MappingProxyType(
        {
            setting.name: _bounded(setting, _winner(setting, by_name.get(setting.name, [])), ceilings)
            for setting in SETTINGS
        }
    )


def _applies(target: Target, spot: Spot) -> bool:
    match target.layer:
        case Layer.SERVER:
            return True
        case Layer.CATEGORY:
            return target.id == spot.category_id
        case Layer.CHANNEL:
            return target.id == spot.channel_id
        case Layer.ROLE:
            return target.id in spot.role_ids


def _winner(setting: Setting, values: list[Stored]) -> Stored | None:
    order = list(Layer)

    def rank(one: Stored) -> tuple[int, float, int]:
        return order.index(one.target.layer), _generosity(setting, one.value), one.revision

    return max(values, key=rank, default=None)


def _generosity(setting: Setting, value: Value) -> float:
    if setting.generous is None or isinstance(value, str | tuple):
        return 0.0
    return -value if setting.generous is Generous.LESS else value


def _bounded(setting: Setting, winner: Stored | None, ceilings: Ceilings) -> Given:
    value = setting.default if winner is None else winner.value
    source = None if winner is None else winner.target
    ceiling = ceilings.get(setting.name)
    if ceiling is None or setting.generous is None:
        return Given(value=value, source=source)
    if value is None:
        return Given(value=ceiling)
    if _generosity(setting, value) <= _generosity(setting, ceiling):
        return Given(value=value, source=source)
    return Given(value=ceiling, source=source, asked=value)
