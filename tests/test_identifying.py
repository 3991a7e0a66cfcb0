"""Shards of several processes identify one after the other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from bot import client
from bot.client import IdentifyIn, ImagineBot
from bot.delivery.encoding import Encoder
from bot.delivery.reply import Delivery
from bot.domain.errors import StoreFailed
from bot.storage.bell import open_queue
from bot.storage.engine import open_store
from bot.ui import cards
from tests.fakes import ScriptedProvider, all_services, job_runner
from tests.postgresql import Server

MINUTE = 60.0


@pytest.fixture
async def queues(postgresql: Server) -> AsyncIterator[list[IdentifyIn]]:
    """What two processes on one database ask."""
    with postgresql.database() as url:
        async with AsyncExitStack() as stack:
            found: list[IdentifyIn] = []
            for name in ("one", "other"):
                stores = await stack.enter_async_context(open_store(url, process_id=name))
                queue, _ = await stack.enter_async_context(open_queue(url, stores.jobs.database))
                found.append(queue.identify_in)
            yield found


async def test_of_all_that_ask_at_once_one_may_and_the_others_hear_when_to_ask_again(
    queues: list[IdentifyIn],
) -> None:
    answers = sorted(await asyncio.gather(*(ask(0, MINUTE) for ask in queues * 5)))

    assert answers[0] == 0.0
    assert all(MINUTE - 30 < seconds <= MINUTE for seconds in answers[1:])


async def test_buckets_do_not_wait_for_each_other(queues: list[IdentifyIn]) -> None:
    assert [await queues[0](bucket, MINUTE) for bucket in (0, 1)] == [0.0, 0.0]


async def test_who_asks_again_when_told_to_may(queues: list[IdentifyIn]) -> None:
    one, other = queues
    await one(0, 0.2)
    await asyncio.sleep(await other(0, 0.2))

    assert await other(0, 0.2) == 0.0


async def test_who_asks_and_does_not_come_back_keeps_nobody_waiting(queues: list[IdentifyIn]) -> None:
    one, other = queues
    await one(0, 0.5)
    for _ in range(5):
        await one(0, MINUTE)

    assert await other(0, MINUTE) < 1.0


@asynccontextmanager
async def bot(identify_in: IdentifyIn) -> AsyncIterator[ImagineBot]:
    async with open_store("sqlite://") as stores:
        jobs = job_runner(ScriptedProvider(), stores, clock=lambda: 0.0, new_id=lambda: "job")
        with Encoder() as encoder:
            delivery = Delivery(look=cards, encoder=encoder, program="Imagine 1.0")
            services = all_services(stores, jobs, delivery, lambda: 0.0)
            async with ImagineBot(services, identify_in=identify_in) as made:
                yield made


async def test_a_shard_that_has_to_wait_for_long_connects_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "PATIENCE", 0.05)

    async def soon(_: int, __: float) -> float:
        return 0.01

    async with bot(soon) as waiting:
        with pytest.raises(TimeoutError):
            await waiting.before_identify_hook(0)


async def test_a_shard_connects_anew_while_the_database_is_away() -> None:
    async def nobody(_: int, __: float) -> float:
        raise StoreFailed("away")

    async with bot(nobody) as waiting:
        with pytest.raises(TimeoutError):  # which discord.py takes for a lost connection
            await waiting.before_identify_hook(0)
