"""What stands on buttons, menus and forms, and what their use is answered with."""

from bot.domain.variation import Variation

CANCEL = "Cancel"
AGAIN = "Again"
EDIT = "Edit"
SAME_SEED = "Same seed"
DETAILS = "Details"
FAVOURITE = "Favourite"
DELETE = "Delete"
SHARE = "Share"
UNFAVOURITE = "Remove"

WHICH = "Which picture?"

VARY = "Draw it once more with the same seed, and one thing changed:"
VARY_PLACEHOLDER = "What to change"

FORM = "Edit and draw again"
FORM_PROMPT = "Prompt"
FORM_NEGATIVE_PROMPT = "Negative prompt"
FORM_RATIO = "Shape"
FORM_NUMBERS = "Steps · guidance"
FORM_NUMBERS_HINT = "1 to 50 steps, guidance 0 to 7.5"
FORM_SEED = "Keep the seed"
FORM_SEED_HINT = "The picture stays as alike as the changes allow"

LIKED = "⭐ This picture is among your favourites. `/imagine-favourites` shows them."
UNLIKED = "☆ This picture is not among your favourites any more."

DROPPED = "🚫 Nothing is drawn."
DROP = "Don't draw"


def variation(change: Variation) -> str:
    """Return what a variation changes, for a menu."""
    if change.steps is not None:
        return f"{change.steps} steps"
    return f"guidance {change.guidance_scale:g}"


def as_it_is(size: str) -> str:
    """Return the choice that keeps a size which is of no ratio."""
    return f"as it is, {size}"


def draw_all(pictures: int) -> str:
    """Return the label of the button that takes an offer."""
    return f"Draw {pictures}"


def offer(pictures: int) -> str:
    """Return what an offer of permutations costs."""
    return f"**{pictures} pictures** in one reply, one after the other.\n-# Each of them uses GPU quota."


def shared(url: str | None) -> str:
    """Return that pictures have been shared before, and where they are if they are already there."""
    return "You have just shared this." if url is None else f"You have shared this [here]({url})."
