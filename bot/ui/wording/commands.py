"""What Discord shows of the commands while somebody types."""

from bot.domain.aspect_ratio import AspectRatio

IMAGINE = "Draw a picture from your words"
PROMPT = "What the picture shows; {red, blue} fox draws one of each"
NEGATIVE_PROMPT = "What the picture should not show"
ASPECT_RATIO = "The picture's shape, width to height"
WIDTH = "Width in pixels; moved to the nearest multiple of 32"
HEIGHT = "Height in pixels; moved to the nearest multiple of 32"
GUIDANCE_SCALE = "How closely the picture follows the prompt; 4.5 is usual"
STEPS = "How many times the picture is refined; 40 is usual"
SEED = "The same seed with the same words draws the same picture"
MODEL = "What draws the picture"
STYLE = "A style to dress the prompt in; /style list shows them"
COUNT = "How many pictures of it, each with a seed of its own"
PRIVATE = "Show it to you alone; you can share it afterwards"
SPOILER = "Hide it until somebody clicks on it"

IMAGINE_LAST = "Your last pictures again, those too that never arrived"
IMAGINE_FAVOURITES = "The pictures you marked as favourites"

QUEUE = "Your pictures that wait or are being drawn"
QUOTA = "What you may still ask for today, and when more is free"
TOKEN = "Your own Hugging Face token, whose GPU quota your pictures use first"  # noqa: S105 # a sentence
TOKEN_LINK = "Link it, in a form that nobody else sees"  # noqa: S105 # likewise
TOKEN_FORGET = "Let the bot forget it"  # noqa: S105 # likewise

MENU_DETAILS = "Imagine: details"
MENU_AGAIN = "Imagine: again"


def ratio(shape: AspectRatio) -> str:
    """Return a ratio's name as members choose it, `16:9 landscape`."""
    across, down = shape.parts
    return f"{shape.value} {'square' if across == down else 'landscape' if across > down else 'portrait'}"
