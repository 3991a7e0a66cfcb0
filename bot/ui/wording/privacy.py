"""What is said of the rules of use, and of what the bot keeps about somebody."""

GROUP = "What this bot keeps about you"
EXPORT = "Get it, as a file"
DELETE = "Let the bot forget it"

RULES = (
    "👋 **Before your first picture**: this bot has rules of use. What you write is sent to an image "
    "service, and the prompt is kept with the picture. `/privacy` shows and deletes what is kept about you."
)
READ_RULES = "Read the rules"
AGREE = "I agree, draw it"
DISAGREE = "Don't draw"

EXPORTED = "📦 This is all that the bot keeps about you."
ERASE = "Delete it"
ASK = (
    "⚠️ The bot forgets your pictures and prompts, your favourites and your reports, your linked token, and "
    "that you accepted the rules. What is being drawn for you is cancelled. This cannot be undone.\n"
    "What stays: the messages in Discord, which you can delete there; blocks of yours, and what moderators "
    "did, which servers need to stay safe; and what was counted today, so that limits hold."
)


def erased(pictures: int) -> str:
    """Return that a user's data is gone."""
    number = "1 picture" if pictures == 1 else f"{pictures} pictures"
    return (
        f"🗑️ The bot has forgotten you, and {number} of yours. The messages in Discord are still there; "
        "so are blocks, moderators' log, and what was counted today."
    )
