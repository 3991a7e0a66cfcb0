"""One picture, asked for: a value that only exists when the provider would accept it."""

import unicodedata
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.domain.aspect_ratio import AspectRatio, Size, fit
from bot.domain.errors import OutOfRange, PromptMissing, PromptTooLong
from bot.domain.limits import DOCUMENTED, GRID, Limits, Range

MAX_PROMPT = 1000  # characters; T5 reads 256 tokens, and Discord's alt text holds 1024 characters
DEFAULT_STEPS = 40  # the Space's own default
DEFAULT_GUIDANCE_SCALE = 4.5  # likewise

DEFAULT_SIZE = Size(1024, 1024)

# Invisible characters that joined emoji and joined scripts are made of.
_JOINERS = frozenset("\u200c\u200d")


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """What a provider is asked to draw.

    Attributes:
        prompt: One line, 1 to 1000 characters.
        negative_prompt: One line, 0 to 1000 characters.
        size: Pixels, both sides multiples of 32.
        guidance_scale: Classifier-free guidance.
        steps: Inference steps.
        seed: 0 to 2147483647; always concrete, so that the picture can be made again.
        model: A provider's model name or alias.
        limits: The ranges that the values above keep; no part of what is drawn.

    Raises:
        InvalidRequest: In one of its leaves.
    """

    prompt: str
    negative_prompt: str = ""
    size: Size = DEFAULT_SIZE
    guidance_scale: float = DEFAULT_GUIDANCE_SCALE
    steps: int = DEFAULT_STEPS
    seed: int = 0
    model: str = ""
    limits: Limits = field(default=DOCUMENTED, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.prompt.strip():
            raise PromptMissing
        for text in ("prompt", "negative_prompt"):
            length = len(getattr(self, text))
            if length > MAX_PROMPT:
                raise PromptTooLong(text, length, MAX_PROMPT)
        for side in ("width", "height"):
            _check(side, getattr(self.size, side), getattr(self.limits, side))
            if getattr(self.size, side) % GRID:
                raise ValueError(f"{self.size} is not on the grid; make sizes with `fit`")
        for number in ("guidance_scale", "steps", "seed"):
            _check(number, getattr(self, number), getattr(self.limits, number))


@dataclass(frozen=True, slots=True)
class SizeCorrected:
    """The size asked for is not one that the provider draws.

    Attributes:
        asked: What was asked for, as `21:9` or `600x700`.
        size: What is drawn instead.
    """

    asked: str
    size: Size


@dataclass(frozen=True, slots=True)
class CharactersRemoved:
    """Control characters were taken out of a prompt."""


Correction: TypeAlias = SizeCorrected | CharactersRemoved


def compose(
    *,
    prompt: str,
    seed: int,
    negative_prompt: str = "",
    aspect_ratio: AspectRatio = AspectRatio.SQUARE,
    width: int | None = None,
    height: int | None = None,
    guidance_scale: float = DEFAULT_GUIDANCE_SCALE,
    steps: int = DEFAULT_STEPS,
    model: str = "",
    limits: Limits = DOCUMENTED,
) -> tuple[ImageRequest, tuple[Correction, ...]]:
    """Make a request of what a user gave, and say what had to be corrected on the way.

    Texts lose their control characters and line breaks; sizes move to the nearest one that the provider
    draws. Everything else is taken as it is, or refused.

    Raises:
        InvalidRequest: In one of its leaves.
    """
    corrections: list[Correction] = []
    texts = [clean(text) for text in (prompt, negative_prompt)]
    if any(removed for _, removed in texts):
        corrections.append(CharactersRemoved())
    size = fit(aspect_ratio, width, height, limits)
    if asked := _differs(size, aspect_ratio, width, height):
        corrections.append(SizeCorrected(asked, size))
    request = ImageRequest(
        prompt=texts[0][0],
        negative_prompt=texts[1][0],
        size=size,
        guidance_scale=guidance_scale,
        steps=steps,
        seed=seed,
        model=model,
        limits=limits,
    )
    return request, tuple(corrections)


def clean(text: str) -> tuple[str, bool]:
    """Return the text as one line without control characters, and whether any had to be removed.

    Line breaks and tabs become spaces, as the Space's one-line text box makes them; that is not counted as
    removal. Direction overrides go too: they would garble the text around the prompt.
    """
    kept = "".join(
        " " if character.isspace() else character for character in text if not _is_control(character)
    )
    return " ".join(kept.split()), any(_is_control(character) for character in text)


def _is_control(character: str) -> bool:
    if character.isspace() or character in _JOINERS:
        return False
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"}


def _differs(size: Size, ratio: AspectRatio, width: int | None, height: int | None) -> str | None:
    """Return what was asked for when it is not what `size` is."""
    if (width or size.width) != size.width or (height or size.height) != size.height:
        return f"{width or '?'}x{height or '?'}"
    across, down = ratio.parts
    if width is None and height is None and size.width * down != size.height * across:
        return ratio.value
    return None


def _check(field: str, value: float, allowed: Range) -> None:
    if value not in allowed:
        raise OutOfRange(field, value, allowed.minimum, allowed.maximum)
