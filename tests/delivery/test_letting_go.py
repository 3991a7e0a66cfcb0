"""What is over takes no memory, also before Python's garbage collector looks for it."""

import gc
from collections.abc import Iterator
from io import BytesIO
from weakref import ref

import pytest

from tests.delivery.bed import Bed, drawing, drawn, names


@pytest.fixture
def no_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


async def test_a_reply_goes_when_its_job_has_ended(no_collector: None, bed: Bed) -> None:
    seen, reply, board = await bed.ask()
    async with reply:
        reply.show(drawing(board, 1))
        await seen.until(names)
        await reply.finish(drawn(board))
    kept = ref(reply)
    del reply

    assert kept() is None


async def test_an_uploaded_file_goes_when_discord_has_it(no_collector: None, bed: Bed) -> None:
    before = _buffers()
    _, reply, board = await bed.ask()
    async with reply:
        await reply.finish(drawn(board))

    assert _buffers() - before == set()


def _buffers() -> set[int]:
    """Return the ids of all buffers in memory that hold a PNG."""
    buffers = (one for one in gc.get_objects() if isinstance(one, BytesIO) and not one.closed)
    return {id(one) for one in buffers if one.getvalue()[1:4] == b"PNG"}
