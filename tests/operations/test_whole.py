"""The executable, as an operator's tools see it from outside."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import aiohttp
import pytest

from bot.sandbox.discord import Fault, LoopbackDiscord
from bot.sandbox.space import LoopbackSpace, Mood
from tests.e2e.conftest import environment, is_finished, words
from tests.e2e.process import Process, started
from tests.operations.conftest import figures
from tests.ports import free_port


@dataclass
class Watched:
    """A running bot whose log is JSON, and what its pages say."""

    process: Process
    discord: LoopbackDiscord
    space: LoopbackSpace
    session: aiohttp.ClientSession
    address: str

    async def ask(self, path: str) -> tuple[int, str]:
        async with self.session.get(self.address + path) as response:
            return response.status, await response.text()

    async def figures(self) -> dict[str, float]:
        return figures((await self.ask("/metrics"))[1])

    async def until(self, condition: Callable[[dict[str, float]], bool]) -> dict[str, float]:
        """Return the figures once they are as they should be."""
        async with asyncio.timeout(20):
            while not condition(read := await self.figures()):
                await asyncio.sleep(0.05)
        return read


@pytest.fixture
async def space() -> AsyncIterator[LoopbackSpace]:
    async with LoopbackSpace(seconds_per_step=0.1, previews=4) as server:
        yield server


@pytest.fixture
async def watched(discord: LoopbackDiscord, space: LoopbackSpace) -> AsyncIterator[Watched]:
    port = str(free_port())
    env = environment(discord, space) | {"METRICS_PORT": port, "LOG_FORMAT": "json"}
    async with started(**env) as process, aiohttp.ClientSession() as session:
        await process.ready(discord)
        bot = Watched(process, discord, space, session, f"http://127.0.0.1:{port}")
        async with asyncio.timeout(20):
            while (await bot.ask("/readyz"))[0] != 200:
                await asyncio.sleep(0.02)
        yield bot


async def test_a_picture_shows_in_the_figures_from_its_admission_to_its_delivery(watched: Watched) -> None:
    reply = await watched.discord.person("alice").command("imagine", prompt="a fox", steps=20)
    await reply.until(is_finished, timeout=20)
    # What is open is looked up before the figures are read, so one answer may show a job in both.
    read = await watched.until(
        lambda read: (
            (read["imagine_jobs_total{state=delivered}"], read["imagine_open_jobs{state=running}"]) == (1, 0)
        )
    )

    assert read["imagine_jobs_total{state=waiting}"] == read["imagine_jobs_total{state=running}"] == 1
    assert read["imagine_acknowledgement_seconds_bucket{le=3.0}"] == 1
    assert read["imagine_first_preview_seconds_count"] == read["imagine_delivery_seconds_count"] == 1
    assert 0 < read["imagine_first_preview_seconds_sum"] < read["imagine_delivery_seconds_sum"] < 20
    assert read["imagine_edits_total"] >= 2
    assert any(name.startswith("imagine_gpu_quota_seconds{credential=token-") for name in read)


async def test_an_error_of_the_space_and_a_429_of_discord_show(watched: Watched) -> None:
    watched.space.mood = Mood.HTML
    watched.discord.faults.add(Fault.rate_limited(0.1, method="PATCH"))
    reply = await watched.discord.person("alice").command("imagine", prompt="a fox", steps=2)
    await reply.until_followup(words, timeout=20)
    read = await watched.figures()

    assert read["imagine_jobs_total{state=failed}"] == 1
    assert read["imagine_provider_errors_total{kind=UnreadableAnswer}"] == 1
    assert read["imagine_discord_answers_total{method=PATCH,status=429}"] == 1


async def test_a_bot_that_lost_discord_is_alive_and_not_ready_until_it_is_back(watched: Watched) -> None:
    assert await watched.ask("/readyz") == (200, "ready")
    watched.discord.faults.add(Fault(path="/gateway*", drop=True, times=None))
    await watched.discord.drop_gateways(4000)
    async with asyncio.timeout(20):
        while (answer := await watched.ask("/readyz"))[0] == 200:
            await asyncio.sleep(0.02)

    assert answer == (503, "The bot is not connected to Discord.")
    assert (await watched.ask("/healthz"))[0] == 200


async def test_the_log_names_the_job_from_its_interaction_to_its_end(watched: Watched) -> None:
    watched.space.mood = Mood.HTML
    reply = await watched.discord.person("alice").command("imagine", prompt="a fox", steps=2)
    await reply.until_followup(words, timeout=20)
    watched.process.send(signal.SIGTERM)
    ended = await watched.process.ended()
    records = [json.loads(line) for line in ended.log.splitlines()]
    jobs = {record["job"] for record in records if "job" in record}

    assert ended.status == 0
    assert len(jobs) == 1
    assert any(record.get("job") in jobs and "failed" in record["event"] for record in records)
    assert not any("job" in record for record in records if record["logger"].startswith("discord.gateway"))
