"""What the panel of `/settings` says, and its forms."""

from bot.domain.settings.catalogue import BY_NAME, Setting
from bot.domain.settings.kinds import Value
from bot.domain.settings.layers import Given, Target
from bot.ui.wording.settings.names import SETTINGS, where
from bot.ui.wording.settings.values import value

COMMAND = "What the bot does in this server, channel by channel and role by role"

PAGES = "Another page"
PLACES = "Where"
HERE_SERVER = "This server"
HERE_CHANNEL = "This channel"
HERE_CATEGORY = "This channel's category"
OTHER_CHANNEL = "Another channel or category…"
ROLE = "A role…"
WHICH_CHANNEL = "**Which channel or category?**"
WHICH_ROLE = "**Which role?**"
RESET = "Take a value of this place away"
NOTHING_HERE = "Nothing can be set for this place."

EDIT = "Edit"
TURN_ON = "Turn on"
TURN_OFF = "Turn off"
WHY = "Why?"
HISTORY = "History"
EXPORT = "Export"
IMPORT = "Import"
TEST = "Test a prompt"
BACK = "Back"
FRESH = "Show the settings as they are now"

LINES = "One word or phrase a line"
ADD = "Add, one a line"
TAKE = "Take away, one a line"
FILE = "Or a text file in place of the list"
FILE_HINT = "One word or phrase a line; it replaces everything that is there."

TEST_PROMPT = "Prompt"
TEST_HINT = "It is held against the words that count in this channel, and not drawn."


def heading(target: Target) -> str:
    """Return for which place the panel is."""
    return f"## Settings of {where(target)}"


def about(text: str, target: Target) -> str:
    """Return what a page is about, and what values of a place do."""
    more = "" if not target.id else " What is not set here comes from what is around it."
    return f"-# {text}{more}"


def entry(setting: Setting, given: Given, own: Value | None, target: Target) -> str:
    """Return a setting with its value, and where the value comes from.

    Args:
        setting: It.
        given: What holds at the place.
        own: What is set at the place itself; None for nothing.
        target: The place.
    """
    text = SETTINGS[setting.name]
    origin = "Set here." if own is not None and given.source == target else source(setting.name, given)
    return "\n".join(
        (
            f"**{text.label}**: {value(setting.name, given.value)}",
            f"-# {text.explanation} {origin}{_made_less(setting.name, given)}",
        )
    )


def source(name: str, given: Given) -> str:
    """Return where a value comes from, as a sentence."""
    if given.source is not None:
        return f"From {where(given.source)}."
    return "The bot's own." if given.value == BY_NAME[name].default else "The operator's limit."


def _made_less(name: str, given: Given) -> str:
    if given.asked is None:
        return ""
    return f" {value(name, given.asked)} was asked for; the operator allows no more."
