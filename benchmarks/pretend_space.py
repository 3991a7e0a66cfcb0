"""A Space in a process of its own that shows pictures of a real one's size without painting any.

    python benchmarks/pretend_space.py SECONDS

There are four previews on the way, and all that are asked for are drawn at once. From SIGUSR1 on a picture
takes so many seconds, before that less than one.
"""

import asyncio
import os
import signal
import sys
from functools import partial
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from PIL import Image

from bot.sandbox.space import LoopbackSpace, performance

STEPS = 4


def _file(side: int) -> bytes:
    """Return an image that is about as large as a Space's of this many pixels."""
    image = Image.new("RGB", (side, side))
    for cells in (8, 64, 256):
        noise = Image.frombytes("RGB", (cells, cells), os.urandom(cells * cells * 3))
        image = Image.blend(image, noise.resize(image.size, Image.Resampling.BICUBIC), 0.4)
    with BytesIO() as file:
        image.save(file, "WEBP", quality=80)
        return file.getvalue()


async def _serve(seconds: float) -> None:
    async with LoopbackSpace(concurrency=100_000, previews=STEPS, seconds_per_step=0.2) as space:
        slow_down = partial(setattr, space, "seconds_per_step", seconds / STEPS)
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, slow_down)
        print(space.url, flush=True)
        await asyncio.Event().wait()


def main() -> None:
    """Serve until the process is ended."""
    os.nice(10)  # it is another machine; here it must not take the bot's processor
    preview, picture = _file(256), _file(1024)
    vars(performance).update(paint_preview=lambda *_: preview, paint=lambda *_: picture)
    asyncio.run(_serve(float(sys.argv[1])))


if __name__ == "__main__":
    main()
