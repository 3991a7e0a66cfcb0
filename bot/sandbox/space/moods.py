"""What can happen to a request: a closed set of moods."""

from enum import Enum
from typing import TypeAlias

from bot.sandbox.space.wordings import Wording


class Mood(Enum):
    """How the Space treats a request; the values are what the demo's command line takes."""

    CALM = "calm"
    """It paints."""
    SLOW = "slow"
    """It paints, at a second a step or slower."""
    QUOTA = "quota"
    """The GPU quota is gone."""
    MID_QUOTA = "mid_quota"
    """Two previews, then the quota is gone."""
    NO_GPU = "no_gpu"
    """It waits for a GPU, and gets none."""
    CRASH = "crash"
    """The function raises, and Gradio hides why."""
    QUEUE_FULL = "queue_full"
    """503: as many wait as may wait."""
    UNAUTHORIZED = "unauthorized"
    """401: it wants a login."""
    SERVER_ERROR = "server_error"
    """500, with a page of HTML."""
    HTML = "html"
    """200, with a page of HTML: a Space that sleeps or is being built."""
    SILENT = "silent"
    """It accepts, and then sends heartbeats only."""
    CUT = "cut"
    """The connection dies in the middle of the work."""
    STOPPED = "stopped"
    """"Server stopped unexpectedly.", again and again."""
    MALFORMED = "malformed"
    """A line that is no JSON."""
    NULL = "null"
    """Success without a result, as after a cancellation."""
    EMPTY = "empty"
    """Success with an empty list."""
    NO_IMAGE = "no_image"
    """Success with null for the image."""
    HUGE = "huge"
    """A picture's file of 256 MiB."""
    BOMB = "bomb"
    """A small file that claims to be a picture of 50000 x 50000 pixels."""
    NOT_AN_IMAGE = "not_an_image"
    """The picture's file is a page of HTML."""
    FOREIGN_URL = "foreign_url"
    """The picture's URL is on another origin."""
    REDIRECT = "redirect"
    """The picture's URL redirects to another origin."""


Scene: TypeAlias = Mood | Wording
"""What happens to one request: a mood, or the failure with one wording."""
