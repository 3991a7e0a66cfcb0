"""Every knob of the loopback Space; each may be turned while it runs."""

import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.domain.limits import DOCUMENTED
from bot.sandbox.space.budget import Budget
from bot.sandbox.space.dialect import DIALECTS, Dialect, Version
from bot.sandbox.space.moods import Mood, Scene
from bot.sandbox.space.painter import PictureFormat

SLOW_STEP = 1.0  # seconds; what a step takes at least when the mood is slow


def _any_seed() -> int:
    return secrets.randbelow(int(DOCUMENTED.seed.maximum) + 1)


@dataclass(kw_only=True)
class Conduct:
    """How the Space behaves.

    Attributes:
        version: The Gradio release it speaks like.
        mood: What happens to a request that `script` says nothing about.
        script: What happens to the next requests, first to last; each takes one.
        budget: The GPU quota that requests without an account's token draw on; None for no end of it.
        accounts: The tokens of accounts, each with its own GPU quota. Without any, every token is taken for
            an account's that draws on `budget`.
        refuses_strangers: Whether a token of no account is refused; else it counts as none.
        has_hub: Whether the two paths of Hugging Face's hub are served.
        steps: Steps of work shown for a picture; None for as many as the request asks for.
        seconds_per_step: Seconds that a step takes.
        previews: Unfinished pictures shown on the way. 0 is the real Space: a plain function, which shows
            none and which nothing but `/cancel` can stop. Any other number makes it a generator.
        concurrency: Requests worked on at the same time.
        queue_size: Requests that may wait, those worked on not counted; None for any number.
        heartbeat: Seconds between heartbeats.
        token: What `Authorization`, `X-HF-Authorization` or a cookie has to hold; None for a public Space.
        picture_format: What pictures are encoded as.
        clock: Returns Unix time in seconds.
        pick_seed: Returns the seed of a request that leaves it to the Space.
    """

    version: Version = "6.31"
    mood: Scene = Mood.CALM
    script: deque[Scene] = field(default_factory=deque)
    budget: Budget | None = None
    accounts: dict[str, Budget | None] = field(default_factory=dict)
    refuses_strangers: bool = False
    has_hub: bool = True
    steps: int | None = None
    seconds_per_step: float = 0.1
    previews: int = 4
    concurrency: int = 1
    queue_size: int | None = None
    heartbeat: float = 15.0
    token: str | None = None
    picture_format: PictureFormat = "webp"
    clock: Callable[[], float] = time.time
    pick_seed: Callable[[], int] = _any_seed

    @property
    def dialect(self) -> Dialect:
        """What the version says differently."""
        return DIALECTS[self.version]

    def next_scene(self) -> Scene:
        """Return what happens to the request that has just come."""
        return self.script.popleft() if self.script else self.mood
