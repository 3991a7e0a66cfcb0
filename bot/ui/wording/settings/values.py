"""A setting's value in words, and what values it takes."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.aspect_ratio import AspectRatio
from bot.domain.settings.catalogue import BY_NAME, Setting
from bot.domain.settings.kinds import Choice, Choices, Flag, Ids, Lines, Number, Text, Value
from bot.ui.wording.commands import ratio
from bot.ui.wording.language import N_, _, speaking
from bot.ui.wording.quoting import cut, quote

MAX_VALUE = 150  # characters
MAX_HINT = 100  # characters; Discord takes no more beside a form's field

_UNITS = {
    "width": N_("{number} pixels"),
    "height": N_("{number} pixels"),
    "max_width": N_("{number} pixels"),
    "max_height": N_("{number} pixels"),
    "user_cooldown": N_("{number} seconds"),
    "retention_days": N_("{number} days"),
}
_SPECIAL: Mapping[tuple[str, Value | None], str] = MappingProxyType(
    {
        ("model", ""): N_("the bot's own"),
        ("user_cooldown", None): N_("none"),
        ("allowed_channels", ()): N_("everywhere"),
        ("allowed_roles", ()): N_("everyone"),
        ("reports_to_hide", 0): N_("never"),
        ("retention_days", 0): N_("without end"),
        ("language", ""): N_("the server's own"),
        ("privacy", "public"): N_("everybody"),
        ("privacy", "private"): N_("only who asked"),
        ("privacy", "always_public"): N_("always everybody"),
        ("privacy", "always_private"): N_("always only who asked"),
        ("hide_by", "spoiler"): N_("hidden as a spoiler"),
        ("hide_by", "remove"): N_("removed"),
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
        return _(_SPECIAL[name, held])
    if held is None:
        return _("not set") if setting.generous is None else _("no limit")
    match held:
        case bool():
            return _("on") if held else _("off")
        case int() | float():
            return _measured(name, f"{held:.10g}")
        case str():
            return _text(setting, held, limit)
        case _:
            return _listed([_one(setting, one, limit) for one in held], limit)


def choice(name: str, one: str) -> str:
    """Return one of a setting's choices, for a menu."""
    if (name, one) in _SPECIAL:
        return _(_SPECIAL[name, one])
    if name == "language":
        return _own_name(one)
    return ratio(AspectRatio.parse(one)) if name == "aspect_ratio" else one


def holds(setting: Setting) -> str:
    """Return which values a setting takes, up to 100 characters."""
    match setting.kind:
        case Number(minimum=least, maximum=most, is_whole=is_whole):
            span = _("{least} to {most}").format(least=f"{least:.10g}", most=f"{most:.10g}")
            measured = _measured(setting.name, span)
            return measured if is_whole else measured + _(", also with a decimal point")
        case Text(maximum=most):
            return _("a text of up to {most} characters").format(most=most)
        case Lines(most=most, maximum=longest):
            text = _("up to {most} words or phrases of up to {longest} characters; * stands for any ending")
            return text.format(most=most, longest=longest)
        case Ids():
            return _picks(setting.kind)
        case Flag():
            return _("on or off")
        case Choice(names=known) | Choices(names=known):
            return _known([choice(setting.name, one) for one in known])


def _known(names: list[str]) -> str:
    """Return all names, if there is room for them."""
    whole = _("one of: {names}").format(names=", ".join(names))
    return whole if len(whole) <= MAX_HINT else _("some of {number} choices").format(number=len(names))


def _picks(kind: Ids) -> str:
    if kind.of == "role":
        return _("a role") if kind.most == 1 else _("up to {most} roles").format(most=kind.most)
    return _("a channel") if kind.most == 1 else _("up to {most} channels").format(most=kind.most)


def _measured(name: str, number: str) -> str:
    return _(_UNITS[name]).format(number=number) if name in _UNITS else number


def _own_name(locale: str) -> str:
    """Return what a language calls itself: each catalogue has its own name in the place of `English`."""
    with speaking(locale):
        # Translators: what your language calls itself
        return _("English")


def _text(setting: Setting, held: str, limit: int) -> str:
    if not held:
        return _("none")
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
        return _("none")
    shown = parts[:1]
    for part in parts[1:]:
        if len(", ".join([*shown, part])) > limit:
            break
        shown.append(part)
    more = len(parts) - len(shown)
    names = ", ".join(shown)
    return _("{names} and {number} more").format(names=names, number=more) if more else names
