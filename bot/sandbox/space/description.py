"""What the Space says of itself: `/info` states the inputs and their ranges, `/config` the fn_index."""

# Source: GET /gradio_api/info and /config of an app with the Space's inputs, on gradio 6.31.0 and 5.50.0.

from dataclasses import dataclass
from typing import Any

from bot.domain.limits import DOCUMENTED, Range
from bot.sandbox.space.dialect import Dialect

API_NAME = "infer"


@dataclass(frozen=True, slots=True)
class _Input:
    """One input of the function, as `/info` describes it."""

    name: str
    label: str
    component: str
    json_type: str
    python_type: str
    example: object
    default: object = None
    range: Range | None = None


_INPUTS: tuple[_Input, ...] = (
    _Input("prompt", "Prompt", "Textbox", "string", "str", "Hello!!"),
    _Input("negative_prompt", "Negative prompt", "Textbox", "string", "str", "Hello!!"),
    _Input("seed", "Seed", "Slider", "number", "float", 0, 0, DOCUMENTED.seed),
    _Input("randomize_seed", "Randomize seed", "Checkbox", "boolean", "bool", example=True, default=True),
    _Input("width", "Width", "Slider", "number", "float", 512, 1024, DOCUMENTED.width),
    _Input("height", "Height", "Slider", "number", "float", 512, 1024, DOCUMENTED.height),
    _Input(
        "guidance_scale", "Guidance scale", "Slider", "number", "float", 0.0, 4.5, DOCUMENTED.guidance_scale
    ),
    _Input(
        "num_inference_steps",
        "Number of inference steps",
        "Slider",
        "number",
        "float",
        1,
        40,
        DOCUMENTED.steps,
    ),
)
_FILE_FIELDS: tuple[tuple[str, str, str], ...] = (
    ("path", "string", "Path to a local file"),
    ("url", "string", "Publicly available url or base64 encoded image"),
    ("size", "integer", "Size of image in bytes"),
    ("orig_name", "string", "Original filename"),
    ("mime_type", "string", "mime type of image"),
)
_IMAGE_ID, _BUTTON_ID = len(_INPUTS) + 1, len(_INPUTS) + 2


def info() -> dict[str, Any]:
    """Return the body of `GET /info`."""
    endpoint = {
        "parameters": [_parameter(one) for one in _INPUTS],
        "returns": [_image_return(), _seed_return()],
        "show_api": True,
        "api_visibility": "public",
        "description": "",
    }
    return {"named_endpoints": {f"/{API_NAME}": endpoint}, "unnamed_endpoints": {}}


def config(dialect: Dialect, root: str, fn_index: int) -> dict[str, Any]:
    """Return the body of `GET /config`.

    Args:
        dialect: Decides the version and the prefix.
        root: The Space's own URL.
        fn_index: The number of the function.
    """
    prefix = {"api_prefix": dialect.prefix} if dialect.prefix else {}
    return {
        "version": dialect.release,
        **prefix,
        "mode": "blocks",
        "app_id": 1,
        "dev_mode": False,
        "analytics_enabled": False,
        "components": _components(),
        "connect_heartbeat": False,
        "title": "Stable Diffusion 3.5 Large (8B) - sandbox",
        "space_id": None,
        "enable_queue": True,
        "show_error": False,
        "is_colab": False,
        "max_file_size": None,
        "theme": "default",
        "protocol": "sse_v3",
        "dependencies": [_dependency(fn_index)],
        "username": None,
        "root": root,
    }


def _parameter(one: _Input) -> dict[str, Any]:
    return {
        "label": one.label,
        "parameter_name": one.name,
        "parameter_has_default": one.default is not None,
        "parameter_default": one.default,
        "type": {"type": one.json_type, **_described(one.range)},
        "python_type": {"type": one.python_type, "description": ""},
        "component": one.component,
        "example_input": one.example,
    }


def _described(allowed: Range | None) -> dict[str, str]:
    if allowed is None:
        return {}
    return {"description": f"numeric value between {allowed.minimum} and {allowed.maximum}"}


def _image_return() -> dict[str, Any]:
    fields: dict[str, Any] = {name: _field(name, kind, what) for name, kind, what in _FILE_FIELDS}
    fields["is_stream"] = {
        "default": False,
        "description": "Can always be set to False",
        "title": "Is Stream",
        "type": "boolean",
    }
    fields["meta"] = {
        "additionalProperties": True,
        "default": {"_type": "gradio.FileData"},
        "title": "Meta",
        "type": "object",
    }
    kind = {
        "properties": fields,
        "title": "ImageData",
        "type": "object",
        "additional_description": "A local filepath or publicly available URL.",
    }
    return {
        "label": "Result",
        "type": kind,
        "python_type": {"type": "filepath", "description": ""},
        "component": "Image",
    }


def _field(name: str, kind: str, description: str) -> dict[str, Any]:
    return {
        "anyOf": [{"type": kind}, {"type": "null"}],
        "default": None,
        "description": description,
        "title": name.replace("_", " ").title(),
    }


def _seed_return() -> dict[str, Any]:
    described = _described(DOCUMENTED.seed)
    return {
        "label": "Seed",
        "type": {"type": "number", **described},
        "python_type": {"type": "float", **described},
        "component": "Slider",
    }


def _components() -> list[dict[str, Any]]:
    kinds = [*(one.component.lower() for one in _INPUTS), "image", "button"]
    labels = [*(one.label for one in _INPUTS), "Result", "Run"]
    return [
        {"id": number, "type": kind, "props": {"label": label, "name": kind}, "skip_api": kind == "button"}
        for number, (kind, label) in enumerate(zip(kinds, labels, strict=True), start=1)
    ]


def _dependency(fn_index: int) -> dict[str, Any]:
    return {
        "id": fn_index,
        "targets": [[_BUTTON_ID, "click"]],
        "inputs": list(range(1, len(_INPUTS) + 1)),
        "outputs": [_IMAGE_ID, 3],
        "backend_fn": True,
        "js": None,
        "queue": True,
        "api_name": API_NAME,
        "show_progress": "full",
        "batch": False,
        "max_batch_size": 4,
        "cancels": [],
        "types": {"generator": False, "cancel": False},
        "collects_event_data": False,
        "trigger_after": None,
        "trigger_only_on_success": False,
        "trigger_mode": "once",
        "show_api": True,
        "api_visibility": "public",
        "rendered_in": None,
        "connection": "sse",
        "time_limit": None,
        "stream_every": 0.5,
    }
