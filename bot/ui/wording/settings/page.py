"""`docs/settings.md`, made of the catalogue and of what the panel says."""

from collections.abc import Iterator

from bot.domain.settings.catalogue import SETTINGS, Group, Layer, Setting
from bot.ui.wording.settings import names
from bot.ui.wording.settings.values import holds, value

INTRODUCTION = """\
# Settings

`/settings` shows and changes what follows, for members with **Manage Server**.
This page is made from the settings' own descriptions: `bot/domain/settings/catalogue.py`
and `bot/ui/wording/settings/`.

A value holds for the **server**, or for a **category**, a **channel** or a **role** in it;
the later of these win, inside what the operator of the bot allows.
Of several roles of a member, the more generous number counts; else the value that was set last.
**Why?** in the panel says for a member which value came from where."""


def page() -> str:
    """Return the page, as Markdown."""
    return "\n".join([INTRODUCTION, *(line for group in Group for line in _group(group))]) + "\n"


def _group(group: Group) -> Iterator[str]:
    title, explanation = names.GROUPS[group]
    yield f"\n## {title}\n\n{explanation}\n"
    yield "| Setting | Name in exports | What it does | Takes | Unless set | Where |"
    yield "|---|---|---|---|---|---|"
    yield from (_row(setting) for setting in SETTINGS if setting.group is group)


def _row(setting: Setting) -> str:
    text = names.SETTINGS[setting.name]
    layers = ", ".join(names.LAYERS[layer] for layer in Layer if layer in setting.layers)
    takes, default = holds(setting).replace("*", "`*`"), value(setting.name, setting.default)
    return f"| {text.label} | `{setting.name}` | {text.explanation} | {takes} | {default} | {layers} |"
