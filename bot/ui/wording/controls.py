"""What stands on buttons, menus and forms, and what their use is answered with."""

from bot.domain.variation import Variation
from bot.ui.wording.language import N_, _

CANCEL = N_("Cancel")
AGAIN = N_("Again")
EDIT = N_("Edit")
SAME_SEED = N_("Same seed")
DETAILS = N_("Details")
FAVOURITE = N_("Favourite")
DELETE = N_("Delete")
SHARE = N_("Share")
UNFAVOURITE = N_("Remove")

WHICH = N_("Which picture?")

VARY = N_("Draw it once more with the same seed, and one thing changed:")
VARY_PLACEHOLDER = N_("What to change")

FORM = N_("Edit and draw again")
FORM_PROMPT = N_("Prompt")
FORM_NEGATIVE_PROMPT = N_("Negative prompt")
FORM_RATIO = N_("Shape")
FORM_NUMBERS = N_("Steps · guidance")
FORM_NUMBERS_HINT = N_("1 to 50 steps, guidance 0 to 7.5")
FORM_SEED = N_("Keep the seed")
FORM_SEED_HINT = N_("The picture stays as alike as the changes allow")

LIKED = N_("⭐ This picture is among your favourites. `/imagine-favourites` shows them.")
UNLIKED = N_("☆ This picture is not among your favourites any more.")

DROPPED = N_("🚫 Nothing is drawn.")
DROP = N_("Don't draw")


def variation(change: Variation) -> str:
    """Return what a variation changes, for a menu."""
    if change.steps is not None:
        return _("{steps} steps").format(steps=change.steps)
    return _("guidance {guidance:g}").format(guidance=change.guidance_scale)


def as_it_is(size: str) -> str:
    """Return the choice that keeps a size which is of no ratio."""
    return _("as it is, {size}").format(size=size)


def draw_all(pictures: int) -> str:
    """Return the label of the button that takes an offer."""
    return _("Draw {number}").format(number=pictures)


def offer(pictures: int) -> str:
    """Return what an offer of permutations costs."""
    text = _("**{number} pictures** in one reply, one after the other.\n-# Each of them uses GPU quota.")
    return text.format(number=pictures)


def shared(url: str | None) -> str:
    """Return that pictures have been shared before, and where they are if they are already there."""
    if url is None:
        return _("You have just shared this.")
    return _("You have shared this [here]({url}).").format(url=url)
