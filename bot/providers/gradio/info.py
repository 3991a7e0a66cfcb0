"""What a Space says of itself: the ranges of its sliders, and the number of its function.

Both descriptions are written for people and change between releases, so that each surprise costs one field
and never the whole.
"""

# Source: GET /gradio_api/info (a slider's `type.description`) and GET /config (`dependencies`), 4.44 to 6.31.

import re
from collections.abc import Iterator

from bot.domain.limits import DOCUMENTED, GRID, Limits, Range

_BETWEEN = re.compile(r"between (-?\d{1,12}(?:\.\d{1,12})?) and (-?\d{1,12}(?:\.\d{1,12})?)")
_PARAMETERS = {  # the Space's name of it, ours, and the widest range that is believed
    "width": ("width", Range(GRID, 4096)),
    "height": ("height", Range(GRID, 4096)),
    "guidance_scale": ("guidance_scale", Range(0, 100)),
    "num_inference_steps": ("steps", Range(1, 1000)),
    "seed": ("seed", Range(0, 2**63 - 1)),
}


def describes(info: object, api_name: str) -> bool:
    """Return whether `/info` has a function; the arguments are those of `read_limits`."""
    match info:
        case {"named_endpoints": dict(endpoints)}:
            return f"/{api_name}" in endpoints
        case _:
            return False


def read_limits(info: object, api_name: str) -> Limits:
    """Return the ranges that `/info` states; the documented one for each that it does not.

    Args:
        info: The answer of `/info`, as JSON has it.
        api_name: The function's name, without a slash.
    """
    found: dict[str, Range] = {}
    for parameter in _parameters(info, api_name):
        name = parameter.get("parameter_name")
        if isinstance(name, str) and name in _PARAMETERS:
            ours, believed = _PARAMETERS[name]
            if limit := _range(parameter.get("type"), believed):
                found[ours] = limit
    return Limits(
        width=_with_grid(found.get("width")) or DOCUMENTED.width,
        height=_with_grid(found.get("height")) or DOCUMENTED.height,
        guidance_scale=found.get("guidance_scale", DOCUMENTED.guidance_scale),
        steps=found.get("steps", DOCUMENTED.steps),
        seed=found.get("seed", DOCUMENTED.seed),
    )


def read_fn_index(config: object, api_name: str) -> int | None:
    """Return the number by which `/cancel` knows a function; None if there is none.

    Args:
        config: The answer of `/config`, as JSON has it.
        api_name: The function's name, without a slash.
    """
    match config:
        case {"dependencies": [*dependencies]}:
            for place, dependency in enumerate(dependencies):
                match dependency:
                    case {"api_name": name, "id": int(index)} if name == api_name:
                        return index
                    case {"api_name": name} if name == api_name:
                        return place  # gradio 4 gives no `id`; it is the place in the list
                    case _:
                        pass
        case _:
            pass
    return None


def _parameters(info: object, api_name: str) -> Iterator[dict[str, object]]:
    match info:
        case {"named_endpoints": dict(endpoints)}:
            endpoint = endpoints.get(f"/{api_name}")
        case _:
            return
    match endpoint:
        case {"parameters": [*parameters]}:
            yield from (parameter for parameter in parameters if isinstance(parameter, dict))
        case _:
            return


def _range(kind: object, believed: Range) -> Range | None:
    match kind:
        case {"description": str(text)} if found := _BETWEEN.search(text):
            minimum, maximum = _number(found[1]), _number(found[2])
        case _:
            return None
    if minimum > maximum or minimum not in believed or maximum not in believed:
        return None
    return Range(minimum, maximum)


def _number(text: str) -> float:
    return float(text) if "." in text else int(text)


def _with_grid(limit: Range | None) -> Range | None:
    """Return the range if it holds a multiple of `GRID`, so that there is a size to ask for."""
    if limit is None or limit.maximum // GRID * GRID < limit.minimum:
        return None
    return limit
