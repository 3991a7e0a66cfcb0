"""What the pages of somebody's pictures say."""

from bot.ui.wording.language import N_, _

NEWER = N_("Newer")
OLDER = N_("Older")
NO_LAST = N_("You have no pictures yet. `/imagine` draws one.")
NO_FAVOURITES = N_("You have no favourites yet. Press **Favourite** under a picture.")
NOT_DELIVERED = N_("It never arrived; here it is.")
IMAGE_GONE = N_("The file is not here any more. **Same seed** and **Again** draw it once more.")


def page(number: int, pages: int) -> str:
    """Return where in a gallery somebody is, from 1."""
    return _("{number} of {pages}").format(number=number, pages=pages)


def posted(url: str) -> str:
    """Return where a picture is."""
    return _("It is [here]({url}).").format(url=url)
