"""`python -m bot backup`: a whole copy of what was committed, while the bot goes on."""

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.errors import BackupRefused
from bot.storage.backup import backup
from bot.storage.engine import open_store
from bot.storage.only_process import only_process
from tests.storage.samples import job

# Writes jobs as fast as it can, and says of each when it is written.
WRITER = """
import asyncio, itertools, sys
from bot.storage.engine import open_store
from bot.storage.only_process import only_process
from tests.storage.samples import job

async def main():
    async with open_store(sys.argv[1]) as stores:
        for number in itertools.count():
            await stores.jobs.add(job(str(number)))
            print(number, flush=True)

with only_process(sys.argv[1]):
    asyncio.run(main())
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Where the copy goes."""
    return tmp_path / "copy.db"


async def test_while_somebody_writes_the_copy_is_whole_and_holds_what_was_committed(
    file_url: str, copy: Path
) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITER, file_url, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    before = [int(await process.stdout.readline()) for _ in range(30)][-1]
    await asyncio.to_thread(backup, file_url, copy)
    after = int(await process.stdout.readline())
    process.kill()
    await process.communicate()

    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        kept = {int(name) for (name,) in database.execute("SELECT id FROM jobs")}
        drawn = {int(name) for (name,) in database.execute("SELECT job_id FROM pictures")}
    assert after > before
    assert kept == drawn == set(range(len(kept)))
    assert len(kept) > before


async def test_a_copy_is_a_database_that_the_bot_opens(file_url: str, copy: Path) -> None:
    async with open_store(file_url) as stores:
        await stores.jobs.add(job())
        backup(file_url, copy)
        await stores.jobs.add(job("owl"))
    async with open_store(f"sqlite:///{copy}") as stores:
        assert await stores.jobs.get("fox") == job()
        assert await stores.jobs.get("owl") is None


async def test_a_copy_is_one_file_for_its_owners_eyes_alone(file_url: str, copy: Path) -> None:
    async with open_store(file_url):
        size = backup(file_url, copy)

    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert [path.stat().st_size for path in copy.parent.glob("copy.db*")] == [size]


async def test_what_was_deleted_is_in_no_copy(file_url: str, copy: Path) -> None:
    async with open_store(file_url) as stores:
        await stores.jobs.add(job(locale="secret"))
        await stores.privacy.delete_user(10, 1.0)
        backup(file_url, copy)

    assert b"secret" not in copy.read_bytes()


async def test_a_file_that_is_there_is_left_alone(file_url: str, copy: Path) -> None:
    copy.write_bytes(b"my holiday pictures")
    async with open_store(file_url):
        for target in (copy, copy.parent / "imagine.db"):
            with pytest.raises(BackupRefused, match="exists"):
                backup(file_url, target)

    assert copy.read_bytes() == b"my holiday pictures"


async def test_a_file_that_is_no_database_has_no_copy(file_url: str, file: Path, copy: Path) -> None:
    file.write_bytes(b"my holiday pictures" * 100)
    with pytest.raises(BackupRefused, match="failed"):
        backup(file_url, copy)

    assert not copy.exists()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("sqlite://", "not a file"),
        ("postgresql://db.example/imagine", "not a file"),
        ("nonsense", "not a file"),
        ("sqlite:////no/such/folder/imagine.db", "no database"),
    ],
)
def test_what_has_no_file_has_no_copy(url: str, reason: str, copy: Path) -> None:
    with pytest.raises(BackupRefused, match=reason):
        backup(url, copy)

    assert not copy.exists()


async def test_a_folder_that_there_is_not_is_said(file_url: str, tmp_path: Path) -> None:
    async with open_store(file_url):
        with pytest.raises(BackupRefused, match="failed"):
            backup(file_url, tmp_path / "no" / "copy.db")


def run_backup(url: str, target: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "backup", str(target)],
        env={"PATH": os.environ["PATH"], "DATABASE_URL": url},  # it needs no token
        capture_output=True,
        text=True,
        check=False,
    )


async def test_the_command_copies_beside_a_bot_that_runs(file_url: str, copy: Path) -> None:
    with only_process(file_url):
        async with open_store(file_url):
            done = await asyncio.to_thread(run_backup, file_url, copy)
            again = await asyncio.to_thread(run_backup, file_url, copy)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"The copy is in {copy} (")
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)


def test_the_command_says_what_to_use_for_postgresql(copy: Path) -> None:
    done = run_backup("postgresql://me:hunter2@db.example/imagine", copy)

    assert done.returncode == 2
    assert "pg_dump" in done.stderr
    assert "hunter2" not in done.stderr
