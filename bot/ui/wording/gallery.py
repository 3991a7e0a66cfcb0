"""What the pages of somebody's pictures say."""

NEWER = "Newer"
OLDER = "Older"
NO_LAST = "You have no pictures yet. `/imagine` draws one."
NO_FAVOURITES = "You have no favourites yet. Press **Favourite** under a picture."
NOT_DELIVERED = "It never arrived; here it is."
IMAGE_GONE = "The file is not here any more. **Same seed** and **Again** draw it once more."


def page(number: int, pages: int) -> str:
    """Return where in a gallery somebody is, from 1."""
    return f"{number} of {pages}"


def posted(url: str) -> str:
    """Return where a picture is."""
    return f"It is [here]({url})."
