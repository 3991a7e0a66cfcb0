"""A server's settings, applied to what a member wishes: what is filled in, and what is refused."""

from dataclasses import dataclass, replace

from bot.domain.aspect_ratio import AspectRatio
from bot.domain.errors import (
    AboveMaximum,
    AgeRestrictedOnly,
    ChannelClosed,
    OptionClosed,
    Paused,
    RoleMissing,
)
from bot.domain.limits import Limits, Range
from bot.domain.settings.here import Here
from bot.domain.settings.kinds import Value
from bot.domain.settings.layers import Effective
from bot.domain.styles import Style
from bot.domain.wish import FurnishedWish, Wish

_MAXIMA = {
    "width": "max_width",
    "height": "max_height",
    "steps": "max_steps",
    "guidance_scale": "max_guidance_scale",
    "count": "max_count",
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds where somebody asks, read by name.

    Attributes:
        effective: Every setting.
    """

    effective: Effective

    def value(self, name: str) -> Value | None:
        """Return a setting's value."""
        return self.effective[name].value

    def flag(self, name: str) -> bool:
        """Return whether a flag is on."""
        return self.value(name) is True

    def text(self, name: str) -> str:
        """Return a text; empty for none."""
        value = self.value(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> float | None:
        """Return a number; None for none."""
        value = self.value(name)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def whole(self, name: str) -> int | None:
        """Return an integer; None for none."""
        number = self.number(name)
        return None if number is None else int(number)

    def names(self, name: str) -> tuple[str, ...]:
        """Return a list."""
        value = self.value(name)
        return value if isinstance(value, tuple) else ()

    def ids(self, name: str) -> tuple[int, ...]:
        """Return a list of ids."""
        return tuple(map(int, self.names(name)))


def public_language(rules: Rules, server_locale: str, locale: str) -> str:
    """Return the language of texts that everybody at a place sees, as Discord names it.

    Args:
        rules: What holds there.
        server_locale: The server's own; empty where there is no server.
        locale: That of the user's client, who alone reads them then.
    """
    return rules.text("language") or server_locale or locale


def check_place(rules: Rules, here: Here) -> None:
    """Check that a member may draw at a place at all.

    Raises:
        HouseRule: In one of its leaves; they may not.
    """
    if rules.flag("paused"):
        raise Paused(rules.text("pause_text"))
    channels = rules.ids("allowed_channels")
    if channels and not {here.channel_id, here.category_id} & set(channels):
        raise ChannelClosed(channels)
    roles = rules.ids("allowed_roles")
    if roles and not here.role_ids & set(roles):
        raise RoleMissing(roles)
    if rules.flag("age_restricted_only") and not here.is_age_restricted:
        raise AgeRestrictedOnly(for_words=False)


def furnish(
    wish: Wish, rules: Rules, style: Style | None, copied: frozenset[str] = frozenset()
) -> FurnishedWish:
    """Return a wish with everything that its user left open.

    What the user gave comes first, then the style, then what moderators set.

    Args:
        wish: What the user gave.
        rules: What holds there.
        style: The style chosen, or the one that moderators set; None for none.
        copied: The options that the wish has from an earlier picture, unchanged; they are no choice.

    Raises:
        OptionClosed: The user chose what they may not.
        AboveMaximum: A number is too great.
    """
    for option in rules.names("closed_options"):
        if option not in copied and _is_given(wish, option):
            raise OptionClosed(option)
    if wish.private and rules.text("privacy") == "always_public":
        raise OptionClosed("private")
    for option, maximum in _MAXIMA.items():
        value, most = getattr(wish, option), rules.number(maximum)
        if value is not None and most is not None and value > most:
            raise AboveMaximum(option, value, most)
    negative = wish.negative_prompt or rules.text("negative_prompt")
    avoided = [style.avoid(negative) if style else negative]
    if f", {rules.text('always_negative')}," not in f", {avoided[0]},":  # an earlier picture's has it already
        avoided.append(rules.text("always_negative"))
    sizes = (wish.aspect_ratio, wish.width, wish.height, style and style.aspect_ratio)
    is_sized = any(size is not None for size in sizes)
    return FurnishedWish(
        prompts=tuple(style.dress(prompt) for prompt in wish.prompts) if style else wish.prompts,
        negative_prompt=", ".join(part for part in avoided if part),
        aspect_ratio=wish.aspect_ratio or _ratio(rules, style),
        width=wish.width if is_sized else rules.whole("width"),
        height=wish.height if is_sized else rules.whole("height"),
        guidance_scale=_number("guidance_scale", wish.guidance_scale, style, rules),
        steps=int(_number("steps", wish.steps, style, rules)),
        count=int(_number("count", wish.count, style, rules)),
        seed=wish.seed,
        model=wish.model or rules.text("model"),
        private=_is_private(wish, rules.text("privacy")),
        spoiler=rules.flag("spoiler") if wish.spoiler is None else wish.spoiler,
    )


def bounded(limits: Limits, rules: Rules) -> Limits:
    """Return a provider's limits, with the sizes that moderators allow."""
    width, height = rules.number("max_width"), rules.number("max_height")
    return replace(limits, width=_below(limits.width, width), height=_below(limits.height, height))


def _is_given(wish: Wish, option: str) -> bool:
    return getattr(wish, option) not in {None, ""}


def _ratio(rules: Rules, style: Style | None) -> AspectRatio:
    return AspectRatio.parse((style.aspect_ratio if style else None) or rules.text("aspect_ratio"))


def _number(option: str, given: float | None, style: Style | None, rules: Rules) -> float:
    """Return what was given, else what the style or the moderators say, no more than the maximum."""
    if given is not None:
        return given
    styled: float | None = getattr(style, option, None)
    wanted = rules.number(option) if styled is None else styled
    most = rules.number(_MAXIMA[option])
    return min(value for value in (wanted, most) if value is not None)


def _is_private(wish: Wish, privacy: str) -> bool:
    if privacy.startswith("always"):
        return privacy == "always_private"
    return privacy == "private" if wish.private is None else wish.private


def _below(range_: Range, maximum: float | None) -> Range:
    return (
        range_
        if maximum is None
        else Range(range_.minimum, max(range_.minimum, min(range_.maximum, maximum)))
    )
