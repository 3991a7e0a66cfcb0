"""The settings of a place, cut into pages that Discord's forty components have room for."""

from dataclasses import dataclass

from bot.domain.errors import ControlUnknown
from bot.domain.settings.catalogue import BY_NAME, SETTINGS, Group, Layer, Setting
from bot.ui.wording.settings.names import group_title

MOST = 7  # settings of a page; with all menus and buttons, that is 35 components


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some settings of one group.

    Attributes:
        group: The group.
        part: Which part of it, from 0.
        parts: How many it has.
        settings: They.
    """

    group: Group
    part: int
    parts: int
    settings: tuple[Setting, ...]

    @property
    def key(self) -> str:
        """Its name in custom_ids and menus."""
        return f"{self.group.value}_{self.part}"

    @property
    def title(self) -> str:
        """Its name, as people read it."""
        return group_title(self.group, self.part, self.parts)


def pages(layer: Layer) -> list[Page]:
    """Return the pages of a layer; those without any setting of it are not there."""
    return [page for group in Group for page in _parts(group, layer)]


def page_of(topic: str, layer: Layer) -> Page:
    """Return the page that a topic names, by itself or by one of its settings; else the first."""
    known = pages(layer)
    setting = BY_NAME.get(topic)
    return next(
        (page for page in known if topic == page.key or (setting is not None and setting in page.settings)),
        known[0],
    )


def setting_of(topic: str) -> Setting:
    """Return the setting that a topic names.

    Raises:
        ControlUnknown: It names none.
    """
    if topic not in BY_NAME:
        raise ControlUnknown
    return BY_NAME[topic]


def _parts(group: Group, layer: Layer) -> list[Page]:
    settings = [one for one in SETTINGS if one.group is group and layer in one.layers]
    cut = [tuple(settings[start : start + MOST]) for start in range(0, len(settings), MOST)]
    return [
        Page(group=group, part=part, parts=len(cut), settings=settings) for part, settings in enumerate(cut)
    ]
