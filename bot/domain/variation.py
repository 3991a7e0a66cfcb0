"""What may be changed in a picture while its seed stays: the steps or the guidance, one at a time."""

import re
from dataclasses import dataclass
from typing import Self

from bot.domain.errors import NotNumbers
from bot.domain.limits import DOCUMENTED, Limits
from bot.domain.request import ImageRequest

STEPS = (10, 20, 30, 40, 50)
GUIDANCE = (-2.0, -1.0, -0.5, 0.5, 1.0, 2.0)  # beside the picture's own

_TEXT = re.compile(r"(?:steps=(\d{1,4})|guidance=(\d{1,2}(?:\.\d{1,2})?))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """One change.

    Attributes:
        steps: The new steps; None leaves them.
        guidance_scale: The new guidance; None leaves it.
    """

    steps: int | None = None
    guidance_scale: float | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str` wrote.

        Raises:
            NotNumbers: It did not.
        """
        found = _TEXT.fullmatch(text)
        if found is None:
            raise NotNumbers(text)
        steps, guidance = found.groups()
        return cls(steps=int(steps)) if steps else cls(guidance_scale=float(guidance))

    def __str__(self) -> str:
        return f"steps={self.steps}" if self.steps is not None else f"guidance={self.guidance_scale:.2f}"


def variations(request: ImageRequest, limits: Limits = DOCUMENTED) -> tuple[Variation, ...]:
    """Return the changes to offer, at most eleven."""
    steps = [number for number in STEPS if number != request.steps and number in limits.steps]
    scales = [round(request.guidance_scale + change, 2) for change in GUIDANCE]
    return (
        *(Variation(steps=number) for number in steps),
        *(Variation(guidance_scale=scale) for scale in scales if scale in limits.guidance_scale),
    )
