"""Benches: one whose limits nobody meets, and a store for others."""

from collections.abc import AsyncIterator

import pytest
from cryptography.fernet import Fernet

from bot.storage.engine import Stores, open_store
from tests.jobs.bench import Bench


@pytest.fixture
async def stores() -> AsyncIterator[Stores]:
    async with open_store("sqlite://", [Fernet.generate_key().decode()]) as stores:
        yield stores


@pytest.fixture
async def bench(stores: Stores) -> AsyncIterator[Bench]:
    bench = Bench(stores)
    yield bench
    await bench.jobs.drain(0)
