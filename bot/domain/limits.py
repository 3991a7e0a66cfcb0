"""What a Space accepts: the range of each of its sliders.

The live ranges come from the Space's own description of its endpoint; `DOCUMENTED` serves until it has
answered.
"""

from dataclasses import dataclass

GRID = 32  # pixels; the step of the Space's size sliders, and a multiple of the 16 that SD 3 demands


@dataclass(frozen=True, slots=True)
class Range:
    """A closed range of numbers.

    Attributes:
        minimum: The smallest value allowed.
        maximum: The largest value allowed.
    """

    minimum: float
    maximum: float

    def __post_init__(self) -> None:
        if not self.minimum <= self.maximum:
            raise ValueError(f"{self.minimum} is not below {self.maximum}")

    def __contains__(self, value: float) -> bool:
        return self.minimum <= value <= self.maximum


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The ranges that a request must keep.

    Attributes:
        width: Pixels.
        height: Pixels.
        guidance_scale: Classifier-free guidance, no unit.
        steps: Inference steps.
        seed: The noise's seed, an integer.
    """

    width: Range = Range(512, 1024)
    height: Range = Range(512, 1024)
    guidance_scale: Range = Range(0.0, 7.5)
    steps: Range = Range(1, 50)
    seed: Range = Range(0, 2**31 - 1)


DOCUMENTED = Limits()  # Source: the Space's app.py as published: MAX_IMAGE_SIZE 1024, MAX_SEED int32
