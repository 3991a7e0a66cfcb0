"""What a process leaves in the line of all processes when it dies, another one brings to its end, once."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from bot.domain.allowance import RateLimit, Scope
from bot.domain.errors import Interrupted
from bot.domain.job import JobState, PictureRef
from bot.jobs import distributed
from bot.storage.bell import open_queue
from bot.storage.engine import Stores, open_store
from tests.fakes import webp
from tests.jobs.bench import PLACE, asker, told
from tests.jobs.test_engines import Process, one_of_several
from tests.postgresql import Server
from tests.storage.raw import say
from tests.storage.samples import job

MANY = dict.fromkeys(Scope, RateLimit(daily=100))


@asynccontextmanager
async def dead(url: str) -> AsyncIterator[Stores]:
    """Yield the stores of a process that admitted a job and was not heard of since."""
    left = job("left", user_id=1, guild_id=2, place=PLACE, created_at=time.time())
    async with open_store(url, process_id="dead") as stores:
        await stores.limits.admit(left, asker(), MANY, left.created_at)
        yield stores


@pytest.fixture
def url(postgresql: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(distributed, "SILENT", 0.5)
    monkeypatch.setattr(distributed, "BEAT", 0.05)
    with postgresql.database() as url:
        yield url


async def heir_of(url: str) -> Process:
    """Return another process after it has ended what was left; it draws one job at a time."""
    async with one_of_several(url, "heir", 1) as heir:
        await heir.until_closed("left")
        return heir


async def test_what_was_never_sent_is_drawn(url: str) -> None:
    async with dead(url) as stores:
        heir = await heir_of(url)

        assert heir.prompts == ["a fox"]
        assert [charge.is_live for charge in await stores.limits.charges(Scope.USER, 1, 0.0)] == [False]


async def test_what_was_sent_is_interrupted_and_not_sent_again(url: str) -> None:
    async with dead(url) as stores:
        await stores.jobs.move("left", JobState.RUNNING)
        heir = await heir_of(url)

        assert told(heir.replies["left"]) == [Interrupted]
        assert heir.prompts == []
        assert await stores.limits.charges(Scope.USER, 1, 0.0) == []


async def test_what_was_drawn_is_delivered(url: str) -> None:
    async with dead(url) as stores:
        await stores.jobs.move("left", JobState.RUNNING)
        await stores.jobs.keep(PictureRef("left", 0), webp(), 1.0)
        heir = await heir_of(url)

        [board] = heir.replies["left"].final
        assert [picture.image for picture in board.pictures] == [webp()]
        assert heir.prompts == []


async def test_of_several_heirs_one_shows_the_end(url: str) -> None:
    async with (
        dead(url) as stores,
        one_of_several(url, "one", 1) as one,
        one_of_several(url, "two", 1) as two,
    ):
        await stores.jobs.move("left", JobState.RUNNING)
        await one.until_closed("left")

        assert [told(reply) for heir in (one, two) for reply in heir.replies.values()] == [[Interrupted]]


async def test_whoever_is_heard_keeps_what_is_theirs(url: str) -> None:
    async with (
        dead(url) as stores,
        open_queue(url, stores.jobs.database) as (queue, _),
        one_of_several(url, "heir", 1) as heir,
    ):
        await stores.jobs.move("left", JobState.RUNNING)
        for _ in range(20):  # the heir's patience, twice
            await queue.beat()
            await asyncio.sleep(distributed.BEAT)

        assert heir.replies == {}


async def test_what_only_the_dead_have_heard_of_is_drawn_as_soon_as_there_is_room(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(distributed, "LOOK", 1000.0)
    async with one_of_several(url, "gateway", 0) as gateway:
        ids = [await gateway.ask(f"fox {number}", user_id=number) for number in range(1, 4)]
        say(url, "DELETE FROM procrastinate_jobs")
        async with one_of_several(url, "worker", 1) as worker:
            await gateway.until_closed(*ids)

    assert worker.prompts == ["fox 1", "fox 2", "fox 3"]
