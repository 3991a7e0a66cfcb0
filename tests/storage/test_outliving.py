"""What is written outlives the process, however it ends."""

import asyncio
import stat
import sys
from pathlib import Path

from bot.domain.allowance import Charge, RateLimit, Scope
from bot.domain.job import JobState, PictureRef
from bot.domain.strikes import Strikes
from bot.domain.wish import Asker
from bot.storage.engine import open_store
from bot.storage.jobs import SqlJobStore
from tests.storage.samples import PLACE, job

# Writes jobs as fast as it can, and says of each when it is written.
_WRITER = """
import asyncio, itertools, sys
from bot.domain.job import JobState, PictureRef
from bot.storage.engine import open_store
from tests.storage.samples import job

async def write(store, name):
    await store.add(job(name))
    await store.keep(PictureRef(name, 0), b"x" * 20_000, 1.0)
    await store.move(name, JobState.RUNNING)
    print(name, flush=True)

async def main():
    async with open_store(sys.argv[1]) as stores:
        for turn in itertools.count():
            await asyncio.gather(*(write(stores.jobs, f"{turn}-{n}") for n in range(5)))

asyncio.run(main())
"""

# Reserves and settles as fast as it can: of every ten jobs, nine are drawn and one is given back.
_CHARGER = """
import asyncio, itertools, sys, time
from bot.domain.allowance import RateLimit, Scope
from bot.domain.wish import Asker
from bot.storage.engine import open_store

ASKER = Asker(user_id=10, guild_id=20, channel_id=30)
LIMITS = dict.fromkeys(Scope, RateLimit(daily=100_000))

async def charge(limits, number):
    await limits.reserve(f"job-{number}", ASKER, 4, LIMITS, time.time())
    print("reserved", number, flush=True)
    used = 0 if number % 10 == 0 else 3
    await limits.settle(f"job-{number}", used)
    print("settled", number, flush=True)

async def main():
    async with open_store(sys.argv[1]) as stores:
        for turn in itertools.count():
            await asyncio.gather(*(charge(stores.limits, 5 * turn + n) for n in range(5)))

asyncio.run(main())
"""


async def test_a_restart_loses_nothing(lasting_url: str) -> None:
    ref = PictureRef("fox", 1)
    async with open_store(lasting_url) as stores:
        await stores.jobs.add(job(pictures=2, place=PLACE, private=True, parent=PictureRef("owl", 3)))
        await stores.jobs.keep(ref, b"PNG", 12.5)
        await stores.jobs.set_favourite(10, ref, on=True, now=1.0)
        before = await _everything(stores.jobs)
    async with open_store(lasting_url) as stores:
        assert await _everything(stores.jobs) == before
        assert await stores.jobs.image(ref) == b"PNG"


async def _everything(store: SqlJobStore) -> tuple[object, ...]:
    return await store.get("fox"), await store.last(10, 9), await store.favourites(10, 9)


async def killed(script: str, url: str, *, lines: int) -> list[str]:
    """Run a script, kill it when it has said so many lines, and return all that it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, url, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    said = [await process.stdout.readline() for _ in range(lines)]
    process.kill()
    said += (await process.stdout.read()).splitlines(keepends=True)
    await process.wait()
    return [line.decode().strip() for line in said if line.endswith(b"\n")]


async def test_a_killed_process_leaves_all_that_it_was_told_is_written(lasting_url: str) -> None:
    said = await killed(_WRITER, lasting_url, lines=60)

    async with open_store(lasting_url) as stores:
        for name in said:
            assert await stores.jobs.get(name) == job(name, state=JobState.RUNNING)
            assert await stores.jobs.image(PictureRef(name, 0)) == b"x" * 20_000


async def test_a_killed_process_leaves_what_was_charged_and_what_was_given_back(lasting_url: str) -> None:
    said = [line.split() for line in await killed(_CHARGER, lasting_url, lines=80)]
    reserved, settled = (
        {int(number) for what, number in said if what == verb} for verb in ("reserved", "settled")
    )
    async with open_store(lasting_url) as stores:
        kept = {int(one.job_id[4:]): one for one in await stores.limits.charges(Scope.USER, 10, 0.0)}
        live = {int(one.job_id[4:]) for one in await stores.limits.live()}

    assert not live & settled
    assert {number: kept[number].pictures for number in settled if number % 10} == dict.fromkeys(
        (number for number in settled if number % 10), 3
    )
    assert not kept.keys() & {number for number in settled if number % 10 == 0}
    # What was killed between two lines may have been done already.
    for number in reserved - settled:
        ended = number not in live
        assert (
            (number not in kept)
            if ended and number % 10 == 0
            else kept[number].pictures == (3 if ended else 4)
        )


async def test_after_a_restart_parked_jobs_and_allowances_are_as_they_were(lasting_url: str) -> None:
    parked = job(state=JobState.PARKED, parked_until=500.0)
    asker = Asker(user_id=10, guild_id=20, channel_id=30)
    async with open_store(lasting_url) as stores:
        await stores.jobs.add(parked)
        await stores.limits.reserve("owl", asker, 2, dict.fromkeys(Scope, RateLimit(daily=2)), 100.0)
        await stores.limits.strike(10, 100.0)
    async with open_store(lasting_url) as stores:
        assert await stores.jobs.parked() == [parked]
        assert await stores.limits.live() == [Charge(job_id="owl", at=100.0, pictures=2)]
        assert await stores.limits.strikes(10) == Strikes(1, 100.0)


async def test_the_file_is_for_its_owners_eyes_alone(file_url: str, file: Path) -> None:
    async with open_store(file_url) as stores:
        await stores.jobs.add(job())
        modes = {stat.S_IMODE(path.stat().st_mode) for path in file.parent.glob("imagine.db*")}

    assert modes == {0o600}
