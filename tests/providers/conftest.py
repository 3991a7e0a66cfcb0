"""What the tests of the providers share."""

import io
from collections.abc import AsyncGenerator

import pytest
from PIL import Image

from tests.providers.servers import LoopbackSpace, served


@pytest.fixture
async def space() -> AsyncGenerator[LoopbackSpace, None]:
    """A Space on loopback that answers submissions at once."""
    server = LoopbackSpace()
    server.gate.set()
    async with served(server):
        yield server


@pytest.fixture
def webp() -> bytes:
    """A small picture."""
    file = io.BytesIO()
    Image.new("RGB", (64, 32), "teal").save(file, "WEBP")
    return file.getvalue()
