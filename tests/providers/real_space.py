"""A real Gradio app with the Space's signature; the prompt says how it behaves."""

import sys
import time
from collections.abc import Iterator
from typing import Any

import gradio
from PIL import Image

QUOTA = "You have exceeded your GPU quota (60s requested vs. 12s left). Try again in 0:12:34"


def picture(shade: int) -> Image.Image:
    return Image.new("RGB", (64, 64), (shade % 256, 128, 128))


def infer(
    prompt: str,
    negative_prompt: str,
    seed: float,
    randomize_seed: bool,  # noqa: FBT001 - the Space's signature
    width: float,
    height: float,
    guidance_scale: float,
    num_inference_steps: float,
    progress: Any = gradio.Progress(track_tqdm=True),  # noqa: B008 - how Gradio wants it
) -> Iterator[tuple[Image.Image | None, float]]:
    """Draw with previews, or do what the prompt says."""
    if prompt == "quota":
        raise gradio.Error(QUOTA, title="ZeroGPU quota exceeded")
    if prompt == "crash":
        raise RuntimeError("secret detail")
    if prompt == "nothing":
        yield None, seed
        return
    gradio.Info("Waiting for a GPU to become available", title="ZeroGPU queue")
    for step in range(60 if prompt == "long" else 3):
        progress((step, 3), unit="steps")
        time.sleep(0.15)
        yield picture(step * 60), seed
        if prompt == "half":
            raise gradio.Error("GPU task aborted", title="ZeroGPU worker error")


def infer_plain(*values: Any) -> tuple[Image.Image, float]:
    """Draw without previews, which is what the Space does; slowly."""
    time.sleep(4 if values[0] == "long" else 0.2)
    return picture(7), values[2]


def main() -> None:
    """Serve on the port that was given."""
    with gradio.Blocks() as app:
        inputs = [
            gradio.Text(label="Prompt"),
            gradio.Text(label="Negative prompt"),
            gradio.Slider(0, 2**31 - 1, step=1, label="Seed"),
            gradio.Checkbox(label="Randomize seed"),
            gradio.Slider(512, 1536, step=32, value=1024, label="Width"),
            gradio.Slider(512, 1024, step=32, value=1024, label="Height"),
            gradio.Slider(0.0, 7.5, step=0.1, value=4.5, label="Guidance scale"),
            gradio.Slider(1, 28, step=1, value=20, label="Steps"),
        ]
        outputs = [gradio.Image(label="Result"), gradio.Slider(0, 2**31 - 1, label="Seed")]
        for function in (infer, infer_plain):
            button = gradio.Button(function.__name__)
            button.click(function, inputs, outputs, api_name=function.__name__, concurrency_limit=1)
    app.launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), quiet=True, share=False)


if __name__ == "__main__":
    main()
