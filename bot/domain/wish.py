"""What a user gave, before anything was checked; and who they are."""

from dataclasses import dataclass

from bot.domain.aspect_ratio import AspectRatio
from bot.domain.job import PictureRef
from bot.domain.settings.here import Here


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks, and where.

    Attributes:
        user_id: The user.
        guild_id: The server; None in a direct message.
        channel_id: The channel.
        locale: The language of the user's client, as `en-US`.
        server_locale: The server's language, likewise; empty where there is no server.
        role_ids: The user's roles in the server.
        parent_id: The channel that a thread is in; None in any other channel.
        category_id: The channel's category; None for none, or where Discord does not say, as in threads.
        is_age_restricted: Whether Discord marks the channel, or a thread's channel.
    """

    user_id: int
    guild_id: int | None
    channel_id: int
    locale: str = "en-US"
    server_locale: str = ""
    role_ids: frozenset[int] = frozenset()
    parent_id: int | None = None
    category_id: int | None = None
    is_age_restricted: bool = False

    @property
    def here(self) -> Here:
        """The place, as settings know it."""
        return Here(
            channel_id=self.parent_id or self.channel_id,
            category_id=self.category_id,
            is_age_restricted=self.is_age_restricted,
            role_ids=self.role_ids,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a user gave; None, or an empty text, is left open, and `bot.domain.house_rules.furnish` fills it.

    Each prompt is drawn `count` times, each time with the next seed.

    Attributes:
        prompts: One, or the permutations of one.
        negative_prompt: What not to draw.
        aspect_ratio: Decides each side that is not given.
        width: Pixels.
        height: Pixels.
        guidance_scale: Classifier-free guidance.
        steps: Inference steps.
        seed: The first picture's seed; None for a new one.
        model: A model's name; empty for the default.
        style: A style's name; empty for the moderators'.
        count: Pictures of each prompt, 1 to `MAX_COUNT`.
        private: Whether only the user sees the reply.
        spoiler: Whether the pictures are hidden until they are clicked.
        parent: The picture that this one is made from; None for none.
    """

    prompts: tuple[str, ...]
    negative_prompt: str = ""
    aspect_ratio: AspectRatio | None = None
    width: int | None = None
    height: int | None = None
    guidance_scale: float | None = None
    steps: int | None = None
    seed: int | None = None
    model: str = ""
    style: str = ""
    count: int | None = None
    private: bool | None = None
    spoiler: bool | None = None
    parent: PictureRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FurnishedWish:
    """A wish with nothing left open; the fields are those of `Wish`.

    Attributes:
        prompts: With what the style adds.
        negative_prompt: With what the style and the moderators add.
    """

    prompts: tuple[str, ...]
    negative_prompt: str
    aspect_ratio: AspectRatio
    width: int | None
    height: int | None
    guidance_scale: float
    steps: int
    seed: int | None
    model: str
    count: int
    private: bool
    spoiler: bool
