"""What a provider says while it draws: a closed union of typed events.

Success is the one final `ImageResponse`; failure is an exception of `bot.domain.errors`.
"""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Queued:
    """The request waits in the provider's queue.

    Attributes:
        rank: Requests ahead of this one; 0 means next.
        queue_size: Requests that wait, this one included.
        eta: Seconds until work is done, as the provider guesses; None if it does not say.
    """

    rank: int
    queue_size: int
    eta: float | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """The provider took the request out of its queue and works on it.

    Attributes:
        eta: Seconds until work is done, as the provider guesses; None if it does not say.
    """

    eta: float | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """The provider is at work.

    Attributes:
        step: Steps done.
        total: Steps to do; None if the provider does not say.
        unit: What a step is, as `steps`.
    """

    step: float
    total: float | None
    unit: str = "steps"


@dataclass(frozen=True, slots=True)
class Log:
    """A line that the provider shows to its users.

    Attributes:
        message: The provider's own words, without markup.
        level: `info`, `warning` or `success`.
        title: The provider's heading; empty if it gave none.
    """

    message: str
    level: str = "info"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Retrying:
    """The provider failed, and is asked again; it is the bot that says so.

    Attributes:
        at: Unix time in seconds at which it is asked.
    """

    at: float


@dataclass(frozen=True, slots=True)
class ImagePreview:
    """An unfinished picture.

    Attributes:
        url: Where it lies, on the provider's own origin.
        alt: The prompt.
        seed: The seed that the provider reports; None if it does not.
    """

    url: str
    alt: str
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class ImageResponse:
    """The finished picture; the last event of a stream.

    Attributes:
        url: Where it lies, on the provider's own origin.
        alt: The prompt.
        seed: The seed that the provider reports; None if it does not.
    """

    url: str
    alt: str
    seed: int | None = None


ImageEvent: TypeAlias = Queued | Started | Progress | Log | Retrying | ImagePreview | ImageResponse
