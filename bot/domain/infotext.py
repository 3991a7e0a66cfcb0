"""A picture's parameters as one text, in the form that Stable Diffusion tools read from a PNG.

The form is the one of AUTOMATIC1111's web UI: the prompt, `Negative prompt:`, then one line of
`Name: value` pairs of which there must be at least three.
"""

# Source: AUTOMATIC1111/stable-diffusion-webui, modules/infotext_utils.py, parse_generation_parameters.

import json

from bot.domain.request import ImageRequest

PNG_KEYWORD = "parameters"


def infotext(request: ImageRequest, *, version: str) -> str:
    """Return the text to embed under `PNG_KEYWORD`.

    Args:
        request: What was drawn.
        version: The program that asked for it, as `Imagine 1.0`.
    """
    lines = [request.prompt]
    if request.negative_prompt:
        lines.append(f"Negative prompt: {request.negative_prompt}")
    pairs = {
        "Steps": str(request.steps),
        "CFG scale": f"{request.guidance_scale:g}",
        "Seed": str(request.seed),
        "Size": str(request.size),
        "Model": request.model,
        "Version": version,
    }
    lines.append(", ".join(f"{name}: {_quote(value)}" for name, value in pairs.items() if value))
    return "\n".join(lines)


def _quote(value: str) -> str:
    """Quote a value that holds a separator, as the web UI does."""
    return json.dumps(value, ensure_ascii=False) if any(mark in value for mark in ',\n:"') else value
