"""An SQLite file is for one process of the bot; PostgreSQL is for any number."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.domain.errors import StoreFailed, StoreInUse
from bot.storage.only_process import only_process
from bot.ui.wording import store

HOLDER = """
import sys
from bot.storage.only_process import only_process

with only_process(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@asynccontextmanager
async def held(url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Have another process hold a database."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", HOLDER, url, stdin=pipe, stdout=pipe)
    assert process.stdout is not None
    assert process.stdin is not None
    assert await process.stdout.readline() == b"held\n"
    yield process
    process.stdin.close()
    await process.wait()


async def test_a_second_process_is_refused_until_the_first_has_ended(file_url: str) -> None:
    async with held(file_url):
        with pytest.raises(StoreInUse), only_process(file_url):
            pass

    with only_process(file_url):
        pass


async def test_a_killed_process_leaves_no_lock(file_url: str) -> None:
    async with held(file_url) as process:
        process.kill()
        await process.wait()

        with only_process(file_url):
            pass


def test_a_process_that_the_holder_started_does_not_hold_on(file_url: str) -> None:
    with only_process(file_url):
        child = subprocess.Popen(
            [sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE
        )
    try:
        with only_process(file_url):
            pass
    finally:
        child.communicate()


async def test_other_ways_to_the_same_file_lead_to_the_same_lock(
    file_url: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file.parent / "linked.db").symlink_to(file)
    (file.parent / "folder").mkdir()
    async with held(file_url):
        monkeypatch.chdir(file.parent / "folder")
        for url in ("sqlite:///../imagine.db", f"sqlite:///{file.parent}/linked.db"):
            with pytest.raises(StoreInUse), only_process(url):
                pass


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql://db.example/imagine"])
async def test_what_is_no_file_is_not_locked(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with only_process(url), only_process(url):
        pass

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["sqlite:////no/such/folder/imagine.db", "nonsense"])
def test_an_address_that_leads_nowhere_is_refused(url: str) -> None:
    with pytest.raises(StoreFailed), only_process(url):
        pass


def run_bot(**variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command line, with no other configuration than this, until it ends."""
    env = {"PATH": os.environ["PATH"], "DISCORD_TOKEN": "a.b.c", **variables}
    return subprocess.run(
        [sys.executable, "-m", "bot"], env=env, capture_output=True, text=True, check=False, timeout=60
    )


async def test_the_second_bot_says_so_in_a_sentence_and_ends(file_url: str) -> None:
    async with held(file_url):
        ended = await asyncio.to_thread(run_bot, DATABASE_URL=file_url)

    assert ended.returncode == 2
    assert store.IN_USE in ended.stderr
    assert "Traceback" not in ended.stderr


WITHOUT_DRIVER = """
import sys
sys.modules["psycopg"] = None  # as where it is not installed
from bot.__main__ import main
sys.exit(main([]))
"""


def test_without_postgresqls_driver_the_bot_says_how_to_install_it() -> None:
    env = {
        "PATH": os.environ["PATH"],
        "DISCORD_TOKEN": "a.b.c",
        "DATABASE_URL": "postgresql://me:hunter2@db.example/imagine",
    }
    ended = subprocess.run(
        [sys.executable, "-c", WITHOUT_DRIVER],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert ended.returncode == 2
    assert store.DRIVER_MISSING in ended.stderr
    assert "hunter2" not in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(("url", "foreign"), [("sqlite://", "psycopg"), ("postgresql", "aiosqlite")])
def test_one_kind_of_database_loads_nothing_of_the_other(
    url: str, foreign: str, request: pytest.FixtureRequest
) -> None:
    opener = f"""
import asyncio, sys
from bot.storage.engine import open_store

async def main():
    async with open_store(sys.argv[1]):
        print({foreign!r} in sys.modules)

asyncio.run(main())
"""
    address = request.getfixturevalue("postgresql_url") if url == "postgresql" else url
    done = subprocess.run([sys.executable, "-c", opener, address], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"
