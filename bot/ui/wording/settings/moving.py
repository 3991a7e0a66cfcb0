"""What is said where settings are exported and taken in."""

from bot.domain.settings.history import State
from bot.ui.wording.limits import counted

IMPORT_FORM = "Take settings in"
IMPORT_FILE = "An exported file"
IMPORT_TEXT = "Or its text"
IMPORT_HINT = "All of this server's settings become those of the file. You see the difference first."
IMPORTING = "## What the file would change"
APPLIED = "Saved."


def exported(state: State) -> str:
    """Return what an export holds."""
    return (
        f"**{counted(len(state), 'value')}**, all that is set in this server. **Import** takes it in again."
    )
