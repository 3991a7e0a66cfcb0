"""The line in front of all processes: a job is put there once, whatever becomes of the answer."""

from pathlib import Path

from sqlalchemy import text

from bot.domain.allowance import RateLimit, Scope
from bot.domain.wish import Asker
from bot.storage.bell import open_queue
from bot.storage.engine import open_store
from tests.storage.raw import connected
from tests.storage.samples import PLACE, job
from tests.storage.test_outage import Cut

ALICE = Asker(user_id=10, guild_id=20, channel_id=30)
MANY = dict.fromkeys(Scope, RateLimit(daily=100))


async def test_a_job_is_in_line_once_although_nobody_heard_that_it_is(
    postgresql_url: str, tmp_path: Path
) -> None:
    cut = Cut()
    async with (
        cut.before(postgresql_url, tmp_path) as url,
        open_store(url, process_id="mine") as stores,
        open_queue(postgresql_url, stores.jobs.database) as (queue, _),
    ):
        await stores.limits.admit(job(), ALICE, MANY, 1000.0)
        cut.next_answer = True
        await queue.put("fox", PLACE)

        assert not cut.next_answer
        assert await queue.in_line() == ["fox"]
        assert await queue.take() == "fox"
    with connected(postgresql_url) as connection:
        assert connection.scalar(text("SELECT count(*) FROM procrastinate_jobs")) == 1


async def test_a_job_that_was_taken_is_not_put_in_line_again(postgresql_url: str) -> None:
    async with (
        open_store(postgresql_url, process_id="mine") as stores,
        open_queue(postgresql_url, stores.jobs.database) as (queue, _),
    ):
        await stores.limits.admit(job(), ALICE, MANY, 1000.0)
        await queue.put("fox", PLACE)
        await queue.take()
        await queue.put("fox", PLACE)

        assert await queue.in_line() == []
