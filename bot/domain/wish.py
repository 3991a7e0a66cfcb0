"""What a user gave, before anything was checked; and who they are."""

from dataclasses import dataclass

from bot.domain.aspect_ratio import AspectRatio
from bot.domain.job import PictureRef
from bot.domain.request import DEFAULT_GUIDANCE_SCALE, DEFAULT_STEPS

MAX_COUNT = 4  # pictures of one prompt at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks, and where.

    Attributes:
        user_id: The user.
        guild_id: The server; None in a direct message.
        channel_id: The channel.
        locale: The language of the user's client, as `en-US`.
        role_ids: The user's roles in the server.
    """

    user_id: int
    guild_id: int | None
    channel_id: int
    locale: str = "en-US"
    role_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a user gave. Each prompt is drawn `count` times, each time with the next seed.

    Attributes:
        prompts: One, or the permutations of one.
        negative_prompt: What not to draw.
        aspect_ratio: Decides each side that is not given.
        width: Pixels, or None.
        height: Pixels, or None.
        guidance_scale: Classifier-free guidance.
        steps: Inference steps.
        seed: The first picture's seed; None for a new one.
        model: A model's name; empty for the default.
        count: Pictures of each prompt, 1 to `MAX_COUNT`.
        private: Whether only the user sees the reply.
        spoiler: Whether the pictures are hidden until they are clicked.
        parent: The picture that this one is made from; None for none.
    """

    prompts: tuple[str, ...]
    negative_prompt: str = ""
    aspect_ratio: AspectRatio = AspectRatio.SQUARE
    width: int | None = None
    height: int | None = None
    guidance_scale: float = DEFAULT_GUIDANCE_SCALE
    steps: int = DEFAULT_STEPS
    seed: int | None = None
    model: str = ""
    count: int = 1
    private: bool = False
    spoiler: bool = False
    parent: PictureRef | None = None
