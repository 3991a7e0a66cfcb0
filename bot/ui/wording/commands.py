"""What Discord shows of the commands while somebody types."""

from bot.domain.aspect_ratio import AspectRatio
from bot.ui.wording.language import N_, _

IMAGINE = N_("Draw a picture from your words")
PROMPT = N_("What the picture shows; {red, blue} fox draws one of each")
NEGATIVE_PROMPT = N_("What the picture should not show")
ASPECT_RATIO = N_("The picture's shape, width to height")
WIDTH = N_("Width in pixels; moved to the nearest multiple of 32")
HEIGHT = N_("Height in pixels; moved to the nearest multiple of 32")
GUIDANCE_SCALE = N_("How closely the picture follows the prompt; 4.5 is usual")
STEPS = N_("How many times the picture is refined; 40 is usual")
SEED = N_("The same seed with the same words draws the same picture")
MODEL = N_("What draws the picture")
STYLE = N_("A style to dress the prompt in; /style list shows them")
COUNT = N_("How many pictures of it, each with a seed of its own")
PRIVATE = N_("Show it to you alone; you can share it afterwards")
SPOILER = N_("Hide it until somebody clicks on it")

IMAGINE_LAST = N_("Your last pictures again, those too that never arrived")
IMAGINE_FAVOURITES = N_("The pictures you marked as favourites")

QUEUE = N_("Your pictures that wait or are being drawn")
QUOTA = N_("What you may still ask for today, and when more is free")
TOKEN = N_("Your own Hugging Face token, whose GPU quota your pictures use first")
TOKEN_LINK = N_("Link it, in a form that nobody else sees")
TOKEN_FORGET = N_("Let the bot forget it")

MENU_DETAILS = N_("Imagine: details")
MENU_AGAIN = N_("Imagine: again")

_RATIOS = {
    AspectRatio.SQUARE: N_("1:1 square"),
    AspectRatio.LANDSCAPE_16_9: N_("16:9 landscape"),
    AspectRatio.PORTRAIT_9_16: N_("9:16 portrait"),
    AspectRatio.LANDSCAPE_4_3: N_("4:3 landscape"),
    AspectRatio.PORTRAIT_3_4: N_("3:4 portrait"),
    AspectRatio.LANDSCAPE_3_2: N_("3:2 landscape"),
    AspectRatio.PORTRAIT_2_3: N_("2:3 portrait"),
    AspectRatio.LANDSCAPE_5_4: N_("5:4 landscape"),
    AspectRatio.PORTRAIT_4_5: N_("4:5 portrait"),
    AspectRatio.LANDSCAPE_2_1: N_("2:1 landscape"),
    AspectRatio.PORTRAIT_1_2: N_("1:2 portrait"),
    AspectRatio.LANDSCAPE_21_9: N_("21:9 landscape"),
    AspectRatio.PORTRAIT_9_21: N_("9:21 portrait"),
}


def ratio(shape: AspectRatio) -> str:
    """Return a ratio's name as members choose it, `16:9 landscape`."""
    return _(_RATIOS[shape])
