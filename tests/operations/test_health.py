"""`/healthz` and `/readyz`: what a load balancer, an engine for containers or a person asks."""

import aiohttp
import pytest
from prometheus_client import CollectorRegistry

from bot.domain.errors import SettingRefused
from bot.operations.metrics import Metrics
from bot.operations.server import open_operations
from bot.ui import wording
from tests.operations.conftest import Patient
from tests.ports import free_port


async def test_a_bot_that_is_connected_and_has_its_store_is_ready(patient: Patient) -> None:
    assert await patient.ask("/readyz") == (200, "ready")


async def test_a_bot_without_discord_is_not_ready_and_says_why(patient: Patient) -> None:
    patient.is_connected = False

    assert await patient.ask("/readyz") == (503, "The bot is not connected to Discord.")


async def test_a_bot_whose_store_fails_is_not_ready(patient: Patient) -> None:
    patient.jobs = None

    assert await patient.ask("/readyz") == (503, "The database does not answer.")


async def test_a_store_that_hangs_keeps_nobody_waiting(patient: Patient) -> None:
    patient.is_slow = True

    assert await patient.ask("/readyz") == (503, "The database does not answer.")


async def test_a_bot_that_stops_gets_no_new_work(patient: Patient) -> None:
    patient.is_stopping = True

    assert await patient.ask("/readyz") == (503, "The bot is about to stop.")


async def test_each_reason_is_a_line(patient: Patient) -> None:
    patient.is_connected, patient.jobs = False, None
    _, text = await patient.ask("/readyz")

    assert len(text.splitlines()) == 2


async def test_a_process_is_healthy_whatever_its_neighbours_are(patient: Patient) -> None:
    patient.is_connected, patient.jobs = False, None

    assert await patient.ask("/healthz") == (200, "ok")


async def test_a_port_that_is_taken_is_a_sentence_for_the_operator(patient: Patient) -> None:
    registry = CollectorRegistry()
    with pytest.raises(SettingRefused) as caught:
        async with open_operations("127.0.0.1", patient.port, patient.vitals, Metrics(registry), registry):
            pytest.fail("two servers are at one port")

    assert wording.setting(caught.value).startswith(
        "METRICS_PORT is not accepted: nothing can listen there ("
    )


async def test_without_a_port_nothing_listens(patient: Patient) -> None:
    registry, port = CollectorRegistry(), free_port()
    async with open_operations("127.0.0.1", None, patient.vitals, Metrics(registry), registry):
        with pytest.raises(aiohttp.ClientConnectorError):
            await patient.session.get(f"http://127.0.0.1:{port}/healthz")
