"""What the panel of `/settings` says, and its forms."""

from bot.domain.settings.catalogue import BY_NAME, Setting
from bot.domain.settings.kinds import Value
from bot.domain.settings.layers import Given, Target
from bot.ui.wording.language import N_, _
from bot.ui.wording.settings.names import SETTINGS, where
from bot.ui.wording.settings.values import value

COMMAND = N_("What the bot does in this server, channel by channel and role by role")

PAGES = N_("Another page")
PLACES = N_("Where")
HERE_SERVER = N_("This server")
HERE_CHANNEL = N_("This channel")
HERE_CATEGORY = N_("This channel's category")
OTHER_CHANNEL = N_("Another channel or category…")
ROLE = N_("A role…")
WHICH_CHANNEL = N_("**Which channel or category?**")
WHICH_ROLE = N_("**Which role?**")
RESET = N_("Take a value of this place away")
NOTHING_HERE = N_("Nothing can be set for this place.")

EDIT = N_("Edit")
TURN_ON = N_("Turn on")
TURN_OFF = N_("Turn off")
WHY = N_("Why?")
HISTORY = N_("History")
EXPORT = N_("Export")
IMPORT = N_("Import")
TEST = N_("Test a prompt")
BACK = N_("Back")
FRESH = N_("Show the settings as they are now")

LINES = N_("One word or phrase a line")
ADD = N_("Add, one a line")
TAKE = N_("Take away, one a line")
FILE = N_("Or a text file in place of the list")
FILE_HINT = N_("One word or phrase a line; it replaces everything that is there.")

TEST_PROMPT = N_("Prompt")
TEST_HINT = N_("It is held against the words that count in this channel, and not drawn.")


def heading(target: Target) -> str:
    """Return for which place the panel is."""
    return _("## Settings of {where}").format(where=where(target))


def about(text: str, target: Target) -> str:
    """Return what a page is about, and what values of a place do."""
    if not target.id:
        return f"-# {text}"
    more = _("What is not set here comes from what is around it.")
    return f"-# {text} {more}"


def entry(setting: Setting, given: Given, own: Value | None, target: Target) -> str:
    """Return a setting with its value, and where the value comes from.

    Args:
        setting: It.
        given: What holds at the place.
        own: What is set at the place itself; None for nothing.
        target: The place.
    """
    text = SETTINGS[setting.name]
    origin = _("Set here.") if own is not None and given.source == target else source(setting.name, given)
    return "\n".join(
        (
            f"**{_(text.label)}**: {value(setting.name, given.value)}",
            f"-# {_(text.explanation)} {origin}{_made_less(setting.name, given)}",
        )
    )


def source(name: str, given: Given) -> str:
    """Return where a value comes from, as a sentence."""
    if given.source is not None:
        return _("From {where}.").format(where=where(given.source))
    return _("The bot's own.") if given.value == BY_NAME[name].default else _("The operator's limit.")


def _made_less(name: str, given: Given) -> str:
    if given.asked is None:
        return ""
    text = _("{value} was asked for; the operator allows no more.")
    return f" {text.format(value=value(name, given.asked))}"
