"""Every setting there is: what it holds, what it is without anybody's doing, and where it may be set.

Its name is its name in exports too, so none ever changes its meaning; its label and its explanation are
`bot.ui.wording.settings`'.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from bot.domain.aspect_ratio import AspectRatio
from bot.domain.job import MAX_COUNT
from bot.domain.limits import DOCUMENTED
from bot.domain.request import DEFAULT_GUIDANCE_SCALE, DEFAULT_STEPS, MAX_PROMPT
from bot.domain.settings.kinds import Choice, Choices, Flag, Ids, Kind, Lines, Number, Text, Value


class Layer(Enum):
    """Where a setting may be set; later ones win."""

    SERVER = "server"
    CATEGORY = "category"
    CHANNEL = "channel"
    ROLE = "role"


class Group(Enum):
    """The pages of the panel."""

    DEFAULTS = "defaults"
    MAXIMA = "maxima"
    ACCESS = "access"
    LIMITS = "limits"
    WORDS = "words"
    MODERATION = "moderation"


class Generous(Enum):
    """Which of two numbers allows more; so a ceiling, and one of a user's roles, is chosen."""

    MORE = "more"
    LESS = "less"


ALL = frozenset(Layer)
PLACES = ALL - {Layer.ROLE}
SERVER = frozenset({Layer.SERVER})

# What a member may give to /imagine beside the prompt.
OPTIONS = (
    "negative_prompt",
    "aspect_ratio",
    "width",
    "height",
    "guidance_scale",
    "steps",
    "seed",
    "model",
    "style",
    "count",
    "private",
    "spoiler",
)
PRIVACY = ("public", "private", "always_public", "always_private")
LANGUAGES = ("", "en-US", "de")  # those with a catalogue, as Discord names them; empty: the server's own
HIDE = ("spoiler", "remove")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The description of one setting.

    Attributes:
        name: Its name in the store and in exports.
        group: Its page in the panel.
        kind: What it holds.
        default: What it is when nobody sets it; None for nothing.
        layers: Where it may be set.
        generous: For numbers that are bounded by the operator's: which of two allows more.
    """

    name: str
    group: Group
    kind: Kind
    default: Value | None = None
    layers: frozenset[Layer] = ALL
    generous: Generous | None = None


_WORDS = Lines(most=5000, maximum=100)
_DAILY = Number(minimum=1, maximum=1_000_000)


def _sides(name: str) -> Number:
    limit = getattr(DOCUMENTED, name)
    return Number(minimum=limit.minimum, maximum=limit.maximum)


SETTINGS: tuple[Setting, ...] = (
    # what is drawn when the member does not say
    Setting(name="model", group=Group.DEFAULTS, kind=Text(100), default=""),
    Setting(name="style", group=Group.DEFAULTS, kind=Text(32), default=""),
    Setting(
        name="aspect_ratio",
        group=Group.DEFAULTS,
        kind=Choice(tuple(ratio.value for ratio in AspectRatio)),
        default=AspectRatio.SQUARE.value,
    ),
    Setting(name="width", group=Group.DEFAULTS, kind=_sides("width")),
    Setting(name="height", group=Group.DEFAULTS, kind=_sides("height")),
    Setting(
        name="guidance_scale",
        group=Group.DEFAULTS,
        kind=Number(minimum=0, maximum=DOCUMENTED.guidance_scale.maximum, is_whole=False),
        default=DEFAULT_GUIDANCE_SCALE,
    ),
    Setting(
        name="steps",
        group=Group.DEFAULTS,
        kind=Number(minimum=1, maximum=DOCUMENTED.steps.maximum),
        default=DEFAULT_STEPS,
    ),
    Setting(name="count", group=Group.DEFAULTS, kind=Number(minimum=1, maximum=MAX_COUNT), default=1),
    Setting(name="negative_prompt", group=Group.DEFAULTS, kind=Text(MAX_PROMPT), default=""),
    Setting(name="always_negative", group=Group.DEFAULTS, kind=Text(MAX_PROMPT // 2), default=""),
    Setting(name="privacy", group=Group.DEFAULTS, kind=Choice(PRIVACY), default=PRIVACY[0]),
    Setting(name="spoiler", group=Group.DEFAULTS, kind=Flag(), default=False),
    Setting(name="previews", group=Group.DEFAULTS, kind=Flag(), default=True, layers=PLACES),
    Setting(name="language", group=Group.DEFAULTS, kind=Choice(LANGUAGES), default="", layers=PLACES),
    # the most that a member may ask for
    Setting(name="max_width", group=Group.MAXIMA, kind=_sides("width"), generous=Generous.MORE),
    Setting(name="max_height", group=Group.MAXIMA, kind=_sides("height"), generous=Generous.MORE),
    Setting(
        name="max_steps",
        group=Group.MAXIMA,
        kind=Number(minimum=1, maximum=DOCUMENTED.steps.maximum),
        generous=Generous.MORE,
    ),
    Setting(
        name="max_guidance_scale",
        group=Group.MAXIMA,
        kind=Number(minimum=0, maximum=DOCUMENTED.guidance_scale.maximum, is_whole=False),
        generous=Generous.MORE,
    ),
    Setting(
        name="max_count",
        group=Group.MAXIMA,
        kind=Number(minimum=1, maximum=MAX_COUNT),
        generous=Generous.MORE,
    ),
    # who may draw, where, with what
    Setting(name="closed_options", group=Group.ACCESS, kind=Choices(OPTIONS), default=()),
    Setting(name="allowed_channels", group=Group.ACCESS, kind=Ids("channel"), default=(), layers=SERVER),
    Setting(name="allowed_roles", group=Group.ACCESS, kind=Ids("role"), default=(), layers=PLACES),
    Setting(name="age_restricted_only", group=Group.ACCESS, kind=Flag(), default=False, layers=PLACES),
    Setting(name="paused", group=Group.ACCESS, kind=Flag(), default=False, layers=PLACES),
    Setting(name="pause_text", group=Group.ACCESS, kind=Text(300), default="", layers=PLACES),
    # how much; within the operator's own limits
    Setting(
        name="user_at_once",
        group=Group.LIMITS,
        kind=Number(minimum=1, maximum=100),
        generous=Generous.MORE,
    ),
    Setting(
        name="user_burst", group=Group.LIMITS, kind=Number(minimum=1, maximum=1000), generous=Generous.MORE
    ),
    Setting(
        name="user_cooldown",
        group=Group.LIMITS,
        kind=Number(minimum=0, maximum=86400),
        generous=Generous.LESS,
    ),
    Setting(name="user_daily", group=Group.LIMITS, kind=_DAILY, generous=Generous.MORE),
    Setting(name="channel_daily", group=Group.LIMITS, kind=_DAILY, layers=PLACES, generous=Generous.MORE),
    Setting(name="server_daily", group=Group.LIMITS, kind=_DAILY, layers=SERVER, generous=Generous.MORE),
    # words and phrases in prompts
    Setting(name="blocked_words", group=Group.WORDS, kind=_WORDS, default=()),
    Setting(name="mature_words", group=Group.WORDS, kind=_WORDS, default=()),
    Setting(name="warned_words", group=Group.WORDS, kind=_WORDS, default=()),
    Setting(name="reviewed_words", group=Group.WORDS, kind=_WORDS, default=()),
    Setting(name="allowed_words", group=Group.WORDS, kind=_WORDS, default=()),
    # reports, the log, and what is kept
    Setting(name="log_channel", group=Group.MODERATION, kind=Ids("channel", 1), default=(), layers=SERVER),
    Setting(name="report_channel", group=Group.MODERATION, kind=Ids("channel", 1), default=(), layers=SERVER),
    Setting(
        name="reports_to_hide",
        group=Group.MODERATION,
        kind=Number(minimum=0, maximum=25),
        default=0,
        layers=SERVER,
    ),
    Setting(name="hide_by", group=Group.MODERATION, kind=Choice(HIDE), default=HIDE[0], layers=SERVER),
    Setting(
        name="retention_days",
        group=Group.MODERATION,
        kind=Number(minimum=0, maximum=3650),
        default=0,
        layers=SERVER,
    ),
)

BY_NAME: Mapping[str, Setting] = MappingProxyType({setting.name: setting for setting in SETTINGS})
