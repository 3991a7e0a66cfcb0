"""One contestant, in a process of its own: `contestants.py NAME URL CONCURRENCY COUNT` prints a JSON line.

Each contestant is used as its documentation says, with what it is good at: connections are kept where it can
keep them, one `Client` serves all threads, and nothing is downloaded.
"""

import asyncio
import importlib
import json
import os
import resource
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, asynccontextmanager
from typing import Any, TypeAlias

PROMPT = "a fox in the snow"
DATA = [PROMPT, "", 7, False, 1024, 1024, 4.5, 40]
YIELDS = 11
WARM_UP = 3  # generations before the clock starts

Generate: TypeAlias = Callable[[], Awaitable[int]]
"""Does one generation and returns how many pictures came."""


@asynccontextmanager
async def floor(url: str) -> AsyncIterator[Generate]:
    """POST and GET by aiohttp, every byte thrown away: nothing that reads the answer can be cheaper."""
    import aiohttp  # noqa: PLC0415 - a contestant pays for its own imports only

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def generate() -> int:
            async with session.post(f"{url}/gradio_api/call/infer", json={"data": DATA}) as response:
                event_id = (await response.json())["event_id"]
            async with session.get(f"{url}/gradio_api/call/infer/{event_id}") as response:
                async for _ in response.content.iter_any():
                    pass
            return YIELDS

        yield generate


@asynccontextmanager
async def ours(url: str) -> AsyncIterator[Generate]:
    """Imagine's provider over one shared connection pool, as the bot uses it."""
    from bot.domain.events import ImagePreview, ImageResponse  # noqa: PLC0415
    from bot.domain.request import ImageRequest  # noqa: PLC0415
    from bot.providers.options import ServiceOptions  # noqa: PLC0415
    from bot.providers.stability_sd35 import StabilityAI_SD35Large  # noqa: PLC0415

    async with StabilityAI_SD35Large.open(ServiceOptions(url=url)) as provider:

        async def generate() -> int:
            pictures = 0
            async with aclosing(provider.stream(ImageRequest(PROMPT, seed=7))) as events:
                async for event in events:
                    pictures += isinstance(event, (ImagePreview, ImageResponse))
            return pictures

        yield generate


@asynccontextmanager
async def seed(url: str) -> AsyncIterator[Generate]:
    """Imagine's provider through the seed's signature, which opens a session for each picture."""
    from bot.providers.stability_sd35 import StabilityAI_SD35Large  # noqa: PLC0415

    yield _by_seed(StabilityAI_SD35Large, url)


@asynccontextmanager
async def g4f(url: str) -> AsyncIterator[Generate]:
    """g4f's provider, from which the seed comes."""
    provider = importlib.import_module("g4f.Provider.hf_space.StabilityAI_SD35Large")
    yield _by_seed(provider.StabilityAI_SD35Large, url)


def _by_seed(provider: Any, url: str) -> Generate:
    local: Any = type("Local", (provider,), {"url": url})

    async def generate() -> int:
        pictures = 0
        messages = [{"role": "user", "content": PROMPT}]
        async with aclosing(local.create_async_generator(local.default_model, messages)) as events:
            async for event in events:
                pictures += type(event).__name__ in {"ImagePreview", "ImageResponse"}
        return pictures

    return generate


@asynccontextmanager
async def gradio_client(url: str) -> AsyncIterator[Generate]:
    """Gradio's own client: one `Client`, a thread for each generation at once, no downloads."""
    client_class = importlib.import_module("gradio_client").Client
    concurrency = int(sys.argv[3])
    client = client_class(url, verbose=False, download_files=False, max_workers=max(40, concurrency))
    threads = ThreadPoolExecutor(concurrency)

    def predict() -> int:
        job = client.submit(*DATA, api_name="/infer")
        job.result(timeout=30)
        return len(job.outputs())

    async def generate() -> int:
        return await asyncio.get_running_loop().run_in_executor(threads, predict)

    yield generate


CONTESTANTS = {one.__name__: one for one in (floor, ours, seed, g4f, gradio_client)}


async def _run(generate: Generate, concurrency: int, count: int) -> list[str]:
    """Do so many generations, so many at once, and return what went wrong."""
    failures: list[str] = []
    left = iter(range(count))

    async def work() -> None:
        for _ in left:
            try:
                pictures = await generate()
            except asyncio.CancelledError as error:  # gradio_client raises it of its own accord
                failures.append(repr(error))
            except Exception as error:  # noqa: BLE001 - whatever a contestant fails with is counted
                failures.append(repr(error))
            else:
                failures.extend([f"{pictures} pictures"] if pictures < YIELDS else [])

    await asyncio.gather(*(work() for _ in range(concurrency)))
    return failures


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def measure(name: str, url: str, concurrency: int, count: int) -> dict[str, Any]:
    """Return what one contestant took.

    Args:
        name: Of `CONTESTANTS`.
        url: The replay server.
        concurrency: Generations at once.
        count: Generations in all.
    """
    async with CONTESTANTS[name](url) as generate:
        await _run(generate, concurrency, WARM_UP * concurrency)
        wall, cpu = time.perf_counter(), _cpu()
        failures = await _run(generate, concurrency, count)
        wall, cpu = time.perf_counter() - wall, _cpu() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "wall": wall * 1000 / count,
        "cpu": cpu * 1000 / count,
        "rss": peak,
        "failed": len(failures),
        "count": count,
        "why": failures[0] if failures else "",
    }


if __name__ == "__main__":
    print(
        json.dumps(asyncio.run(measure(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))),
        flush=True,
    )
    os._exit(0)  # gradio_client's threads would keep the process
