"""A setting's value in words, and what values it takes."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.aspect_ratio import AspectRatio
from bot.domain.settings.catalogue import BY_NAME, Setting
from bot.domain.settings.kinds import Choice, Choices, Flag, Ids, Lines, Number, Text, Value
from bot.ui.wording.commands import ratio
from bot.ui.wording.quoting import cut, quote

MAX_VALUE = 150  # characters
MAX_HINT = 100  # characters; Discord takes no more beside a form's field

_UNITS = {
    "width": "pixels",
    "height": "pixels",
    "max_width": "pixels",
    "max_height": "pixels",
    "user_cooldown": "seconds",
    "retention_days": "days",
}
_SPECIAL: Mapping[tuple[str, Value | None], str] = MappingProxyType(
    {
        ("model", ""): "the bot's own",
        ("user_cooldown", None): "none",
        ("allowed_channels", ()): "everywhere",
        ("allowed_roles", ()): "everyone",
        ("reports_to_hide", 0): "never",
        ("retention_days", 0): "without end",
        ("language", ""): "that of who asks",
        ("language", "en-US"): "English",
        ("privacy", "public"): "everybody",
        ("privacy", "private"): "only who asked",
        ("privacy", "always_public"): "always everybody",
        ("privacy", "always_private"): "always only who asked",
        ("hide_by", "spoiler"): "hidden as a spoiler",
        ("hide_by", "remove"): "removed",
    }
)


def value(name: str, held: Value | None, limit: int = MAX_VALUE) -> str:
    """Return a value in words, with no markup of anybody's in it working.

    Args:
        name: The setting.
        held: Its value; None for nothing.
        limit: Characters of a text or a list that are shown; the rest is counted or cut.
    """
    setting = BY_NAME[name]
    if (name, held) in _SPECIAL:
        return _SPECIAL[name, held]
    if held is None:
        return "not set" if setting.generous is None else "no limit"
    match held:
        case bool():
            return "on" if held else "off"
        case int() | float():
            return f"{held:.10g} {_UNITS[name]}" if name in _UNITS else f"{held:.10g}"
        case str():
            return _text(setting, held, limit)
        case _:
            return _listed([_one(setting, one, limit) for one in held], limit)


def choice(name: str, one: str) -> str:
    """Return one of a setting's choices, for a menu."""
    if (name, one) in _SPECIAL:
        return _SPECIAL[name, one]
    return ratio(AspectRatio.parse(one)) if name == "aspect_ratio" else one


def holds(setting: Setting) -> str:
    """Return which values a setting takes, up to 100 characters."""
    match setting.kind:
        case Number(minimum=least, maximum=most, is_whole=is_whole):
            unit = f" {_UNITS[setting.name]}" if setting.name in _UNITS else ""
            return f"{least:.10g} to {most:.10g}{unit}{'' if is_whole else ', also with a decimal point'}"
        case Text(maximum=most):
            return f"a text of up to {most} characters"
        case Lines(most=most, maximum=longest):
            return f"up to {most} words or phrases of up to {longest} characters; * stands for any ending"
        case Ids(of=of, most=most):
            return f"a {of}" if most == 1 else f"up to {most} {of}s"
        case Flag():
            return "on or off"
        case Choice(names=known) | Choices(names=known):
            return _known([choice(setting.name, one) for one in known])


def _known(names: list[str]) -> str:
    """Return all names, if there is room for them."""
    whole = f"one of: {', '.join(names)}"
    return whole if len(whole) <= MAX_HINT else f"some of {len(names)} choices"


def _text(setting: Setting, held: str, limit: int) -> str:
    if not held:
        return "none"
    return choice(setting.name, held) if isinstance(setting.kind, Choice) else quote(cut(held, limit))


def _one(setting: Setting, one: str, limit: int) -> str:
    match setting.kind:
        case Ids(of="role"):
            return f"<@&{one}>"
        case Ids():
            return f"<#{one}>"
        case _:
            return quote(cut(one, limit))


def _listed(parts: list[str], limit: int) -> str:
    """Return as many parts as fit, one at least, and how many more there are."""
    if not parts:
        return "none"
    shown = parts[:1]
    for part in parts[1:]:
        if len(", ".join([*shown, part])) > limit:
            break
        shown.append(part)
    more = len(parts) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
