"""The eight inputs of the Space's function, checked as Gradio and the pipeline behind it check them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.limits import DOCUMENTED, Range
from bot.sandbox.space.dialect import Dialect

PIPELINE_GRID = 16  # Source: diffusers, StableDiffusion3Pipeline.check_inputs
ARITY = 8

_SLIDERS: tuple[tuple[int, Range], ...] = (
    (2, DOCUMENTED.seed),
    (4, DOCUMENTED.width),
    (5, DOCUMENTED.height),
    (6, DOCUMENTED.guidance_scale),
    (7, DOCUMENTED.steps),
)


class Refused(Exception):
    """The function was not run, or raised.

    Attributes:
        error: The words of a `gr.Error`; None for any other exception.
    """

    def __init__(self, error: str | None) -> None:
        super().__init__(error)
        self.error = error


@dataclass(frozen=True, slots=True)
class Inputs:
    """What to paint.

    Attributes:
        prompt: The prompt.
        negative_prompt: The negative prompt.
        seed: 0 to 2147483647.
        width: Pixels.
        height: Pixels.
        guidance_scale: Classifier-free guidance.
        steps: Inference steps.
    """

    prompt: str
    negative_prompt: str = ""
    seed: int = 0
    width: int = 1024
    height: int = 1024
    guidance_scale: float = 4.5
    steps: int = 40


def parse(data: Sequence[Any], dialect: Dialect, pick_seed: Callable[[], int]) -> Inputs:
    """Return what a POSTed data array asks for.

    Args:
        data: `[prompt, negative_prompt, seed, randomize_seed, width, height, guidance_scale, steps]`; more is
            ignored, as Gradio does.
        dialect: Decides whether sliders are checked.
        pick_seed: Called when the array asks for a random seed.

    Raises:
        Refused: As the real Space would.
    """
    if len(data) < ARITY:
        raise Refused(None)
    for index, allowed in _SLIDERS:
        _check_slider(data[index], allowed, dialect)
    prompt, negative_prompt, seed, randomize, width, height, guidance_scale, steps = data[:ARITY]
    if prompt is None or width % PIPELINE_GRID or height % PIPELINE_GRID:
        raise Refused(None)
    return Inputs(
        prompt=str(prompt),
        negative_prompt=str(negative_prompt or ""),
        seed=pick_seed() if randomize else int(seed),
        width=int(width),
        height=int(height),
        guidance_scale=float(guidance_scale),
        steps=int(steps),
    )


def _check_slider(value: object, allowed: Range, dialect: Dialect) -> None:
    if not isinstance(value, (int, float)):
        raise Refused(None)
    if not dialect.checks_sliders:
        return
    if value < allowed.minimum:
        raise Refused(f"Value {value} is less than minimum value {allowed.minimum}.")
    if value > allowed.maximum:
        raise Refused(f"Value {value} is greater than maximum value {allowed.maximum}.")
