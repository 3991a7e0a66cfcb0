"""Settings, values and places to draw from."""

from typing import Any

from hypothesis import strategies as st

from bot.domain.settings.catalogue import SETTINGS, Layer, Setting
from bot.domain.settings.history import Key
from bot.domain.settings.kinds import Choice, Choices, Flag, Ids, Kind, Lines, Number, Text, Value
from bot.domain.settings.layers import SERVER, Target

IDS = st.integers(1, 2**62)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def values(kind: Kind) -> st.SearchStrategy[Any]:  # noqa: PLR0911  # one for each kind
    """Values that a kind holds."""
    match kind:
        case Flag():
            return st.booleans()
        case Number(is_whole=True):
            return st.integers(int(kind.minimum), int(kind.maximum))
        case Number():
            return st.floats(kind.minimum, kind.maximum)
        case Choice(names):
            return st.sampled_from(names)
        case Choices(names):
            return st.lists(st.sampled_from(names), unique=True).map(tuple)
        case Text(maximum):
            return TEXT.map(lambda text: text[:maximum])
        case Lines():
            return st.lists(TEXT.filter(bool), max_size=5, unique=True).map(tuple)
        case Ids(_, most):
            return st.lists(IDS.map(str), max_size=min(most, 3), unique=True).map(tuple)


def targets(setting: Setting) -> st.SearchStrategy[Target]:
    """Places where a setting may be set."""
    layers = st.sampled_from(sorted(setting.layers, key=lambda layer: layer.value))
    return layers.flatmap(
        lambda layer: st.just(SERVER) if layer is Layer.SERVER else IDS.map(lambda id_: Target(layer, id_))
    )


@st.composite
def entries(draw: st.DrawFn) -> tuple[Key, Value]:
    """A value of some setting at some place."""
    setting = draw(st.sampled_from(SETTINGS))
    return (draw(targets(setting)), setting.name), draw(values(setting.kind))


STATES = st.lists(entries(), max_size=6).map(dict)
