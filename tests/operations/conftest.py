"""The pages that an operator's tools ask for, on a real port."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

import aiohttp
import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from bot.domain.errors import StoreFailed
from bot.domain.job import JobState
from bot.operations.metrics import Metrics
from bot.operations.server import Vitals, open_operations
from tests.ports import free_port


def figures(text: str) -> dict[str, float]:
    """Read what `/metrics` says, as `name{label=value}`; times of creation are left out."""
    read: dict[str, float] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sample.labels.items())
            read[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return {name: value for name, value in read.items() if "_created" not in name}


@dataclass
class Patient:
    """A bot whose every sign may be set.

    Attributes:
        jobs: What the store says; None is a store that fails.
        is_slow: Whether the store does not answer at all.
        left: The quota left; None is a store that fails.
    """

    port: int
    metrics: Metrics
    session: aiohttp.ClientSession
    is_connected: bool = True
    is_stopping: bool = False
    is_slow: bool = False
    line: int = 0
    jobs: Mapping[JobState, int] | None = field(default_factory=dict)
    left: Mapping[str, float] | None = field(default_factory=dict)

    @property
    def vitals(self) -> Vitals:
        return Vitals(
            is_connected=lambda: self.is_connected,
            is_stopping=lambda: self.is_stopping,
            open_jobs=self.open_jobs,
            in_line=lambda: self.line,
            quota_left=self.quota_left,
        )

    async def open_jobs(self) -> Mapping[JobState, int]:
        if self.is_slow:
            await asyncio.Event().wait()
        if self.jobs is None:
            raise StoreFailed("OperationalError")
        return self.jobs

    async def quota_left(self) -> Mapping[str, float]:
        if self.left is None:
            raise StoreFailed("OperationalError")
        return self.left

    async def ask(self, path: str) -> tuple[int, str]:
        """Return the status and the text of a page."""
        async with self.session.get(f"http://127.0.0.1:{self.port}{path}") as response:
            return response.status, await response.text()

    async def figures(self) -> dict[str, float]:
        """Return all figures."""
        return figures((await self.ask("/metrics"))[1])


@pytest.fixture
async def patient() -> AsyncIterator[Patient]:
    registry = CollectorRegistry()
    metrics = Metrics(registry)
    async with aiohttp.ClientSession() as session:
        bot = Patient(free_port(), metrics, session)
        async with open_operations("127.0.0.1", bot.port, bot.vitals, metrics, registry):
            yield bot
