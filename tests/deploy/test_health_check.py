"""The image's health check, as an engine runs it."""

import asyncio
import sys

from tests.deploy.dockerfile import DOCKERFILE, command, lines
from tests.operations.conftest import Patient
from tests.operations.conftest import patient as patient  # noqa: PLC0414 # a fixture
from tests.ports import free_port

[CHECK] = [line for line in lines(DOCKERFILE.read_text()) if line.word == "HEALTHCHECK"]


async def status(port: int) -> int:
    python, *rest = command(CHECK)
    assert python == "python"
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *rest,
        env={"METRICS_PORT": str(port)},
        stderr=asyncio.subprocess.DEVNULL,
    )
    async with asyncio.timeout(20):
        return await process.wait()


async def test_a_bot_that_answers_is_healthy(patient: Patient) -> None:
    patient.is_connected = False  # Discord's fault, which starting again does not mend

    assert await status(patient.port) == 0


async def test_a_bot_that_does_not_answer_is_not() -> None:
    assert await status(free_port()) != 0
