"""What is written outlives the process, however it ends."""

import asyncio
import stat
import sys
from pathlib import Path

from bot.domain.job import JobState, PictureRef
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
    async with open_store(sys.argv[1]) as store:
        for turn in itertools.count():
            await asyncio.gather(*(write(store, f"{turn}-{n}") for n in range(5)))

asyncio.run(main())
"""


async def test_a_restart_loses_nothing(file_url: str) -> None:
    ref = PictureRef("fox", 1)
    async with open_store(file_url) as store:
        await store.add(job(pictures=2, place=PLACE, private=True, parent=PictureRef("owl", 3)))
        await store.keep(ref, b"PNG", 12.5)
        await store.set_favourite(10, ref, on=True, now=1.0)
        before = await _everything(store)
    async with open_store(file_url) as store:
        assert await _everything(store) == before
        assert await store.image(ref) == b"PNG"


async def _everything(store: SqlJobStore) -> tuple[object, ...]:
    return await store.get("fox"), await store.last(10, 9), await store.favourites(10, 9)


async def test_a_killed_process_leaves_all_that_it_was_told_is_written(file_url: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _WRITER, file_url, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    acknowledged = [await process.stdout.readline() for _ in range(60)]
    process.kill()
    acknowledged += (await process.stdout.read()).splitlines(keepends=True)
    await process.wait()

    async with open_store(file_url) as store:
        for name in (line.decode().strip() for line in acknowledged if line.endswith(b"\n")):
            assert await store.get(name) == job(name, state=JobState.RUNNING)
            assert await store.image(PictureRef(name, 0)) == b"x" * 20_000


async def test_the_file_is_for_its_owners_eyes_alone(file_url: str, file: Path) -> None:
    async with open_store(file_url) as store:
        await store.add(job())
        modes = {stat.S_IMODE(path.stat().st_mode) for path in file.parent.glob("imagine.db*")}

    assert modes == {0o600}
