"""A picture's parameters as the command that draws it again, to copy and to send."""

from bot.domain.permutations import doubled
from bot.domain.request import ImageRequest


def command_line(request: ImageRequest) -> str:
    """Return `/imagine` with every option that the picture was drawn with."""
    options = {
        "prompt": doubled(request.prompt),
        "negative_prompt": request.negative_prompt,
        "width": str(request.size.width),
        "height": str(request.size.height),
        "guidance_scale": f"{request.guidance_scale:g}",
        "steps": str(request.steps),
        "seed": str(request.seed),
        "model": request.model,
    }
    return " ".join(["/imagine", *(f"{name}:{value}" for name, value in options.items() if value)])
