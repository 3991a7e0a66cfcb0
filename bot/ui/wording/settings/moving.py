"""What is said where settings are exported and taken in."""

from bot.domain.settings.history import State
from bot.ui.wording.language import N_, ngettext

IMPORT_FORM = N_("Take settings in")
IMPORT_FILE = N_("An exported file")
IMPORT_TEXT = N_("Or its text")
IMPORT_HINT = N_("All of this server's settings become those of the file. You see the difference first.")
IMPORTING = N_("## What the file would change")
APPLIED = N_("Saved.")


def exported(state: State) -> str:
    """Return what an export holds."""
    text = ngettext(
        "**{number} value**, all that is set in this server. **Import** takes it in again.",
        "**{number} values**, all that is set in this server. **Import** takes it in again.",
        len(state),
    )
    return text.format(number=len(state))
