"""Gradio's own client, which was written for real servers, at the loopback Space."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from gradio_client import Client  # type: ignore[import-untyped]
from gradio_client.exceptions import AppError  # type: ignore[import-untyped]

from bot.sandbox.space import Version
from tests.sandbox.space.conftest import Visit
from tests.sandbox.space.visitor import ASKED


class Peer:
    """gradio_client, which blocks, in a thread."""

    def __init__(self, url: str, files: Path) -> None:
        self._client = Client(url, verbose=False, download_files=str(files))

    def outputs(self, **changes: Any) -> list[Any]:
        """Return everything that the function yielded."""
        job = self._client.submit(*{**ASKED, **changes}.values(), api_name="/infer")
        job.result(timeout=10)
        return list(job.outputs())


@pytest.mark.parametrize("version", ["6.31", "5.50", "4.44"])
async def test_gradios_own_client_gets_the_previews_and_the_picture(
    visit: Visit, version: Version, tmp_path: Path
) -> None:
    visitor = await visit(version=version, previews=2, steps=3)
    peer = await asyncio.to_thread(Peer, visitor.space.url, tmp_path)

    outputs = await asyncio.to_thread(peer.outputs)

    assert len(outputs) == 2 + 1
    assert len({Path(file).read_bytes() for file, _ in outputs}) == 3
    assert outputs[-1][1] == ASKED["seed"]


async def test_gradios_own_client_understands_a_refusal(visit: Visit, tmp_path: Path) -> None:
    visitor = await visit()
    peer = await asyncio.to_thread(Peer, visitor.space.url, tmp_path)

    with pytest.raises(AppError, match=r"Value 480 is less than minimum value 512\."):
        await asyncio.to_thread(peer.outputs, width=480)
