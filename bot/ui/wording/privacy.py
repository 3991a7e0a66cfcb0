"""What is said of the rules of use, and of what the bot keeps about somebody."""

from bot.ui.wording.language import N_, ngettext

GROUP = N_("What this bot keeps about you")
EXPORT = N_("Get it, as a file")
DELETE = N_("Let the bot forget it")

RULES = N_(
    "👋 **Before your first picture**: this bot has rules of use. What you write is sent to an image "
    "service, and the prompt is kept with the picture. `/privacy` shows and deletes what is kept about you."
)
READ_RULES = N_("Read the rules")
AGREE = N_("I agree, draw it")
DISAGREE = N_("Don't draw")

EXPORTED = N_("📦 This is all that the bot keeps about you.")
ERASE = N_("Delete it")
ASK = N_(
    "⚠️ The bot forgets your pictures and prompts, your favourites and your reports, your linked token, and "
    "that you accepted the rules. What is being drawn for you is cancelled. This cannot be undone.\n"
    "What stays: the messages in Discord, which you can delete there; blocks of yours, and what moderators "
    "did, which servers need to stay safe; and what was counted today, so that limits hold."
)


def erased(pictures: int) -> str:
    """Return that a user's data is gone."""
    text = ngettext(
        "🗑️ The bot has forgotten you, and {number} picture of yours. "
        "The messages in Discord are still there; "
        "so are blocks, moderators' log, and what was counted today.",
        "🗑️ The bot has forgotten you, and {number} pictures of yours. "
        "The messages in Discord are still there; "
        "so are blocks, moderators' log, and what was counted today.",
        pictures,
    )
    return text.format(number=pictures)
